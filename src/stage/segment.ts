import { fromDayNumber, toDayNumber, type LocalDay } from './day'
import { dueDay, PREGNANCY_DAYS, type Anchors } from './due'
import type { DaySpan } from './inverse'
import { monthsDayNumber, type MonthRule } from './months'
import type { SlotRange } from './range'
import { parseSlot, type Slot } from './slot'

/** A stage range that may begin in the pregnancy and end at an age. */
export interface Segment extends SlotRange {
  from: Slot
  to: Slot
  monthRule: MonthRule
}

/** After it nothing is sent until a birth is reported (product.md, rule 2). */
const LAST_OF_PREGNANCY = parseSlot('41w6d')

/**
 * Whether a child stands in a segment on a day: one that is born by its age, another one by its week,
 * until 41w6d. A child of which support texts are asked for stands in none. *Pure.*
 */
export function isInSegment(day: LocalDay, segment: Segment, anchors: Anchors): boolean {
  const { from, to, isEndIncluded } = segment
  const { dueDate, birthDate, supportFrom } = anchors
  if (supportFrom !== undefined) return false
  const of = (slot: Slot) => dueDay(slot, anchors, segment) ?? ''
  const isWithin = (last: LocalDay) => (isEndIncluded ? day <= last : day < last)
  if (birthDate !== undefined) {
    const isBegun = from.anchor === 'dueDate' || day >= of(from)
    return birthDate <= day && isBegun && to.anchor === 'birthDate' && isWithin(of(to))
  }
  if (dueDate === undefined || from.anchor !== 'dueDate') return false
  const isOpen = to.anchor !== 'dueDate' || isWithin(of(to))
  return day >= of(from) && isOpen && day <= of(LAST_OF_PREGNANCY)
}

/** The dates of the children who stand in a segment on a day; null where there can be none. */
export interface SegmentDates {
  dues: DaySpan | null
  births: DaySpan | null
}

/** Inverse of {@link isInSegment}: what the audience query looks for. *Pure.* */
export function segmentDates(day: LocalDay, segment: Segment): SegmentDates {
  const { from, to, isEndIncluded, monthRule } = segment
  const today = toDayNumber(day)
  const reached = (slot: Slot, on = today) => latestReaching(slot, on, monthRule)
  // Earlier dates are later stages: whoever has reached the end before is past it.
  const notPast = (end: Slot, isIncluded = true) => reached(end, isIncluded ? today - 1 : today) + 1
  const end = notPast(to, isEndIncluded)
  const unborn = notPast(LAST_OF_PREGNANCY)
  const isFromPregnancy = from.anchor === 'dueDate'
  const isToAge = to.anchor === 'birthDate'
  return {
    dues: isFromPregnancy ? spanOf(isToAge ? unborn : Math.max(end, unborn), reached(from)) : null,
    births: isToAge ? spanOf(end, isFromPregnancy ? today : reached(from)) : null,
  }
}

/** The latest anchor date from which a slot's day is not after `today`, as day numbers. */
function latestReaching(slot: Slot, today: number, monthRule: MonthRule): number {
  if (slot.anchor === 'dueDate') return today + PREGNANCY_DAYS - slot.week * 7 - slot.day
  if (slot.anchor !== 'birthDate') return today
  if (slot.unit === 'day') return today - slot.days
  const on = today - slot.plusDays
  const isReached = (birth: number) => monthsDayNumber(birth, slot.months, monthRule) <= on
  let [low, high] = [on - 31 * (slot.months + 1), on]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isReached(middle)) low = middle
    else high = middle - 1
  }
  return low
}

function spanOf(from: number, to: number): DaySpan | null {
  return from > to ? null : { from: fromDayNumber(from), to: fromDayNumber(to) }
}
