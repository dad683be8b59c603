import { JAPAN, weekdayOf, type LocalDay } from './day'

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土']

const MOMENT = {
  timeZone: JAPAN,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
} as const

let format: Intl.DateTimeFormat | undefined

/** Made when it is needed: it takes as long as a twentieth of a program's start. */
function momentFormat(): Intl.DateTimeFormat {
  return (format ??= new Intl.DateTimeFormat('ja-JP', MOMENT))
}

/** A calendar day as people in Japan write it: 2026年11月23日(月). *Pure.* */
export function dayLabel(day: LocalDay): string {
  const [year, month, date] = day.split('-').map(Number)
  return written({ year, month, day: date, weekday: weekdayLabel(day) })
}

/** A calendar day where the year is clear: 12月3日. *Pure.* */
export function monthDayLabel(day: LocalDay): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

/** A month `YYYY-MM` as people in Japan write it: 2026年11月. *Pure.* */
export function monthLabel(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return `${year}年${number}月`
}

/** The weekday of a calendar day: 月. *Pure.* */
export function weekdayLabel(day: LocalDay): string {
  return WEEKDAYS[weekdayOf(day)] ?? ''
}

/**
 * The day in Japan of an instant, whatever the zone here: 2026年11月23日(月); empty when it is none.
 * *Pure.*
 */
export function japaneseDayOf(instant: Date | string): string {
  const parts = partsOf(instant)
  return parts ? written(parts) : ''
}

/** An instant as people in Japan write it: 2026年11月23日(月) 9:05; empty when it is none. *Pure.* */
export function japaneseMoment(instant: Date | string): string {
  const parts = partsOf(instant)
  return parts ? `${written(parts)} ${Number(parts.hour)}:${parts.minute}` : ''
}

/** The time of day in Japan of an instant: 9:05; empty when it is none. *Pure.* */
export function clockLabel(instant: Date | string): string {
  return japaneseMoment(instant).split(' ')[1] ?? ''
}

/** An instant in Japan where the year is clear: 11/23 9:05; empty when it is none. *Pure.* */
export function shortMomentLabel(instant: Date | string): string {
  const parts = partsOf(instant)
  return parts ? `${parts.month}/${parts.day} ${Number(parts.hour)}:${parts.minute}` : ''
}

type DateParts = Partial<Record<string, string | number>>

function written({ year, month, day, weekday }: DateParts): string {
  return `${year}年${month}月${day}日(${weekday})`
}

function partsOf(instant: Date | string): DateParts | null {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return null
  const parts = momentFormat().formatToParts(at)
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]))
}
