import type { ManuscriptContent } from '../release/content'
import type { LiveRelease } from '../release/live'
import { addDays, type LocalDay } from '../stage/day'
import { dueDay, type Anchors } from '../stage/due'
import { schoolEntryDay } from '../stage/entry'
import { anchorDaysFor } from '../stage/inverse'
import type { MonthRule } from '../stage/months'
import { isInRange } from '../stage/range'
import { compareSlots, parseSlot, type Slot } from '../stage/slot'

/** A family and the day on which a slot is due for it. */
export interface FamilyDay {
  date: LocalDay
  anchors: Anchors
}

/** Nobody may have a month's day today (31 days against 30): one of the next days has it. */
const DAYS_TRIED = 5

/**
 * A family for which a slot is due on a day, or soon after when nobody can be due that day; for
 * school slots the next day from there on on which they are due. *Pure.*
 */
export function familyOnSlot(slot: Slot, from: LocalDay, monthRule: MonthRule): FamilyDay | null {
  if (slot.anchor === 'schoolEntry') return pupilOnSlot(slot, from)
  for (let later = 0; later < DAYS_TRIED; later += 1) {
    const date = addDays(from, later)
    const { field, days } = anchorDaysFor(slot, date, monthRule)
    const [day] = days
    if (day !== undefined) {
      return { date, anchors: { [field]: day } }
    }
  }
  return null
}

/** Whose entry is told by the birth alone: born in October, nobody's edge case. */
function pupilOnSlot(slot: Slot, from: LocalDay): FamilyDay | null {
  const firstYear = Number(from.slice(0, 4)) - 20
  for (let year = firstYear; year < firstYear + 40; year += 1) {
    const anchors = { birthDate: `${year}-10-01` }
    const date = dueDay(slot, anchors, { monthRule: 'friendly' })
    if (date !== null && date >= from && schoolEntryDay(anchors.birthDate) > anchors.birthDate) {
      return { date, anchors }
    }
  }
  return null
}

/** The first slot of a range that has a text, where an add-on that goes with each text is shown. *Pure.* */
export function firstTextIn(
  range: { from: string; to: string; isEndIncluded: boolean },
  texts: readonly LiveRelease<ManuscriptContent>[],
): Slot {
  const from = parseSlot(range.from)
  const ends = { from, to: parseSlot(range.to), isEndIncluded: range.isEndIncluded }
  const [first] = texts
    .map(({ content }) => parseSlot(content.slot))
    .filter((slot) => isInRange(slot, ends))
    .sort(compareSlots)
  return first ?? from
}
