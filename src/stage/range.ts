import { anchorsForSlot, dueDay, type Anchors, type DueOptions } from './due'
import type { LocalDay } from './day'
import type { Slot } from './slot'
import { compareSlots } from './slotOrder'

/** A stage range; null is open, `isEndIncluded` tells 「3歳の誕生日まで」 from 「前日まで」. */
export interface SlotRange {
  from: Slot | null
  to: Slot | null
  isEndIncluded: boolean
}

/**
 * Whether a slot lies in a range, judged without a child: day and month slots by their mean length.
 * Slots of another anchor than the range's ends are outside. *Pure.*
 */
export function isInRange(slot: Slot, { from, to, isEndIncluded }: SlotRange): boolean {
  if (from && (from.anchor !== slot.anchor || compareSlots(slot, from) < 0)) return false
  if (!to) return true
  if (to.anchor !== slot.anchor) return false
  const order = compareSlots(slot, to)
  return isEndIncluded ? order <= 0 : order < 0
}

/**
 * Whether a day lies in a range for one child, by that child's own dates, so that a third birthday
 * is exact for day slots too. A range whose anchor the child lacks contains nothing. *Pure.*
 */
export function isDayInRange(
  day: LocalDay,
  { from, to, isEndIncluded }: SlotRange,
  child: { anchors: Anchors; options: DueOptions },
): boolean {
  const first = from && dueDay(from, child.anchors, child.options)
  const last = to && dueDay(to, child.anchors, child.options)
  if ((from && first === null) || (to && last === null)) return false
  if (first !== null && day < first) return false
  return last === null || (isEndIncluded ? day <= last : day < last)
}

/**
 * Whether a slot lies in a range for one child: the ends are counted from the same date as the
 * slot, so that a corrected child also gets what its calendar age has left behind. *Pure.*
 */
export function isSlotInRange(
  slot: Slot,
  range: SlotRange,
  child: { anchors: Anchors; options: DueOptions },
): boolean {
  const options: DueOptions = { monthRule: child.options.monthRule }
  const anchors = anchorsForSlot(slot, child.anchors, child.options)
  const day = dueDay(slot, anchors, options)
  return day !== null && isDayInRange(day, range, { anchors, options })
}
