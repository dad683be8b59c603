import type { LocalDay } from '../stage/day'

/** Whether a day lies in a period, both ends included; null is open. *Pure.* */
export function isWithin(day: LocalDay, from: LocalDay | null, to: LocalDay | null): boolean {
  return (from === null || from <= day) && (to === null || day <= to)
}
