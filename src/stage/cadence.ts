import { StageError } from './error'
import type { Slot } from './slot'
import { slotCode } from './slotCode'
import { parseSlot } from './slotNotation'
import { slotSortKey } from './slotOrder'

/** Units of the distance between two expected texts. */
export type CadenceUnit = 'day' | 'week' | 'month'

/** Where texts are expected: one slot, or every so many days, weeks or months from slot to slot. */
export interface CadenceRow {
  from: string
  /** Null: only `from`. */
  to: string | null
  /** Distance in `unit`s, 1 or more. */
  every: number
  unit: CadenceUnit
}

/** A row that leads on for ever is stopped here; no life has as many days. */
const MOST_SLOTS = 4000

/**
 * The slots of a row, ascending, the end included. *Pure.*
 *
 * @throws StageError when a slot cannot be read (BAD_SLOT) or the row cannot be counted
 * (BAD_CADENCE), with a Japanese sentence.
 */
export function slotsOfCadence(row: CadenceRow): Slot[] {
  const first = parseSlot(row.from)
  const last = parseSlot(row.to ?? row.from)
  checkCountable(row, first, last)
  const end = slotSortKey(last)
  const slots: Slot[] = []
  for (let step = 0; step < MOST_SLOTS; step += 1) {
    const slot = laterBy(first, step * row.every, row.unit)
    if (slot === null || slotSortKey(slot) > end) break
    slots.push(slot)
  }
  return slots
}

/** Codes of the slots of several rows, each once; rows that cannot be counted are passed over. *Pure.* */
export function expectedSlots(rows: readonly CadenceRow[]): string[] {
  return [...new Set(rows.flatMap((row) => orNone(row).map(slotCode)))]
}

function orNone(row: CadenceRow): Slot[] {
  try {
    return slotsOfCadence(row)
  } catch (error) {
    if (error instanceof StageError) return []
    throw error
  }
}

function checkCountable({ every, unit }: CadenceRow, first: Slot, last: Slot): void {
  if (!Number.isInteger(every) || every < 1) {
    throw bad('間隔は 1 以上の整数にしてください。')
  }
  if (first.anchor !== last.anchor) throw bad('始まりと終わりの数え方が違います。')
  if (slotSortKey(last) < slotSortKey(first)) throw bad('終わりが始まりより前です。')
  if (unit === 'month' && !isMonthly(first)) {
    throw bad('「か月ごと」は、1歳6か月(month18)のような月齢の配信日から始めてください。')
  }
  if (unit !== 'month' && isMonthly(first) && slotCode(first) !== slotCode(last)) {
    throw bad('「日ごと」「週ごと」は、生後45日(day45)のような日の配信日から始めてください。')
  }
}

function isMonthly(slot: Slot): boolean {
  return slot.anchor === 'birthDate' && slot.unit === 'month'
}

/** The slot so many units later; null outside what can be written. */
function laterBy(slot: Slot, count: number, unit: CadenceUnit): Slot | null {
  const days = unit === 'week' ? count * 7 : count
  const later = moved(slot, days)
  try {
    return parseSlot(slotCode(later))
  } catch {
    return null // past the last day a slot can name
  }
}

function moved(slot: Slot, by: number): Slot {
  switch (slot.anchor) {
    case 'dueDate': {
      const days = slot.week * 7 + slot.day + by
      return { ...slot, week: Math.floor(days / 7), day: days % 7 }
    }
    case 'birthDate':
      return slot.unit === 'day'
        ? { ...slot, days: slot.days + by }
        : { ...slot, months: slot.months + by }
    case 'schoolEntry':
      return { ...slot, offsetDays: slot.offsetDays + by }
    case 'support':
      return { ...slot, days: slot.days + by }
    case 'announcement':
      return slot
  }
}

function bad(sentence: string): StageError {
  return new StageError('BAD_CADENCE', sentence)
}
