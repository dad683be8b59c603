import { daysBetween, type LocalDay } from '../../src/stage/day'

/**
 * Why a day cannot be the birth of a child that was due on another: before 22w0d (never said to be
 * a birth: the way to stop is offered, quietly), before the pregnancy began, or after 43w6d.
 */
export type BirthFault = 'beforeViability' | 'beforePregnancy' | 'afterPregnancy'

/** The due date is 40w0d. */
const DAYS_TO_DUE = 280
/** 22w0d: what ends before is no birth by law (死産の届出に関する規程, 母体保護法 第 2 条). */
const EARLIEST_BIRTH = 22 * 7 - DAYS_TO_DUE
/** 43w6d */
const LATEST_BIRTH = 43 * 7 + 6 - DAYS_TO_DUE

/** What is wrong with a birth on this day of a child due on that day, or null. *Pure.* */
export function birthFault(
  birthDate: LocalDay,
  { dueDate }: { dueDate: LocalDay },
): BirthFault | null {
  const days = daysBetween(dueDate, birthDate)
  if (days > LATEST_BIRTH) return 'afterPregnancy'
  if (days >= EARLIEST_BIRTH) return null
  return days >= -DAYS_TO_DUE ? 'beforeViability' : 'beforePregnancy'
}
