import { civilOf, dayNumberOf, lengthOfMonth, shiftMonth, type CivilDay } from './civil'
import { fromDayNumber, toDayNumber, type LocalDay } from './day'

const { max, min } = Math

/**
 * How completed months are counted when the month has no corresponding day: `friendly` takes that
 * month's last day (stage texts, birthdays), `legal` the first of the next month (vaccination,
 * eligibility).
 */
export type MonthRule = 'friendly' | 'legal'

/**
 * The first day on which somebody is `months` months old. *Pure.*
 *
 * `friendly` clamps to the month's last day. `legal` follows 年齢計算ニ関スル法律 and 民法143条2項:
 * the months are complete at the end of the day before the corresponding day (of the month's last
 * day where there is none), so the age holds from the day after that completion day, and that is
 * the day a slot with the legal rule is due on.
 */
export function monthsDay(birth: LocalDay, months: number, rule: MonthRule): LocalDay {
  return fromDayNumber(monthsDayNumber(toDayNumber(birth), months, rule))
}

/** {@link monthsDay} on day numbers. *Pure.* */
export function monthsDayNumber(birth: number, months: number, rule: MonthRule): number {
  const { year, month, day } = civilOf(birth)
  const target = shiftMonth({ year, month }, months)
  const last = lengthOfMonth(target.year, target.month)
  if (day <= last) return dayNumberOf(target.year, target.month, day)
  return dayNumberOf(target.year, target.month, last) + (rule === 'legal' ? 1 : 0)
}

/**
 * The day at whose end `months` months are complete by law (期間の満了日). *Pure.*
 *
 * Source: 年齢計算ニ関スル法律, 民法143条2項.
 */
export function legalCompletionDay(birth: LocalDay, months: number): LocalDay {
  return fromDayNumber(monthsDayNumber(toDayNumber(birth), months, 'legal') - 1)
}

/** How many months somebody born on `birth` has completed on `day` (not before birth). *Pure.* */
export function completedMonths(birth: LocalDay, day: LocalDay, rule: MonthRule): number {
  const born = toDayNumber(birth)
  const today = toDayNumber(day)
  const from = civilOf(born)
  const to = civilOf(today)
  const crossed = (to.year - from.year) * 12 + to.month - from.month
  return monthsDayNumber(born, crossed, rule) <= today ? crossed : crossed - 1
}

/** An unbroken run of day numbers, both inclusive; empty where `from` is greater than `to`. */
export interface DayNumbers {
  from: number
  to: number
}

/** The births for which a day is the first one of being `months` months old. *Pure.* */
export function birthsReaching(dayNumber: number, months: number, rule: MonthRule): DayNumbers {
  const reached = civilOf(dayNumber)
  const births = monthOf(shiftMonth(reached, -months))
  const from = births.first + reached.day - 1
  if (rule === 'legal') {
    const overhang = reached.day === 1 ? daysWithoutPartner(reached, months) : 0
    return { from: from - overhang, to: min(from, births.last) }
  }
  const isLastDay = reached.day === lengthOfMonth(reached.year, reached.month)
  return { from, to: isLastDay ? births.last : min(from, births.last) }
}

/** Days at the end of a birth month whose age is reached only on the 1st of the given month. */
function daysWithoutPartner(reached: CivilDay, months: number): number {
  const before = shiftMonth(reached, -1)
  const births = shiftMonth(before, -months)
  const lacking =
    lengthOfMonth(births.year, births.month) - lengthOfMonth(before.year, before.month)
  return max(lacking, 0)
}

function monthOf({ year, month }: Pick<CivilDay, 'year' | 'month'>) {
  const first = dayNumberOf(year, month, 1)
  return { first, last: first + lengthOfMonth(year, month) - 1 }
}
