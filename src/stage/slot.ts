export { slotCode } from './slotCode'
export { slotLabel } from './slotLabel'
export { parseSlot } from './slotNotation'
export { compareSlots, MONTH_DAYS, slotSortKey, YEAR_DAYS } from './slotOrder'

/** Where a text sits: an anchor and an offset from it; weeks and days count from 0. */
export type Slot =
  | { anchor: 'dueDate'; week: number; day: number }
  | { anchor: 'birthDate'; unit: 'day'; days: number }
  | { anchor: 'birthDate'; unit: 'month'; months: number; plusDays: number }
  | {
      anchor: 'schoolEntry'
      /** Days after (negative: before) 1 April of the entry year, or of `years` years after it. */
      offsetDays: number
      years?: number
    }
  | {
      anchor: 'support'
      /** Days after the day a reader asked for it; 0 is the page that is read and never sent. */
      days: number
    }
  /** What a reader is told, once, whose registration comes from another system. */
  | { anchor: 'announcement' }

/** The kind of date a slot counts from. */
export type AnchorKind = Slot['anchor']
