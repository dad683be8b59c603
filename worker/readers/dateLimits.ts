import { addDays, daysBetween, type LocalDay } from '../../src/stage/day'

/** Which date of a child is given. */
export type DateKind = 'dueDate' | 'birthDate'

/** Why a date cannot be one of a child that is sent texts for. */
export type DateFault = 'dueTooFar' | 'duePast' | 'birthInFuture' | 'birthTooLongAgo'

/** Pregnancy counts 280 days to the due date; texts end at 41w6d, the page asks until 42w6d. */
const PREGNANCY_DAYS = 280
const LATEST_AFTER_DUE = 20

/** The last series ends on 31 March a year after school entry: nobody is older than this. */
const OLDEST_CHILD_YEARS = 9

/** What is wrong with a due or birth date today, or null: one rule for form and file. *Pure.* */
export function dateFault(
  day: LocalDay,
  { kind, today }: { kind: DateKind; today: LocalDay },
): DateFault | null {
  if (kind === 'dueDate') {
    const ahead = daysBetween(today, day)
    if (ahead > PREGNANCY_DAYS) return 'dueTooFar'
    return ahead < -LATEST_AFTER_DUE ? 'duePast' : null
  }
  if (day > today) return 'birthInFuture'
  return day < oldestBirth(today) ? 'birthTooLongAgo' : null
}

/** The earliest birthday of a child that can be sent a text on a day. *Pure.* */
export function oldestBirth(today: LocalDay): LocalDay {
  return addDays(today, -OLDEST_CHILD_YEARS * 366)
}
