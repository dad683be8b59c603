import { daysBetween, type LocalDay } from '../../src/stage/day'

/** Birthdays this close are one child's, typed twice, or twins': no mother has two such births. */
export const MAX_NEAR_DAYS = 31

/**
 * Whether one birthday may be the other with a slip of the finger: at most 31 days apart, the same
 * day of another month, one digit of eight that differs, or month and day exchanged. *Pure.*
 */
export function isNearDay(one: LocalDay, other: LocalDay): boolean {
  return (
    Math.abs(daysBetween(one, other)) <= MAX_NEAR_DAYS ||
    differingSigns(one, other) <= 1 ||
    withoutMonth(one) === withoutMonth(other) ||
    exchanged(one) === other
  )
}

function differingSigns(one: LocalDay, other: LocalDay): number {
  return [...one].filter((sign, index) => sign !== other[index]).length
}

function withoutMonth(day: LocalDay): string {
  return `${day.slice(0, 4)}${day.slice(8)}`
}

function exchanged(day: LocalDay): string {
  const [year, month, date] = day.split('-')
  return [year, date, month].join('-')
}
