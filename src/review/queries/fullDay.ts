import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { addOnFullness, isFarFromFull } from '../../plan/fullDaySentence'
import { fullestDay } from '../../plan/fullestDay'
import {
  readHiddenTexts,
  readMunicipality,
  readRelease,
  readSeriesCodes,
} from '../../plan/readCmsDocuments'
import { firstSlotOf } from '../../release/contentKind'
import type { AddOnContent, Release } from '../../release/content'
import { findLiveReleases, OF_PLANNED, releaseKey } from '../../release/findReleases'
import type { LiveContent } from '../../release/live'
import { localDayOf } from '../../stage/day'
import { isInRange } from '../../stage/range'
import { parseSlot } from '../../stage/slot'
import type { Review } from './load'

/**
 * What keeps an add-on from going out because, with all that can arrive beside it, a mail would be
 * cut off or LINE would lose something, in Japanese sentences. Of a common text it is told, not refused:
 * see ./fullDaysOfText.
 */
export async function fullDayProblems(
  req: PayloadRequest,
  review: Review,
  now: Date,
): Promise<string[]> {
  const { content, municipality, variables } = review
  if (content.type !== 'addOn' || municipality === null) return []
  const key = releaseKey(review.collection, review.id)
  const own: Release = { ...NEW, key, content, variables }
  const addOns = await findLive(req, key, { municipality: { equals: municipality } })
  if (isFarFromFull([own, ...addOns].map((release) => release.content))) return []
  const texts = await findLive(req, key, { municipality: { exists: false } })
  const full = fullestDay({
    settings: await findSettings(req, municipality),
    content: liveOf([own, ...addOns, ...texts]),
    slots: slotsOf(content, texts),
    today: localDayOf(now),
    own: key,
  })
  return full ? addOnFullness(full) : []
}

/** What a text that is not out yet has in the place of a release's own. */
export const NEW = {
  id: 'new',
  revision: 0,
  action: 'publish',
  contentHash: '',
  publishedAt: '',
  reviewDueAt: null,
  whenOverdue: 'warn',
} as const

/** The releases in force but for one document's own. */
export async function findLive(
  req: PayloadRequest,
  own: string,
  where: Parameters<typeof findLiveReleases>[1]['where'],
): Promise<Release[]> {
  const found = await findLiveReleases(req, { where, fields: OF_PLANNED, overrideAccess: true })
  return found.map(readRelease).filter(({ key }) => key !== own)
}

/** As planning reads them: they were sound when published; the worker looks again. *Pure.* */
export function liveOf(releases: readonly Release[]): LiveContent {
  const live: LiveContent = { texts: [], addOns: [] }
  for (const release of releases) {
    const { content } = release
    if (content.type === 'manuscript') live.texts.push({ release, content, isSound: true })
    else live.addOns.push({ release, content, isSound: true })
  }
  return live
}

/** Where the add-on may arrive: its first slot, or each slot of its range that has a text. */
function slotsOf(addOn: AddOnContent, texts: readonly Release[]): string[] {
  const first = firstSlotOf(addOn)
  if (addOn.timing === 'once') return [first]
  const range = { ...addOn, from: parseSlot(addOn.from), to: parseSlot(addOn.to) }
  const slots = texts.map(({ content }) => firstSlotOf(content))
  return [...new Set(slots)].filter((slot) => isInRange(parseSlot(slot), range))
}

/** A municipality as planning reads it, with what it keeps from its readers. */
export async function findSettings(req: PayloadRequest, municipality: string) {
  const common = { req, depth: 0, overrideAccess: true } as const
  const [document, series, hidden] = await Promise.all([
    req.payload.findByID({ ...common, collection: 'kizuna-municipalities', id: municipality }),
    req.payload.find({ ...common, collection: 'kizuna-series', pagination: false }),
    req.payload.find({
      ...common,
      collection: 'kizuna-hidden-texts',
      pagination: false,
      where: { municipality: { equals: municipality } },
    }),
  ])
  const codes = readSeriesCodes(asStored<unknown[]>(series.docs))
  return readMunicipality(document, codes, readHiddenTexts(hidden.docs, codes))
}
