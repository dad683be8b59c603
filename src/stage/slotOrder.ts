import type { AnchorKind, Slot } from './slot'
import { parseSlot } from './slotNotation'

/** Mean length of a month of the Gregorian calendar, in days. */
export const MONTH_DAYS = 30.436875
/** Mean length of its year, in days. */
export const YEAR_DAYS = 365.2425

/** Where each anchor's slots begin in the sort key, so that they follow each other in life. */
const SORT_BASE: Record<AnchorKind, number> = {
  dueDate: 0,
  birthDate: 1000,
  schoolEntry: 100_000,
  support: 200_000,
  announcement: 300_000,
}

/**
 * Number that sorts slots (given parsed or as code): pregnancy, then age, then school. Months count
 * with their mean length, so day and month slots have one order without knowing the child. *Pure.*
 *
 * @throws StageError when a code cannot be read.
 */
export function slotSortKey(slot: Slot | string): number {
  const parsed = typeof slot === 'string' ? parseSlot(slot) : slot
  return SORT_BASE[parsed.anchor] + nominalDays(parsed)
}

/** Order of two slots for `sort`, by {@link slotSortKey}. *Pure.* */
export function compareSlots(a: Slot, b: Slot): number {
  return slotSortKey(a) - slotSortKey(b)
}

function nominalDays(slot: Slot): number {
  switch (slot.anchor) {
    case 'dueDate':
      return slot.week * 7 + slot.day
    case 'birthDate':
      return slot.unit === 'day' ? slot.days : slot.months * MONTH_DAYS + slot.plusDays
    case 'schoolEntry':
      return (slot.years ?? 0) * YEAR_DAYS + slot.offsetDays
    case 'support':
      return slot.days
    case 'announcement':
      return 0
  }
}
