import { addDays, daysBetween, type LocalDay } from '../../src/stage/day'

/** So many texts have to come back softly … */
const MIN_SOFT_DAYS = 5

/** … over so many days at least, before nobody sends there any more. */
const MIN_SOFT_SPAN = 10

/** Days that a soft refusal counts for. */
export const SOFT_KEPT_DAYS = 60

/** The days of soft refusals with another one: each once, in order, none that counts no more. *Pure.* */
export function withSoftDay(days: readonly LocalDay[], day: LocalDay): LocalDay[] {
  const all = [...new Set([...days, day])].toSorted()
  const oldest = addDays(all.at(-1) ?? day, -SOFT_KEPT_DAYS)
  return all.filter((one) => one > oldest)
}

/** Whether an address that refused softly on these days is given up. *Pure.* */
export function isGivenUp(days: readonly LocalDay[]): boolean {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return false
  return days.length >= MIN_SOFT_DAYS && daysBetween(first, last) >= MIN_SOFT_SPAN
}
