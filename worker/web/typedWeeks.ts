import type { LocalDay } from '../../src/stage/day'
import { anchorDaysFor } from '../../src/stage/inverse'
import { readCode } from '../../src/table/invisible'

import type { DateCheck } from './typedDate'
import type { Words } from './words/standard'

/** The two number fields of 「妊娠◯週◯日」 as they were typed; the days may be left out. */
export interface TypedWeeks {
  weeks: string
  days: string
}

/** What is asked until this week: one more is past any birth. */
const LAST_WEEK = 42
const LAST_DAY = 6

/** Reckons the due date of somebody who knows how many weeks along they are today. *Pure.* */
export function checkTypedWeeks(
  typed: TypedWeeks,
  { today, words: { date } }: { today: LocalDay; words: Words },
): DateCheck {
  const weeks = digitsOf(typed.weeks, '週')
  const days = digitsOf(typed.days, '日') || '0'
  if (!weeks) return { isValid: false, message: date.weeksEmpty }
  if (!isUpTo(weeks, LAST_WEEK)) return { isValid: false, message: date.weeksBad }
  if (!isUpTo(days, LAST_DAY)) return { isValid: false, message: date.daysBad }
  const slot = { anchor: 'dueDate' as const, week: Number(weeks), day: Number(days) }
  const [day = today] = anchorDaysFor(slot, today, 'friendly').days
  return { isValid: true, day }
}

function digitsOf(text: string, unit: string): string {
  const bare = readCode(text).replace(/\s+/g, '')
  return bare.endsWith(unit) ? bare.slice(0, -unit.length) : bare
}

function isUpTo(text: string, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) <= most
}
