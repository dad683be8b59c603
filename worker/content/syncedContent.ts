import { lineIdsOf } from '../../src/accounts/topology'
import { placeOf } from '../../src/plan/notice'
import { isAlert } from '../../src/release/alert'
import type { Release } from '../../src/release/content'
import type { LineAccount } from '../../src/plan/settings'
import { latestByKey, liveContent, type LiveContent } from '../../src/release/live'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { createJoined } from '../concurrency/joined'
import type { ContentStore } from './store'

/** All releases that are synced, to look up what a payload was made of. */
export interface SyncedReleases {
  /** The latest release of a key, a withdrawal too. */
  latest: (key: string) => Release | undefined
  /** The release of a key with exactly this content hash, the newest such one. */
  approved: (key: string, contentHash: string) => Release | undefined
  /** Every slot that a release had, one of a withdrawn text too. */
  slots: () => ReadonlySet<string>
}

/** What this half holds of the CMS. */
export interface SyncedContent {
  /** Takes over what any process has synced before this call. */
  refresh: () => Promise<void>
  /** Whether anything was ever synced: before that nobody knows who to send what. */
  isReady: () => boolean
  municipalities: () => SyncedMunicipality[]
  /** A municipality's settings by its code. */
  settings: (code: string) => SyncedMunicipality | null
  /** A LINE account by its id, with its secret opened. */
  line: (id: string) => LineAccount | null
  /**
   * The LINE account of a municipality, by the municipality's code; the one of a provider where it has
   * another besides, because its readers move.
   */
  lineOf: (code: string, provider?: string) => LineAccount | null
  /** The other account of a move; null where there is none. */
  otherLineOf: (code: string) => LineAccount | null
  lineByChannel: (channelId: string) => LineAccount | null
  /** All LINE accounts. */
  lines: () => LineAccount[]
  /** What is live now, to plan with. */
  content: () => LiveContent
  releases: () => SyncedReleases
  /** The releases that sent alerts, those that were stopped since too. */
  everyAlert: () => readonly Release[]
}

/** What is synced of the CMS, in memory, read again when its version has risen. */
export function createSyncedContent(store: ContentStore): SyncedContent {
  let version = -1
  let isSynced = false
  let municipalities = new Map<string, SyncedMunicipality>()
  let accounts = new Map<string, LineAccount>()
  let content: LiveContent = { texts: [], addOns: [] }
  let releases = indexReleases([])
  let everyAlert: readonly Release[] = []

  /** The version is read before what it is of: what comes in between is read once more. */
  const load = async () => {
    const found = await store.version()
    isSynced = (await store.readState()).syncedAt !== null
    if (found === version) return
    const [allReleases, ownMunicipalities, ownAccounts] = await Promise.all([
      store.allReleases(),
      store.allMunicipalities(),
      store.allAccounts(),
    ])
    municipalities = new Map(ownMunicipalities.map((one) => [one.code, one]))
    accounts = new Map(ownAccounts.map((one) => [one.id, one]))
    content = liveContent(allReleases)
    releases = indexReleases(allReleases)
    everyAlert = allReleases.filter(
      ({ action, content: own }) => action === 'publish' && isAlert(own),
    )
    version = found
  }

  const reload = createJoined(load)
  const refresh = async () => {
    if ((await store.version()) !== version || !isSynced) await reload()
  }
  const line = (id: string) => accounts.get(id) ?? null
  /** The account new readers come to is the first, also where it is not to be found. */
  const linesOf = (code: string): (LineAccount | null)[] => {
    const town = municipalities.get(code)
    if (!town) return []
    const first = town.lineAccount === null ? null : line(town.lineAccount)
    const others = lineIdsOf(town).filter((id) => id !== town.lineAccount)
    return [first, ...others.map(line)]
  }
  return {
    refresh,
    isReady: () => isSynced,
    municipalities: () => [...municipalities.values()],
    settings: (code) => municipalities.get(code) ?? null,
    line,
    lineOf: (code, provider) => {
      const [first = null, other = null] = linesOf(code)
      return provider !== undefined && other?.provider === provider ? other : first
    },
    otherLineOf: (code) => linesOf(code)[1] ?? null,
    lineByChannel: (channelId) =>
      [...accounts.values()].find((account) => account.channelId === channelId) ?? null,
    lines: () => [...accounts.values()],
    content: () => content,
    releases: () => releases,
    everyAlert: () => everyAlert,
  }
}

function indexReleases(releases: Release[]): SyncedReleases {
  const latest = new Map(latestByKey(releases).map((release) => [release.key, release]))
  const approved = new Map<string, Release>()
  for (const release of releases) {
    if (release.action === 'publish') {
      approved.set(`${release.key} ${release.contentHash}`, release)
    }
  }
  const slots = new Set(releases.map((release) => placeOf({ content: release.content, release })))
  return {
    latest: (key) => latest.get(key),
    approved: (key, contentHash) => approved.get(`${key} ${contentHash}`),
    slots: () => slots,
  }
}
