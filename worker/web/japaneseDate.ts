import type { LocalDay } from '../../src/stage/day'

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土']

/** 「2026年11月23日(月)」. *Pure.* */
export function japaneseDate(day: LocalDay): string {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日(${weekday})`
}
