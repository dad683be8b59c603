import { noSuchDay, weekdayOf, whyNoDay, type LocalDay } from '../stage/day'
import { StageError } from '../stage/error'
import { dayLabel } from '../stage/japaneseDate'
import { readCode } from './invisible'

/** First years of the eras, by every name a town's systems write; some count 平成 on after 2019. */
const ERAS: ReadonlyMap<string, number> = new Map([
  ...['令和', '令', 'R', '5'].map((name) => [name, 2019] as const),
  ...['平成', '平', 'H', '4'].map((name) => [name, 1989] as const),
  ...['昭和', '昭', 'S', '3'].map((name) => [name, 1926] as const),
])

const WEEKDAYS = '日月火水木金土'

/** Year, month and day as they stand in a text, each as digits. */
const WAYS: readonly RegExp[] = [
  /^(?<year>\d{4})[-/.年](?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<era>令和?|平成?|昭和?|[RHS]\.?)(?<year>元|\d{1,3})[-/.年](?<month>\d{1,2})[-/.月](?<day>\d{1,2})日?$/i,
  /^(?<era>[RHS345])(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})$/i,
]

/** A time that says no more than the day; with a zone only Japan's, elsewhere it is another day. */
const MIDNIGHT = /[T ]0{1,2}:00(?::00(?:\.0+)?)?(?:\+09:?00)?$/i

/** What people type between digits and take for a hyphen. */
const DASH = /[‐‑‒–—―−ー]/g

/** What town systems put behind a birthday: 2026年1月2日生. */
const BORN = /(?:日)?生(?:まれ)?$/

const WEEKDAY = /\(([日月火水木金土])(?:曜日?)?\)$/

/** Excel counts days from here (its 1900 date system, for days after February 1900). */
const SERIAL_START = Date.UTC(1899, 11, 30)
const DAY_MS = 86_400_000
/** The years 2000 to 2099 as Excel's serial numbers: other numbers are no days. */
const SERIAL_DAYS = { from: 36_526, to: 73_050 }

/**
 * Reads a day as people, spreadsheets and town systems write it: 2026/4/1, 2026年4月1日(水), 20260401,
 * 2026/4/1 0:00, 令和 8年 4月 1日, 令8.4.1, R8.4.1, 5080401 or Excel's serial number. *Pure.*
 *
 * @throws StageError `NO_SUCH_DAY` when the calendar has no such day, or another weekday on it;
 * `BAD_DAY` when the form is none of ours.
 */
export function parseWrittenDay(written: string): LocalDay {
  const text = readCode(written)
  const found = dayIn(text)
  const day = serialDay(text) ?? found?.day ?? null
  if (day === null) throw new StageError('BAD_DAY', unreadableDay(text))
  const why = whyNoDay(day)
  if (why !== null) throw noSuchDay(text, why)
  if (!found || isWeekday(found)) return day
  throw new StageError(
    'NO_SUCH_DAY',
    `「${text}」の曜日が違います。正しくは ${dayLabel(day)} です。`,
  )
}

/** What is said of a text that is no day in any form. *Pure.* */
function unreadableDay(written: string): string {
  return `「${written}」は日付として読めません。2026-04-01、2026/4/1、令和8年4月1日 のように書いてください。`
}

/**
 * The day somebody wrote in words or digits, `YYYY-MM-DD`, or null when it cannot be told; whether
 * it exists is for the caller to check. A weekday that is another one's refuses it. *Pure.*
 */
export function writtenDay(written: string): string | null {
  const found = dayIn(readCode(written))
  return found && (whyNoDay(found.day) !== null || isWeekday(found)) ? found.day : null
}

/** A day as it was written, and the weekday beside it. */
interface DayAndWeekday {
  day: string
  weekday: string | undefined
}

function dayIn(code: string): DayAndWeekday | null {
  const signs = code.replace(DASH, '-').replaceAll('・', '.')
  const text = signs.replace(MIDNIGHT, '').replace(/\s+/g, '').replace(BORN, '')
  const bare = text.replace(WEEKDAY, '')
  const groups = WAYS.map((way) => way.exec(bare)?.groups).find((found) => found !== undefined)
  const day = groups ? dayOf(groups) : null
  return day === null ? null : { day, weekday: WEEKDAY.exec(text)?.[1] }
}

function dayOf({ era, year = '', month = '', day = '' }: Record<string, string>): string | null {
  const first = era === undefined ? 1 : ERAS.get(era.toUpperCase().replace('.', ''))
  const count = year === '元' ? 1 : Number(year)
  if (first === undefined || count === 0) return null // an era begins with its first year
  const full = count + first - 1
  return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function isWeekday({ day, weekday }: DayAndWeekday): boolean {
  return weekday === undefined || WEEKDAYS[weekdayOf(day)] === weekday
}

function serialDay(text: string): string | null {
  const days = /^\d{5}(\.0+)?$/.test(text) ? Number(text) : 0
  if (days < SERIAL_DAYS.from || days > SERIAL_DAYS.to) return null
  return new Date(SERIAL_START + days * DAY_MS).toISOString().slice(0, 10)
}
