import type { LocalDay } from '../stage/day'
import type { SlotRange } from '../stage/range'
import { parseSlot } from '../stage/slot'
import { isWithin } from './period'
import type { SeriesTaken } from './settings'

/** Whether a municipality takes this part of a series on a day. *Pure.* */
export function isEffective({ effectiveFrom, effectiveTo }: SeriesTaken, day: LocalDay): boolean {
  return isWithin(day, effectiveFrom, effectiveTo)
}

/** The range between two slot codes; null is open. *Pure.* */
export function rangeOf({ from, to, isEndIncluded }: Codes): SlotRange {
  return {
    from: from === null ? null : parseSlot(from),
    to: to === null ? null : parseSlot(to),
    isEndIncluded,
  }
}

type Codes = Pick<SeriesTaken, 'from' | 'to' | 'isEndIncluded'>
