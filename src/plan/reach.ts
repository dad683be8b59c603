import type { AddOnContent, ManuscriptContent, ReleaseContent } from '../release/content'
import { isUrgent, type AlertContent } from '../release/alert'
import { isNotice, type NoticeContent } from '../release/noticeLimits'
import { outOfPeriod } from '../release/period'
import { addDays, daysBetween, type LocalDay } from '../stage/day'
import { PREGNANCY_DAYS } from '../stage/due'
import { anchorDaysFor } from '../stage/inverse'
import { isInRange } from '../stage/range'
import { MONTH_DAYS, parseSlot, slotSortKey, type Slot } from '../stage/slot'
import { ageStage, monthBand, PREGNANCY, weekBand, FIRST_WEEK, LAST_WEEK } from './forecast'
import type { Forecast } from './forecast'
import { isHiddenOn } from './hidden'
import { isWithin } from './period'
import type { MunicipalitySettings } from './settings'
import { isEffective, rangeOf } from './taken'

const WEEK_DAYS = 7

/** About how many readers of one municipality a text meets; not rounded. */
export interface MunicipalityReach {
  /** On the first day. */
  firstDay: number
  /** On the first day and the six after it. */
  week: number
}

/**
 * Whether a municipality sends a content on a day: its own add-on until its period is over, or a text of a series, range and
 * edition it takes then and does not hide. *Pure.*
 */
export function sendsOn(
  municipality: MunicipalitySettings,
  content: ReleaseContent,
  day: LocalDay,
): boolean {
  if (!municipality.isActive) return false
  if (content.type === 'addOn') {
    return content.municipality === municipality.code && outOfPeriod(content, day) !== 'over'
  }
  if (!municipality.editions.includes(content.edition)) return false
  if (isHiddenOn(content, municipality.hidden ?? [], day)) return false
  const slot = parseSlot(content.slot)
  return municipality.series.some(
    (taken) =>
      taken.series === content.series && isEffective(taken, day) && isInRange(slot, rangeOf(taken)),
  )
}

/**
 * About how many (reader, child) pairs of a forecast a content meets from a day on, as if births
 * were spread evenly inside a week or month. Null where the numbers are too small to be told.
 * *Pure.*
 */
export function reachIn(
  forecast: Forecast,
  content: ReleaseContent,
  day: LocalDay,
): MunicipalityReach | null {
  const meetings = meetingsIn(forecast, content, { day, days: WEEK_DAYS })
  if (meetings === null) return null
  const [firstDay = 0] = meetings
  return { firstDay, week: sumOf(meetings) }
}

/** About how many pairs a content meets in so many days; null like {@link reachIn}. *Pure.* */
export function pairsIn(
  forecast: Forecast,
  content: ReleaseContent,
  period: { day: LocalDay; days: number },
): number | null {
  const meetings = meetingsIn(forecast, content, period)
  return meetings && sumOf(meetings)
}

/**
 * About how many deliveries a town's contents come to in so many days: its texts, and notices on their
 * day. Add-ons go with the texts, and what is urgent only when people send it. Null where nothing of them
 * can be told. *Pure.*
 */
export function deliveriesIn(
  forecast: Forecast,
  contents: readonly ReleaseContent[],
  period: { day: LocalDay; days: number },
): number | null {
  const last = addDays(period.day, period.days - 1)
  const told = contents.flatMap((content) => {
    if (content.type === 'manuscript') return pairsIn(forecast, content, period) ?? []
    const isThen = isNotice(content) && isWithin(content.validFrom, period.day, last)
    return isThen ? (pairsOfSegment(forecast, content) ?? []) : []
  })
  return told.length === 0 ? null : sumOf(told)
}

function meetingsIn(
  forecast: Forecast,
  content: ReleaseContent,
  { day, days }: { day: LocalDay; days: number },
): number[] | null {
  const share = shareOf(forecast, content)
  const slots = slotsOf(content)
  if (share === null || slots === null) return null
  const all = Array.from({ length: days }, (_, at) => addDays(day, at))
  // An add-on in a range goes with the texts: about one in three days has one.
  const perDay = slots.to !== null && !isNotice(content) && !isUrgent(content) ? 1 / 3 : 1
  const meetings = all.map((one) => meetingOn(forecast, slots, one))
  if (meetings.every((pairs) => pairs === null)) return null
  return meetings.map((pairs) => (pairs ?? 0) * share * perDay)
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/** Where a content sits: one slot, or the whole range of an add-on that goes with each text. */
interface Place {
  from: Slot
  /** Null: only at `from`. */
  to: Slot | null
}

function slotsOf(content: ManuscriptContent | AddOnContent): Place | null {
  if (content.type === 'manuscript') return { from: parseSlot(content.slot), to: null }
  const from = parseSlot(content.from)
  return { from, to: content.timing === 'once' ? null : parseSlot(content.to) }
}

/** About how many pairs a notice, or an alert, meets on its day; null like {@link reachIn}. *Pure.* */
export function pairsOfSegment(
  forecast: Forecast,
  content: NoticeContent | AlertContent,
): number | null {
  return pairsIn(forecast, content, { day: content.validFrom, days: 1 })
}

function meetingOn(forecast: Forecast, { from, to }: Place, day: LocalDay): number | null {
  const older = daysBetween(forecast.date, day)
  if (from.anchor === 'support') return null // how many have asked is never told
  if (from.anchor === 'announcement') return null // whoever is imported is counted at the import
  if (from.anchor === 'schoolEntry') return to === null ? enteringOn(forecast, from, day) : null
  const isThroughBirth = from.anchor === 'dueDate' && to?.anchor === 'birthDate'
  const first = nominalDay(from) - (isThroughBirth ? PREGNANCY_DAYS : 0)
  const last = to === null ? first : nominalDay(to)
  const anchor = (to ?? from).anchor
  const places = Array.from({ length: Math.floor(last - first) + 1 }, (_, at) => first + at - older)
  const pairs = places.map((place) => pairsAt(forecast, place, anchor))
  if (pairs.every((one) => one === null)) return null
  return pairs.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

/** Days of pregnancy or of age, by the slots' own sort key. */
function nominalDay(slot: Slot): number {
  return slotSortKey(slot) - slotSortKey(slot.anchor === 'dueDate' ? '0w0d' : 'day0')
}

function enteringOn(forecast: Forecast, slot: Slot, day: LocalDay): number | null {
  const found = anchorDaysFor(slot, day, 'friendly')
  const births = found.field === 'schoolEntry' ? found.births : null
  if (births === null) return 0
  const oldest = daysBetween(births.from, forecast.date)
  const youngest = daysBetween(births.to, forecast.date)
  const ages = Array.from({ length: oldest - youngest + 1 }, (_, at) => youngest + at)
  const pairs = ages.map((age) => pairsAt(forecast, age, 'birthDate'))
  if (pairs.every((one) => one === null)) return null
  return pairs.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

/** Pairs that stand on exactly one day of pregnancy or age; null when nothing is told of it. */
function pairsAt(forecast: Forecast, place: number, anchor: Slot['anchor']): number | null {
  if (anchor === 'dueDate') return inPregnancy(forecast, place)
  return place < 0 ? inPregnancy(forecast, PREGNANCY_DAYS + place) : atAge(forecast, place)
}

function inPregnancy(forecast: Forecast, day: number): number | null {
  const week = Math.floor(day / WEEK_DAYS)
  if (week < FIRST_WEEK || week > LAST_WEEK) return 0
  const weeks = numbers(FIRST_WEEK, LAST_WEEK).map(weekBand)
  return perDayOf(forecast, { stage: PREGNANCY, bands: weeks, days: WEEK_DAYS }, weekBand(week))
}

function atAge(forecast: Forecast, day: number): number | null {
  const month = Math.floor((day + 0.5) / MONTH_DAYS)
  const year = Math.floor(month / 12)
  const months = numbers(12 * year, 12 * year + 11).map(monthBand)
  const group = { stage: ageStage(month), bands: months, days: MONTH_DAYS }
  return perDayOf(forecast, group, monthBand(month))
}

interface BandGroup {
  stage: string
  /** All bands of the stage. */
  bands: string[]
  /** Length of a band. */
  days: number
}

/** A band that is not told shares what is left of its stage with the others that are not. */
function perDayOf({ bands, stages }: Forecast, group: BandGroup, band: string): number | null {
  const own = bands[band]
  if (own !== undefined) return own / group.days
  const total = stages[group.stage]
  if (total === undefined) return null
  const told = group.bands.flatMap((name) => bands[name] ?? [])
  const rest = total - told.reduce((sum, pairs) => sum + pairs, 0)
  return Math.max(0, rest) / ((group.bands.length - told.length) * group.days)
}

/** Part of the readers whose edition this is; null when too few to be told. */
function shareOf({ editions }: Forecast, content: ReleaseContent): number | null {
  const wanted = content.type === 'manuscript' ? [content.edition] : content.editions
  if (wanted.length === 0) return 1
  const all = Object.values(editions).reduce((sum, readers) => sum + readers, 0)
  const own = wanted.flatMap((edition) => editions[edition] ?? [])
  if (all === 0 || own.length === 0) return null
  return own.reduce((sum, readers) => sum + readers, 0) / all
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}
