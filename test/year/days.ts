// The oracle's own arithmetic of days: nothing of the product's calendar.

/** A day as `2031-10-01`. */
export type Day = string

const DAY_MS = 86_400_000

/** Days since 1970. *Pure.* */
export function numberOf(day: Day): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return Date.UTC(year, month - 1, date) / DAY_MS
}

/** *Pure.* */
export function dayOf(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/** *Pure.* */
export function later(day: Day, days: number): Day {
  return dayOf(numberOf(day) + days)
}

/** Days from one day to another. *Pure.* */
export function between(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from)
}

/** The same date so many months later; where that month has no such date, its last one. *Pure.* */
export function monthsLater(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = Date.UTC(year, month - 1 + months, 1) / DAY_MS
  const nextFirst = Date.UTC(year, month + months, 1) / DAY_MS
  return dayOf(first + Math.min(date, nextFirst - first) - 1)
}

/** The day in Japan at an instant. *Pure.* */
export function japaneseDay(at: number): Day {
  return new Date(at + 9 * 3600_000).toISOString().slice(0, 10)
}

/** An instant of a day in Japan, of a time `07:30`. *Pure.* */
export function instant(day: Day, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return numberOf(day) * DAY_MS + (hours - 9) * 3600_000 + minutes * 60_000
}

/** Days of a pregnancy until the due date. */
const TERM = 280
/** First and last day of a pregnancy with a text: 4w0d, 41w6d. */
const FIRST_DAY = 28
const LAST_DAY = 293
/** Daily until this age. */
const DAILY_AGE = 100
/** Then by month, from and to. */
const FIRST_MONTH = 4
const LAST_MONTH = 36

/** What is known of a child's dates. */
export interface Dates {
  due: Day | null
  birth: Day | null
  /** Months count from the due date: a child born early whose reader chose it. */
  isCorrected: boolean
}

/** The slots that are due for a child on a day: one, or none. *Pure.* */
export function slotsOn({ due, birth, isCorrected }: Dates, day: Day): string[] {
  if (birth === null) return due === null ? [] : pregnancySlots(TERM - between(day, due))
  const age = between(birth, day)
  const from = isCorrected && due !== null ? due : birth
  const slots = age >= 0 && age <= DAILY_AGE ? [`day${age}`] : []
  for (let month = FIRST_MONTH; month <= LAST_MONTH; month += 1) {
    if (monthsLater(from, month) === day) slots.push(`month${month}`)
  }
  return slots
}

/** The question after 41w6d is the last that comes before a birth is told. */
function pregnancySlots(passed: number): string[] {
  const isTold = (passed >= FIRST_DAY && passed <= LAST_DAY) || passed === LAST_DAY + 1
  return isTold ? [`${Math.floor(passed / 7)}w${passed % 7}d`] : []
}

/** Whether a child stands where towns tell things: from 4w0d to the third birthday. *Pure.* */
export function isToldOn({ due, birth }: Dates, day: Day): boolean {
  if (birth !== null) return birth <= day && day <= monthsLater(birth, LAST_MONTH)
  const passed = due === null ? 0 : TERM - between(day, due)
  return passed >= FIRST_DAY && passed <= LAST_DAY
}

/** Every slot of the year's texts. *Pure.* */
export function allSlots(): string[] {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at)
  return [
    ...range(FIRST_DAY, LAST_DAY + 1).map((day) => `${Math.floor(day / 7)}w${day % 7}d`),
    ...range(0, DAILY_AGE).map((age) => `day${age}`),
    ...range(FIRST_MONTH, LAST_MONTH).map((month) => `month${month}`),
  ]
}
