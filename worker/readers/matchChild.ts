import { daysBetween } from '../../src/stage/day'

import type { Child, ChildDates } from './reader'

/** Which of a reader's children newly typed dates mean. */
export type ChildMatch =
  { kind: 'same'; child: Child } | { kind: 'corrected'; child: Child } | { kind: 'new' }

/** Two pregnancies of one family cannot be due this close to each other (days). */
const CLOSE_DUE_DATES = 60
/** A birth belongs to a pregnancy from 22w0d (126 days before the due date) to 43w0d. */
const EARLIEST_BIRTH_BEFORE_DUE = 126
const LATEST_BIRTH_AFTER_DUE = 21

/**
 * Finds the child a reader means who registers again: the same date, a moved due date, or the
 * birth of a child that was registered with its due date. *Pure.*
 *
 * @param children the reader's active children
 */
export function matchChild(children: Child[], dates: ChildDates): ChildMatch {
  const same = children.find((child) => isSame(child, dates))
  if (same) return { kind: 'same', child: same }
  const corrected = children.find((child) => isCorrection(child, dates))
  return corrected ? { kind: 'corrected', child: corrected } : { kind: 'new' }
}

function isSame(child: Child, dates: ChildDates): boolean {
  if (dates.birthDate) return child.birthDate === dates.birthDate
  return dates.dueDate !== undefined && child.dueDate === dates.dueDate
}

function isCorrection(child: Child, { birthDate, dueDate }: ChildDates): boolean {
  if (!child.dueDate || child.birthDate) return false
  if (birthDate) {
    const days = daysBetween(child.dueDate, birthDate)
    return days >= -EARLIEST_BIRTH_BEFORE_DUE && days <= LATEST_BIRTH_AFTER_DUE
  }
  return dueDate !== undefined && Math.abs(daysBetween(child.dueDate, dueDate)) <= CLOSE_DUE_DATES
}
