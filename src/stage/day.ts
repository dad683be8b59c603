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
 * @throws StageError `BAD_DAY` when it is not written `YYYY-MM-DD`, `NO_SUCH_DAY` when the calendar
 * has no such day or it is not of 1900–2199.
 */
export function parseLocalDay(text: string): LocalDay {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw badDay(text)
  const why = whyNoDay(text)
  if (why !== null) throw noSuchDay(text, why)
  return text
}

/** Why a day `YYYY-MM-DD` is in no calendar of ours, as a sentence, or null when it is there. *Pure.* */
export function whyNoDay(text: string): string | null {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    return `年は ${FIRST_YEAR} 年から ${LAST_YEAR} 年までにしてください。`
  }
  if (month < 1 || month > 12) return '月は 1 月から 12 月までです。'
  if (day < 1) return '日は 1 日からです。'
  const last = lengthOfMonth(year, month)
  if (day <= last) return null
  return `${month === 2 ? `${year} 年の ` : ''}${month} 月は ${last} 日までです。`
}

/** What is said of a day that does not exist, as it was written. *Pure.* */
export function noSuchDay(written: string, why: string): StageError {
  return new StageError('NO_SUCH_DAY', `「${written}」という日はありません。${why}`)
}

/** Whether a text is a calendar day that {@link parseLocalDay} reads. *Pure.* */
export function isLocalDay(text: string): boolean {
  try {
    return parseLocalDay(text) === text
  } catch {
    return false
  }
}

/** Hour of the day in Japan at an instant, 0 to 23; there is no summer time. *Pure.* */
export function hourInJapan(at: Date): number {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(JAPAN).hour
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
    `「${text}」は日付として読めません。2026-10-01 の形で書いてください。`,
  )
}

/** The instant of a local time (`08:00`, `24:00`) of a day in Japan, which has no summer time. *Pure.* */
export function instantOf(date: LocalDay, time: string): Date {
  return new Date(`${date}T${time}:00+09:00`)
}
