import { setImmediate as otherRequests } from 'node:timers/promises'

import type { PayloadRequest } from 'payload'

import { readSlot } from '../../fields/slotField'
import { meetsSlot } from '../../plan/entries'
import { addOnFullness, isFarFromFull } from '../../plan/fullDaySentence'
import { fullestDay } from '../../plan/fullestDay'
import { firstSlotOf } from '../../release/contentKind'
import type { Release } from '../../release/content'
import { releaseKey } from '../../release/findReleases'
import { localDayOf } from '../../stage/day'
import { findSettings, liveOf, NEW } from './fullDay'
import { findAddOnsInForce, findLiveTexts } from './inForce'
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
  const slot = firstSlotOf(content)
  if (content.type !== 'manuscript' || !readSlot(slot)) return found
  const key = releaseKey(review.collection, review.id)
  const beside = (await findLiveTexts(req.payload))
    .filter((text) => text.content.slot === slot && text.release.key !== key)
    .map(({ release }) => release)
  const texts: Release[] = [{ ...NEW, key, content, variables: {} }, ...beside]
  const startedMs = performance.now()
  for (const { name, id, addOns } of await townsWithMuch(req, slot)) {
    await otherRequests()
    found.isPartial = performance.now() - startedMs > MAX_MS
    if (found.isPartial) return found
    const full = fullestDay({
      settings: await findSettings(req, id),
      content: liveOf([...texts, ...addOns]),
      slots: [slot],
      today: localDayOf(now),
      own: key,
    })
    const sentences = full ? addOnFullness(full) : []
    if (sentences.length === 0) continue
    found.towns += 1
    if (found.towns > MAX_NAMED) continue
    found.sentences.push(...sentences.map((sentence) => `${name}: ${sentence}`))
  }
  return found
}

interface Town {
  id: string
  name: string
  addOns: readonly Release[]
}

/** Those whose add-ons could fill a day of this slot at all, with these add-ons. */
async function townsWithMuch(req: PayloadRequest, slot: string): Promise<Town[]> {
  const all = await findAddOnsInForce(req.payload)
  const much = new Map<string, Release[]>()
  for (const [town, releases] of all) {
    const addOns = releases.filter(
      ({ content }) => content.type === 'addOn' && meetsSlot(content, slot),
    )
    if (!isFarFromFull(addOns.map(({ content }) => content))) much.set(town, addOns)
  }
  if (much.size === 0) return []
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    where: { and: [{ id: { in: [...much.keys()] } }, { isActive: { equals: true } }] },
    select: { name: true },
    sort: 'code',
    pagination: false,
    depth: 0,
    overrideAccess: true,
    req,
  })
  return docs.map(({ id, name }) => ({ id: String(id), name, addOns: much.get(String(id)) ?? [] }))
}
