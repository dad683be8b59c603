import type { PayloadRequest, TextFieldSingleValidation, Where } from 'payload'

import { slotLabel, type Slot } from '../src/stage/slot'
import { idOf } from './access'
import type { Verdict } from './checks'
import { checkSlot, readSlot } from './slotField'

/** Last day of pregnancy that has a text; 42w0d is the neutral question's. */
const LAST_PREGNANCY_DAY = 41 * 7 + 6
const FIRST_PREGNANCY_DAY = 4 * 7

interface Place {
  series?: unknown
  edition?: unknown
  kind?: unknown
}

/** The slot of a manuscript: readable, inside its series, right for its kind, and still free. */
export const checkManuscriptSlot: TextFieldSingleValidation = async (value, options) => {
  const { data, event, id, req } = options
  const verdict = checkSlot(value)
  const slot = readSlot(value)
  if (verdict !== true || !slot) return verdict
  const place = data as Place
  const kind = checkKind(slot, place.kind)
  if (kind !== true || event === 'onChange') return kind // the database is asked on saving only
  const inside = await checkSeries(slot, place, req)
  return inside === true ? checkFree(slot, { ...place, slot: String(value), id }, req) : inside
}

/** Pregnancy texts run 4w0d to 41w6d; 42w0d belongs to the one neutral question. *Pure.* */
export function checkKind(slot: Slot, kind: unknown): Verdict {
  const isQuestionDay = slot.anchor === 'dueDate' && slot.week === 42 && slot.day === 0
  if (kind === 'question') {
    return isQuestionDay
      ? true
      : '種類が「確認」の原稿の配信日は、妊娠42週0日(42w0d)だけです。配信日を直すか、種類を「通常」にしてください。'
  }
  if (slot.anchor !== 'dueDate') return true
  const day = slot.week * 7 + slot.day
  if (day >= FIRST_PREGNANCY_DAY && day <= LAST_PREGNANCY_DAY) return true
  return isQuestionDay
    ? '妊娠42週0日に送れるのは、種類が「確認」の原稿だけです。種類を「確認」にするか、配信日を妊娠41週6日までにしてください。'
    : '妊娠の原稿は、妊娠4週0日(4w0d)から妊娠41週6日(41w6d)までにしてください。'
}

async function checkSeries(slot: Slot, place: Place, req: PayloadRequest): Promise<Verdict> {
  const id = idOf(place.series)
  if (id === null) return true // the series' own field says that it is missing
  const series = await req.payload.findByID({
    ...{ collection: 'series', id, req },
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
  if (!series || series.anchor === slot.anchor) return true
  return `シリーズ「${series.name}」とは数え方が違う配信日です(${slotLabel(slot)})。シリーズか配信日を直してください。`
}

interface TakenPlace extends Place {
  slot: string
  id?: number | string
}

async function checkFree(slot: Slot, place: TakenPlace, req: PayloadRequest): Promise<Verdict> {
  const series = idOf(place.series)
  if (series === null || !place.edition) return true
  const { docs } = await req.payload.find({
    collection: 'manuscripts',
    where: { and: samePlace(series, place) },
    draft: true,
    depth: 0,
    limit: 1,
    overrideAccess: true,
    req,
  })
  const [other] = docs
  return other
    ? `この配信日(${slotLabel(slot)})と版には、もう原稿「${other.title}」があります。そちらを直すか、配信日か版を変えてください。`
    : true
}

function samePlace(series: string, { slot, edition, id }: TakenPlace): Where[] {
  return [
    { series: { equals: series } },
    { slot: { equals: slot } },
    { edition: { equals: edition } },
    ...(id === undefined ? [] : [{ id: { not_equals: id } }]),
  ]
}
