/** A day of the proleptic Gregorian calendar; `month` 1–12. */
export interface CivilDay {
  year: number
  month: number
  day: number
}

/** Taken out of the global object once: looking it up there is slow inside a jest sandbox. */
const { floor } = Math

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Number of days of a month, leap years included. *Pure.* */
export function lengthOfMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && isLeap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
}

/**
 * Days since 1970-01-01 of a calendar day: integers, because the planner asks millions of times and
 * a `Temporal.PlainDate` costs some 20 times as much. *Pure.*
 */
export function dayNumberOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year // years from March, so that 29 February comes last
  const era = floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + floor(yearOfEra / 4) - floor(yearOfEra / 100)
  return era * 146_097 + dayOfEra + dayOfYear - 719_468
}

/** The calendar day of a day number; the inverse of {@link dayNumberOf}. *Pure.* */
export function civilOf(dayNumber: number): CivilDay {
  const shifted = dayNumber + 719_468
  const era = floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leapDays = floor(dayOfEra / 1460) - floor(dayOfEra / 36_524) + floor(dayOfEra / 146_096)
  const yearOfEra = floor((dayOfEra - leapDays) / 365)
  const yearStart = 365 * yearOfEra + floor(yearOfEra / 4) - floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - yearStart
  const monthFromMarch = floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - floor((153 * monthFromMarch + 2) / 5) + 1 }
}

/** The month `count` months after (or before) a month, as year and month 1–12. *Pure.* */
export function shiftMonth(from: Pick<CivilDay, 'year' | 'month'>, count: number) {
  const index = from.year * 12 + from.month - 1 + count
  const year = floor(index / 12)
  return { year, month: index - year * 12 + 1 }
}
