import { civilOf, dayNumberOf } from './civil'
import { fromDayNumber, toDayNumber, type LocalDay } from './day'
import { PREGNANCY_DAYS } from './due'
import { birthsReaching, type DayNumbers, type MonthRule } from './months'
import type { Slot } from './slot'

/** Days of a span, both ends included. */
export interface DaySpan {
  from: LocalDay
  to: LocalDay
}

/**
 * The anchor dates for which a slot is due on a day. `days` is at most four days, unbroken and
 * ascending, and empty when nobody is due. For a corrected manuscript the same `days` hold for the
 * due date of the children it corrects. For `schoolEntry`, `days` are the readers' own entry days
 * and `births` the birthdays of the children who have none.
 */
export type AnchorDays =
  | { field: 'dueDate'; days: LocalDay[] }
  | { field: 'birthDate'; days: LocalDay[] }
  | { field: 'schoolEntry'; days: LocalDay[]; births: DaySpan | null }
  | { field: 'supportFrom'; days: LocalDay[] }
  | { field: 'announceOn'; days: LocalDay[] }

/** Inverse of `dueDay`: what the audience query looks for. *Pure.* */
export function anchorDaysFor(slot: Slot, day: LocalDay, monthRule: MonthRule): AnchorDays {
  const today = toDayNumber(day)
  switch (slot.anchor) {
    case 'dueDate': {
      const dueDate = today + PREGNANCY_DAYS - slot.week * 7 - slot.day
      return { field: 'dueDate', days: [fromDayNumber(dueDate)] }
    }
    case 'birthDate': {
      if (slot.unit === 'day')
        return { field: 'birthDate', days: [fromDayNumber(today - slot.days)] }
      const births = birthsReaching(today - slot.plusDays, slot.months, monthRule)
      return { field: 'birthDate', days: daysOf(births) }
    }
    case 'schoolEntry': {
      const months = (slot.years ?? 0) * 12
      const entries = birthsReaching(today - slot.offsetDays, months, 'friendly')
      return { field: 'schoolEntry', days: daysOf(entries), births: birthsEntering(entries) }
    }
    case 'support':
      return { field: 'supportFrom', days: [fromDayNumber(today - slot.days)] }
    case 'announcement':
      return { field: 'announceOn', days: [day] }
  }
}

/** The births (both inclusive) of the children who enter school in April of a year. *Pure.* */
export function birthRangeForEntryYear(year: number): DaySpan {
  return {
    from: fromDayNumber(dayNumberOf(year - 7, 4, 2)),
    to: fromDayNumber(dayNumberOf(year - 6, 4, 1)),
  }
}

function birthsEntering({ from, to }: DayNumbers): DaySpan | null {
  if (from > to) return null
  const { year, month, day } = civilOf(from)
  return month === 4 && day === 1 ? birthRangeForEntryYear(year) : null
}

function daysOf({ from, to }: DayNumbers): LocalDay[] {
  const days: LocalDay[] = []
  for (let day = from; day <= to; day += 1) days.push(fromDayNumber(day))
  return days
}
