import { setImmediate as otherRequests } from 'node:timers/promises'

import type { PayloadRequest } from 'payload'

import { relatedId } from '../../cms/relation'
import { addOnFullness, isFarFromFull } from '../../plan/fullDaySentence'
import { fullestDay } from '../../plan/fullestDay'
import { readRelease } from '../../plan/readCmsDocuments'
import { firstSlotOf } from '../../release/contentKind'
import type { Release } from '../../release/content'
import { findLiveReleases, OF_PLANNED, releaseKey } from '../../release/findReleases'
import { grouped } from '../../release/grouped'
import { localDayOf } from '../../stage/day'
import { findLive, findSettings, liveOf, NEW } from './fullDay'
import type { Review } from './load'

/** What a common text would make of the municipalities' fullest days. */
export interface FullDays {
  /** Japanese sentences, each with the municipality it is about; empty: none is too full. */
  sentences: string[]
  /** Municipalities whose days are too full, all of them. */
  towns: number
  /** Whether the time was up before all of them were looked at. */
  isPartial: boolean
}

interface Town {
  id: string
  name: string
}

/** Municipalities whose add-ons are read at once. */
const TOWNS_AT_ONCE = 50

/** How long one question may take, and how many municipalities are named. */
const MAX_MS = 5_000
const MAX_NAMED = 5

/**
 * The municipalities in which a common text and all that arrives beside it are too much for a mail or
 * for LINE. It is told and not refused: what one of them has added keeps no text from the others.
 */
export async function fullDaysOfText(
  req: PayloadRequest,
  review: Review,
  now: Date,
): Promise<FullDays> {
  const { content } = review
  const found: FullDays = { sentences: [], towns: 0, isPartial: false }
  if (content.type !== 'manuscript') return found
  const key = releaseKey(review.collection, review.id)
  const slot = firstSlotOf(content)
  const beside = await findLive(req, key, {
    and: [{ municipality: { exists: false } }, { slot: { equals: slot } }],
  })
  const texts: Release[] = [{ ...NEW, key, content, variables: {} }, ...beside]
  const startedMs = performance.now()
  for await (const { town, addOns } of townsWithMuch(req)) {
    found.isPartial = performance.now() - startedMs > MAX_MS
    if (found.isPartial) return found
    const full = fullestDay({
      settings: await findSettings(req, town.id),
      content: liveOf([...texts, ...addOns]),
      slots: [slot],
      today: localDayOf(now),
      own: key,
    })
    const sentences = full ? addOnFullness(full) : []
    if (sentences.length === 0) continue
    found.towns += 1
    if (found.towns > MAX_NAMED) continue
    found.sentences.push(...sentences.map((sentence) => `${town.name}: ${sentence}`))
  }
  return found
}

/** Those whose add-ons could fill a day at all, with them; other requests have their turn between. */
async function* townsWithMuch(
  req: PayloadRequest,
): AsyncGenerator<{ town: Town; addOns: Release[] }> {
  const towns = await findTowns(req)
  for (let first = 0; first < towns.length; first += TOWNS_AT_ONCE) {
    const some = towns.slice(first, first + TOWNS_AT_ONCE)
    const live = await findLiveReleases(req, {
      where: { municipality: { in: some.map(({ id }) => id) } },
      fields: [...OF_PLANNED, 'municipality'],
      overrideAccess: true,
    })
    const byTown = grouped(live, ({ municipality }) => relatedId(municipality) ?? '')
    for (const town of some) {
      const addOns = (byTown.get(town.id) ?? []).map(readRelease)
      await otherRequests()
      if (!isFarFromFull(addOns.map(({ content }) => content))) yield { town, addOns }
    }
  }
}

async function findTowns(req: PayloadRequest): Promise<Town[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { isActive: { equals: true } },
    select: { name: true },
    sort: 'code',
    pagination: false,
    depth: 0,
    overrideAccess: true,
    req,
  })
  return docs.map(({ id, name }) => ({ id: String(id), name }))
}
