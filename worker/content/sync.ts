import type { Release } from '../../src/release/content'
import { CmsError, type Cms } from './cms'
import { isWhatWasApproved } from '../../src/release/live'
import {
  readHiddenTexts,
  readLineAccount,
  readMoves,
  readMunicipality,
  readRelease,
  readSeriesCodes,
  whileMoving,
} from '../../src/plan/readCmsDocuments'
import { ShrunkListError, withMissing, type Settings } from './missing'
import { isPictureOf, picturesOfRelease } from './pictures'
import type { ContentStore } from './store'

/**
 * Object ids of transactions that commit together become visible out of order, so the last minutes
 * are read again each time.
 */
export const OVERLAP_SECONDS = 120

/** What one synchronisation brought. */
export interface SyncReport {
  newReleases: number
  isChanged: boolean
}

interface SyncOptions {
  cms: Cms
  store: ContentStore
  now: () => Date
  /** Something a person must know. */
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** What a person has looked at before they asked for a synchronisation. */
export interface Accepting {
  /** What is missing in the CMS's lists is to end. */
  missing?: boolean
}

/**
 * Takes over what is new in the CMS: releases from where it stopped last time, then settings whole.
 * A withdrawal counts at once, however long the settings take and whatever is wrong with them.
 */
export function createSync(options: SyncOptions) {
  const { store, now } = options
  return async (accepting: Accepting = {}): Promise<SyncReport> => {
    const { newReleases, lastReleaseId } = await syncReleases(options)
    if (newReleases > 0) await store.saveProgress({ lastReleaseId })
    const isOther = await syncSettings(options, accepting)
    await store.saveProgress({ lastReleaseId, syncedAt: now() })
    return { newReleases, isChanged: isOther || newReleases > 0 }
  }
}

/** One that cannot be read holds up nothing after it, and is read again each time. */
async function syncReleases({ cms, store, onAlert }: SyncOptions) {
  const { lastReleaseId: before } = await store.readState()
  let lastReleaseId = before
  let newReleases = 0
  let isStuck = false
  for await (const documents of cms.releasesAfter(overlapped(before))) {
    const known = documents.map((document) => readOrAlert(document, onAlert))
    const read = await withPictures(known, { cms, store, onAlert })
    const releases = read.filter((release) => release !== null)
    for (const { key, revision } of releases.filter((one) => !isWhatWasApproved(one))) {
      onAlert('hash-mismatch', { key, revision })
    }
    newReleases += await store.addReleases(releases)
    const unreadAt = read.indexOf(null)
    const last = isStuck ? null : read.slice(0, unreadAt < 0 ? undefined : unreadAt).at(-1)?.id
    if (last && (lastReleaseId === null || last > lastReleaseId)) lastReleaseId = last
    isStuck ||= unreadAt >= 0
  }
  return { newReleases, lastReleaseId }
}

function readOrAlert(document: unknown, onAlert: SyncOptions['onAlert']): Release | null {
  try {
    return readRelease(document)
  } catch {
    onAlert('release-unreadable', { id: String((document as { id?: unknown }).id) })
    return null
  }
}

type Pictured = Pick<SyncOptions, 'cms' | 'store' | 'onAlert'>

/**
 * The same, null for a text whose picture is not to be had: families go on getting what was out
 * before it, and it is asked for again each time. One that is here is asked for no more.
 */
async function withPictures(
  releases: readonly (Release | null)[],
  options: Pictured,
): Promise<(Release | null)[]> {
  const names = releases.flatMap((release) => (release ? picturesOfRelease(release) : []))
  const lost = new Set<string>()
  for (const name of await options.store.pictures.missing(names)) {
    if (!(await takePicture(name, options))) lost.add(name)
  }
  return releases.map((release) => {
    if (!release || !picturesOfRelease(release).some((name) => lost.has(name))) return release
    options.onAlert('picture-missing', { key: release.key, revision: release.revision })
    return null
  })
}

async function takePicture(name: string, { cms, store }: Pictured): Promise<boolean> {
  try {
    const bytes = await cms.picture(name)
    if (!isPictureOf(name, bytes)) return false
    await store.pictures.save(name, bytes)
    return true
  } catch (error) {
    if (error instanceof CmsError) return false
    throw error
  }
}

/** Settings are taken over whole. Tells whether anything was different. */
async function syncSettings(options: SyncOptions, { missing }: Accepting): Promise<boolean> {
  const { store } = options
  const answer = await readSettings(options)
  return missing ? store.changeSettings(() => answer) : keepMissing(options, answer)
}

/** Absence ends nothing: a person is told of what is missing, and its last settings stay in use. */
async function keepMissing({ store, onAlert }: SyncOptions, answer: Settings): Promise<boolean> {
  let missing: Settings = { municipalities: [], accounts: [] }
  try {
    const isOther = await store.changeSettings((before) => {
      const kept = withMissing(before, answer)
      missing = kept.missing
      return kept.settings
    })
    for (const { code } of missing.municipalities) {
      onAlert('municipality-missing', { municipality: code })
    }
    for (const { id } of missing.accounts) onAlert('line-account-missing', { account: id })
    return isOther
  } catch (error) {
    if (error instanceof ShrunkListError) onAlert('settings-shrunk', error.shrunk)
    throw error
  }
}

async function readSettings(options: SyncOptions): Promise<Settings> {
  const { cms, store } = options
  const [series, municipalities, accounts, hiddenTexts, moves] = await Promise.all([
    cms.all('kizuna-series'),
    cms.all('kizuna-municipalities'),
    cms.all('kizuna-line-accounts'),
    cms.all('kizuna-hidden-texts'),
    cms.all('kizuna-account-moves'),
  ])
  const codes = readSeriesCodes(series)
  const read = await readEach(municipalities, {
    read: (document) => {
      const own = hiddenTexts.filter((hidden) => ownerOf(hidden) === idOf(document))
      const moving = moves.filter((move) => ownerOf(move) === idOf(document))
      const town = readMunicipality(document, codes, readHiddenTexts(own, codes))
      return whileMoving(town, readMoves(moving).get(town.cmsId))
    },
    stored: () => store.allMunicipalities(),
    isOf: (document, { cmsId }) => idOf(document) === cmsId,
    onUnreadable: ({ code }) => options.onAlert('municipality-unreadable', { municipality: code }),
  })
  const lines = await readEach(accounts, {
    read: readLineAccount,
    stored: () => store.allAccounts(),
    isOf: (document, { id }) => idOf(document) === id,
    onUnreadable: ({ id }) => options.onAlert('line-account-unreadable', { account: id }),
  })
  return { municipalities: read, accounts: lines, moves: moves.map(idOf) }
}

interface ReadEach<T> {
  read: (document: unknown) => T
  /** What was taken over before. */
  stored: () => Promise<T[]>
  isOf: (document: unknown, stored: T) => boolean
  onUnreadable: (document: { id?: unknown; code?: unknown }) => void
}

/**
 * One that cannot be read is its owner's trouble alone: what was last read of it stays in use, a
 * person is told, and the others are taken over.
 *
 * @throws when none of them can be read.
 */
async function readEach<T>(documents: readonly unknown[], each: ReadEach<T>): Promise<T[]> {
  const found: T[] = []
  const unreadable: unknown[] = []
  let why: unknown = null
  for (const document of documents) {
    try {
      found.push(each.read(document))
    } catch (error) {
      why = error
      unreadable.push(document)
      each.onUnreadable((document ?? {}) as object)
    }
  }
  if (unreadable.length === 0) return found
  if (found.length === 0) throw why // then it is the CMS that speaks otherwise, not one of its own
  const before = await each.stored()
  return [...found, ...before.filter((one) => unreadable.some((bad) => each.isOf(bad, one)))]
}

function idOf(document: unknown): string {
  return String((document as { id?: unknown } | null)?.id)
}

/** The id of the municipality a document belongs to, whether it came along whole or not. */
function ownerOf(document: unknown): string {
  const owner = (document as { municipality?: unknown } | null)?.municipality
  return typeof owner === 'object' && owner !== null ? idOf(owner) : String(owner)
}

/** The smallest object id of two minutes before another one. *Pure.* */
export function overlapped(id: string | null): string | null {
  if (id === null || !/^[0-9a-f]{24}$/.test(id)) return id
  const seconds = Math.max(0, Number.parseInt(id.slice(0, 8), 16) - OVERLAP_SECONDS)
  return `${seconds.toString(16).padStart(8, '0')}0000000000000000`
}
