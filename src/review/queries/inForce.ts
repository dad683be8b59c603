import { setImmediate as otherRequests } from 'node:timers/promises'

import { createLocalReq, type Payload, type Where } from 'payload'

import { relatedId } from '../../cms/relation'
import { readRelease } from '../../plan/readCmsDocuments'
import type { Release } from '../../release/content'
import { findNewestReleases, OF_PLANNED } from '../../release/findReleases'
import { inForce, liveContent, type LiveContent } from '../../release/live'
import { slicesOf } from '../../release/slices'

/**
 * What readers get now, kept in this process: a release never changes, so whoever asks again reads
 * only those that have come since. For screens; what decides asks the database (findReleases).
 */
interface Kept {
  /** The newest release of each key, by the municipality's id; common texts by {@link COMMON}. */
  owners: Map<string, Owned>
  /** Whether all municipalities are among the owners. */
  isWhole: boolean
  /** When was last asked, and what for. */
  askedMs: number
  looking: Promise<void>
  /** A release was written in this process since. */
  isTold: boolean
}

interface Owned {
  latest: Map<string, Release>
  /** Of these; null until it is asked for. */
  content: LiveContent | null
}

/** Of another process a release is seen so much later. */
const FRESH_MS = 10_000

/** A release is dated before its transaction ends, and by the clock of whoever wrote it. */
const OVERLAP_MS = 2 * 60_000

const COMMON = ''
const TOWNS_AT_ONCE = 50

/** Next puts this file into several bundles of one process; what is kept is one. */
const shared = globalThis as { kizunaInForce?: WeakMap<Payload, Kept> }

function keptOf(payload: Payload): Kept {
  const all = (shared.kizunaInForce ??= new WeakMap<Payload, Kept>())
  const known = all.get(payload)
  if (known) return known
  const kept: Kept = {
    owners: new Map(),
    isWhole: false,
    isTold: false,
    askedMs: 0,
    looking: Promise.resolve(),
  }
  all.set(payload, kept)
  return kept
}

/** Says that a release was written: the next question looks for it. */
export function tellReleased(payload: Payload): void {
  keptOf(payload).isTold = true
}

/** The common texts and a municipality's add-ons, whoever asks, the newest first. */
export async function findLiveContent(
  payload: Payload,
  municipality: string,
): Promise<LiveContent> {
  const kept = await lookAgain(payload)
  await readOwners(payload, kept, [COMMON, municipality])
  const { texts } = contentOf(kept, COMMON)
  return { texts, addOns: contentOf(kept, municipality).addOns }
}

/** The common texts, whoever asks. */
export async function findLiveTexts(payload: Payload): Promise<LiveContent['texts']> {
  const kept = await lookAgain(payload)
  await readOwners(payload, kept, [COMMON])
  return contentOf(kept, COMMON).texts
}

/** The add-ons in force of each municipality, by its id, whoever asks. */
export async function findAddOnsInForce(
  payload: Payload,
): Promise<ReadonlyMap<string, readonly Release[]>> {
  const kept = await lookAgain(payload)
  if (!kept.isWhole) {
    const { docs } = await payload.db.find<{ id: string }>({
      collection: 'kizuna-municipalities',
      select: { code: true },
      limit: 0,
      pagination: false,
    })
    const towns = docs.map(({ id }) => String(id))
    for (const some of slicesOf(towns, TOWNS_AT_ONCE, () => 1)) {
      await readOwners(payload, kept, some)
      await otherRequests()
    }
    kept.isWhole = true
  }
  return new Map(
    [...kept.owners]
      .filter(([owner]) => owner !== COMMON)
      .map(([owner, { latest }]) => [owner, inForce(latest.values())]),
  )
}

function contentOf({ owners }: Kept, owner: string): LiveContent {
  const owned = owners.get(owner)
  if (!owned) return { texts: [], addOns: [] }
  const newestFirst = (a: Release, b: Release) => (a.publishedAt < b.publishedAt ? 1 : -1)
  owned.content ??= liveContent([...owned.latest.values()].toSorted(newestFirst))
  return owned.content
}

async function readOwners(payload: Payload, kept: Kept, owners: readonly string[]): Promise<void> {
  const towns = owners.filter((owner) => !kept.owners.has(owner))
  if (towns.length === 0) return
  const found = await findReleases(
    payload,
    towns.includes(COMMON)
      ? {
          or: [
            { municipality: { exists: false } },
            { municipality: { in: towns.filter(Boolean) } },
          ],
        }
      : { municipality: { in: towns } },
  )
  for (const owner of towns) if (!kept.owners.has(owner)) kept.owners.set(owner, noneYet())
  put(kept, found)
}

function noneYet(): Owned {
  return { latest: new Map(), content: null }
}

/** Puts what came since the last question where it belongs; who asks meanwhile waits for it. */
async function lookAgain(payload: Payload): Promise<Kept> {
  const kept = keptOf(payload)
  const nowMs = Date.now() // as Payload dates what it writes, whatever clock the product has
  const { askedMs } = kept
  if (kept.isTold || nowMs - askedMs >= FRESH_MS) {
    kept.isTold = false
    kept.askedMs = nowMs
    kept.looking = readSince(payload, kept, askedMs).catch((error: unknown) => {
      Object.assign(kept, { askedMs, isTold: true })
      throw error
    })
  }
  await kept.looking
  return kept
}

async function readSince(payload: Payload, kept: Kept, askedMs: number): Promise<void> {
  if (kept.owners.size === 0) return
  const since = new Date(askedMs - OVERLAP_MS).toISOString()
  put(kept, await findReleases(payload, { createdAt: { greater_than: since } }))
}

async function findReleases(payload: Payload, where: Where) {
  const fields = [...OF_PLANNED, 'municipality'] as const
  return findNewestReleases(await createLocalReq({}, payload), {
    where,
    fields,
    overrideAccess: true,
  })
}

type Found = Awaited<ReturnType<typeof findReleases>>

function put(kept: Kept, found: Found): void {
  for (const stored of found) {
    const owner = relatedId(stored.municipality) ?? COMMON
    if (kept.isWhole && !kept.owners.has(owner)) kept.owners.set(owner, noneYet())
    const owned = kept.owners.get(owner)
    const known = owned?.latest.get(stored.key)
    if (!owned || (known && known.revision >= stored.revision)) continue
    owned.latest.set(stored.key, readRelease(stored))
    owned.content = null
  }
}
