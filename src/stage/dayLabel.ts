import { weekdayOf, type LocalDay } from './day'
import { japaneseMoment } from './japanTime'

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土']

/** A calendar day as people write it: 2026年11月23日(月). *Pure.* */
export function dayLabel(day: LocalDay): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日(${weekdayLabel(day)})`
}

/** The weekday of a calendar day: 月. *Pure.* */
export function weekdayLabel(day: LocalDay): string {
  return WEEKDAYS[weekdayOf(day)] ?? ''
}

/** A calendar day where the year is clear: 11/23. *Pure.* */
export function shortDayLabel(day: LocalDay): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}/${date}`
}

/** The time of day in Japan of an instant: 9:05. *Pure.* */
export function clockLabel(instant: Date): string {
  return japaneseMoment(instant).split(' ')[1] ?? ''
}
