import type { Release } from '../../src/release/content'
import type { SyncedContents } from '../deliver/content'
import type { LineAccount } from '../../src/plan/settings'
import { latestByKey, liveContent, type LiveContent } from '../../src/release/live'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { ContentStore } from './store'

/** What is synced of the CMS, in memory, read again when its version has risen. */
export function createSyncedContent(store: ContentStore) {
  let version = -1
  let isSynced = false
  let municipalities = new Map<string, SyncedMunicipality>()
  let accounts = new Map<string, LineAccount>()
  let content: LiveContent = { texts: [], addOns: [] }
  let contents: SyncedContents = { latest: () => undefined, approved: () => undefined }
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  const load = async () => {
    const state = await store.readState()
    isSynced = state.syncedAt !== null
    if (state.version === version) return
    const [releases, ownMunicipalities, ownAccounts] = await Promise.all([
      store.allReleases(),
      store.allMunicipalities(),
      store.allAccounts(),
    ])
    municipalities = new Map(ownMunicipalities.map((one) => [one.code, one]))
    accounts = new Map(ownAccounts.map((one) => [one.id, one]))
    content = liveContent(releases)
    contents = indexContents(releases)
    version = state.version
  }

  /**
   * Takes over what any process has synced before this call. One that is under way may have looked
   * too early, so it is followed by another one, for all who have asked meanwhile.
   */
  const refresh = (): Promise<void> => {
    if (!running) {
      running = load().finally(() => {
        running = null
      })
      return running
    }
    next ??= running
      .catch(() => undefined) // whoever asked for it is told
      .then(() => {
        next = null
        return refresh()
      })
    return next
  }

  return {
    refresh,
    /** Whether anything was ever synced: before that nobody knows who to send what. */
    isReady: () => isSynced,
    municipalities: () => [...municipalities.values()],
    settings: (code: string) => municipalities.get(code) ?? null,
    line: (id: string) => accounts.get(id) ?? null,
    lineByChannel: (channelId: string) =>
      [...accounts.values()].find((account) => account.channelId === channelId) ?? null,
    content: () => content,
    contents: () => contents,
  }
}

function indexContents(releases: Release[]): SyncedContents {
  const latest = new Map(latestByKey(releases).map((release) => [release.key, release]))
  const approved = new Map<string, Release>()
  for (const release of releases) {
    if (release.action === 'publish') {
      approved.set(`${release.key} ${release.contentHash}`, release)
    }
  }
  return {
    latest: (key) => latest.get(key),
    approved: (key, contentHash) => approved.get(`${key} ${contentHash}`),
  }
}
