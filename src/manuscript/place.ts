import type {
  CollectionBeforeChangeHook,
  PayloadRequest,
  TextFieldSingleValidation,
  Where,
} from 'payload'

import { slotLabel, type Slot } from '../stage/slot'
import { placeKey, findContentOwnerById, rememberedPlaces } from '../cms/requestMemory'
import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import type { Verdict } from '../fields/checks'
import { checkManuscriptField } from '../review/gate/contentChecks'
import { readSlot } from '../fields/slotField'
import { titleOf } from '../review/rules/title'

interface Place {
  series?: unknown
  edition?: unknown
}

/**
 * The slot of a manuscript: readable, right for its kind, of its series' anchor, still free. A draft may
 * have none yet; handing in asks for it.
 */
export const checkManuscriptSlot: TextFieldSingleValidation = async (value, options) => {
  const { data, event, id, req } = options
  const verdict = checkManuscriptField('slot', { data })
  const slot = readSlot(value)
  if (verdict !== true || !slot || event === 'onChange') return verdict // asked on saving only
  const place = data as Place
  const inside = await checkSeries(slot, place, req)
  return inside === true ? checkFree(slot, { ...place, slot: String(value), id }, req) : inside
}

async function checkSeries(slot: Slot, place: Place, req: PayloadRequest): Promise<Verdict> {
  const id = relatedId(place.series)
  if (id === null) return true // the series' own field says that it is missing
  const series = await findContentOwnerById(req, 'kizuna-series', id)
  if (!series || series.anchor === slot.anchor) return true
  return `シリーズ「${String(series.name)}」とは数え方が違う配信日です(${slotLabel(slot)})。シリーズか配信日を直してください。`
}

interface TakenPlace extends Place {
  slot: string
  id?: number | string
}

async function checkFree(slot: Slot, place: TakenPlace, req: PayloadRequest): Promise<Verdict> {
  const series = relatedId(place.series)
  if (series === null || !place.edition) return true
  const places = rememberedPlaces(req)
  const other = places ? places.get(placeKey({ ...place, series })) : await findOther(req, place)
  return other && other.id !== String(place.id)
    ? `この配信日(${slotLabel(slot)})と版には、もう原稿「${other.title}」があります。そちらを直すか、配信日か版を変えてください。`
    : true
}

/** A text that comes back from the trash finds its place free. @throws ReviewRefusal IN_USE */
export const refuseTakenPlace: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (!originalDoc?.deletedAt || data.deletedAt) return data
  const other = await findOther(req, originalDoc)
  if (!other) return data
  throw new ReviewRefusal(
    'IN_USE',
    `「${titleOf(originalDoc)}」の配信日と版には、いまは原稿「${other.title}」があるため、元に戻していません。先にそちらの配信日か版を変えるか、ごみ箱に入れてください。`,
  )
}

/** Another text at this place, the trash apart; null where it is free, or not known whole. */
async function findOther(
  req: PayloadRequest,
  place: Place & { slot?: unknown; id?: unknown },
): Promise<{ id: string; title: string } | null> {
  const series = relatedId(place.series)
  if (series === null || !place.slot || !place.edition) return null
  const { docs } = await req.payload.find({
    collection: 'kizuna-manuscripts',
    where: { and: samePlace(series, place) },
    draft: true,
    depth: 0,
    limit: 1,
    pagination: false,
    select: { title: true },
    overrideAccess: true,
    req,
  })
  return docs[0] ?? null
}

function samePlace(
  series: string,
  { slot, edition, id }: Place & { slot?: unknown; id?: unknown },
): Where[] {
  return [
    { series: { equals: series } },
    { slot: { equals: slot } },
    { edition: { equals: edition } },
    ...(id === undefined ? [] : [{ id: { not_equals: id } }]),
  ]
}
