import { addDays, instantOf, isLocalDay, weekdayOf, type LocalDay } from './day'

/** A month of the calendar, `YYYY-MM`. */
export type Month = string

const DAYS_OF_WEEK = 7

/** The month of a day. *Pure.* */
export function monthOf(day: LocalDay): Month {
  return day.slice(0, 'YYYY-MM'.length)
}

/** A month as it stands in an address; null when it is none. *Pure.* */
export function readMonth(text: unknown): Month | null {
  return typeof text === 'string' && isLocalDay(`${text}-01`) ? text : null
}

/** The month so many months later (earlier when negative). *Pure.* */
export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** The months from one to another, both included. *Pure.* */
export function monthsFrom(first: Month, last: Month): Month[] {
  const months: Month[] = []
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month)
  return months
}

/** The fiscal year of a month; it begins in April. *Pure.* */
export function fiscalYearOf(month: Month): number {
  return Number(addMonths(month, -3).slice(0, 4))
}

/** All days of a month. *Pure.* */
export function daysOf(month: Month): LocalDay[] {
  const days: LocalDay[] = []
  for (let day = `${month}-01`; monthOf(day) === month; day = addDays(day, 1)) days.push(day)
  return days
}

/** The weeks of a month from Sunday to Saturday; null where a day is of another month. *Pure.* */
export function weeksOf(month: Month): (LocalDay | null)[][] {
  const days = daysOf(month)
  const before = weekdayOf(`${month}-01`)
  const weeks = Math.ceil((before + days.length) / DAYS_OF_WEEK)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from(
      { length: DAYS_OF_WEEK },
      (_day, at) => days[week * DAYS_OF_WEEK + at - before] ?? null,
    ),
  )
}

/** The instant (ISO) at which a month begins in Japan, and that at which it is over. *Pure.* */
export function instantsOf(month: Month): { begins: string; ends: string } {
  const beginning = (one: Month) => instantOf(`${one}-01`, '00:00').toISOString()
  return { begins: beginning(month), ends: beginning(addMonths(month, 1)) }
}
