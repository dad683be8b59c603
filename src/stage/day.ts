import { Temporal } from 'temporal-polyfill'

import { civilOf, dayNumberOf, lengthOfMonth } from './civil'
import { StageError } from './error'

/** A calendar day without time or zone, `YYYY-MM-DD`; what crosses the borders of the modules. */
export type LocalDay = string

/** The zone all municipalities are in. */
export const JAPAN = 'Asia/Tokyo'

const FIRST_YEAR = 1900
const LAST_YEAR = 2199

/** 9999-12-31, the last day that four digits of a year can name. */
const LAST_DAY_NUMBER = 2_932_896

/**
 * Reads a calendar day that a person or a file gave. *Pure.*
 *
 * @throws StageError `BAD_DAY` when it is not an existing day `YYYY-MM-DD` of 1900–2199.
 */
export function parseLocalDay(text: string): LocalDay {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number)
  if (!year || !month || !day || month > 12 || day > lengthOfMonth(year, month)) throw badDay(text)
  if (year < FIRST_YEAR || year > LAST_YEAR) throw badDay(text)
  return text
}

/** Whether a text is a calendar day that {@link parseLocalDay} reads. *Pure.* */
export function isLocalDay(text: string): boolean {
  try {
    return parseLocalDay(text) === text
  } catch {
    return false
  }
}

/**
 * Days since 1970-01-01 of a calendar day. *Pure.*
 *
 * @throws StageError `BAD_DAY` when the text is not `YYYY-MM-DD` (the day itself is trusted).
 */
export function toDayNumber(day: LocalDay): number {
  const number = dayNumberOf(+day.slice(0, 4), +day.slice(5, 7), +day.slice(8, 10))
  if (day.length !== 10 || !(number <= LAST_DAY_NUMBER)) throw badDay(day) // also when not a number
  return number
}

/** The calendar day of a day number. *Pure.* */
export function fromDayNumber(dayNumber: number): LocalDay {
  const { year, month, day } = civilOf(dayNumber)
  const fourDigits = `${year}`.padStart(4, '0')
  return `${fourDigits}-${twoDigits(month)}-${twoDigits(day)}`
}

/** The day `count` days later (earlier when negative). *Pure.* */
export function addDays(day: LocalDay, count: number): LocalDay {
  return fromDayNumber(toDayNumber(day) + count)
}

/** Number of days from `from` to `to`; negative when `to` is earlier. *Pure.* */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return toDayNumber(to) - toDayNumber(from)
}

/** Day of the week, 0 (Sunday) to 6. *Pure.* */
export function weekdayOf(day: LocalDay): number {
  const sinceSunday = (toDayNumber(day) + 4) % 7 // 1970-01-01 was a Thursday
  return sinceSunday < 0 ? sinceSunday + 7 : sinceSunday
}

/** The calendar day it is at an instant in a zone, whatever zone the process runs in. *Pure.* */
export function localDayOf(instant: Date, zone: string = JAPAN): LocalDay {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString()
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`
}

function badDay(text: string): StageError {
  return new StageError(
    'BAD_DAY',
    `「${text}」は日付として読めません。1900 年から 2199 年までの実際にある日を 2026-10-01 の形で書いてください。`,
  )
}

/** The instant of a local time (`08:00`, `24:00`) of a day in Japan, which has no summer time. *Pure.* */
export function instantOf(date: LocalDay, time: string): Date {
  return new Date(`${date}T${time}:00+09:00`)
}
