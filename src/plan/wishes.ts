import { toDayNumber, type LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'

/** What a reader has asked for of how their texts come; absent is not said. */
export interface Wishes {
  /** Whether notifications say no more than whose text it is. */
  discreet?: boolean
}

/** Most people are told of a pregnancy from 12w0d on: so many days before the due date. */
const OFTEN_TOLD_DAYS = 280 - 12 * 7

/**
 * Whether a child's text says nothing where others may read: as the reader chose, else before 12w0d
 * of a pregnancy. *Pure.*
 */
export function isDiscreet(
  wishes: Wishes | undefined,
  { dueDate, birthDate }: Anchors,
  day: LocalDay,
): boolean {
  if (wishes?.discreet !== undefined) return wishes.discreet
  if (dueDate === undefined || birthDate !== undefined) return false
  return toDayNumber(dueDate) - toDayNumber(day) > OFTEN_TOLD_DAYS
}

/** Wishes in one written form, null for none: the same for readers who wish the same. *Pure.* */
export function writtenWishes({ discreet }: Wishes = {}): Wishes | null {
  return discreet === undefined ? null : { discreet }
}
