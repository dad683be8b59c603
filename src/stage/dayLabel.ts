import { weekdayOf, type LocalDay } from './day'

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土']

/** A calendar day as people write it: 2026年11月23日(月). *Pure.* */
export function dayLabel(day: LocalDay): string {
  const weekday = WEEKDAYS[weekdayOf(day)] ?? ''
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日(${weekday})`
}
