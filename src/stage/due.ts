import { addDays, fromDayNumber, toDayNumber, type LocalDay } from './day'
import { schoolEntryDayNumber } from './entry'
import { monthsDayNumber, type MonthRule } from './months'
import type { Slot } from './slot'

/** Length of a pregnancy: the due date is 40w0d. */
export const PREGNANCY_DAYS = 280

/** Born before this many days of pregnancy (37w0d) is preterm: only then is an age corrected. */
export const TERM_DAYS = 259

/** Age in months from which a corrected age is no longer used. */
export const CORRECTED_UNTIL_MONTHS = 24

/** What is known of one child; every stage is computed from it and nothing is stored. */
export interface Anchors {
  dueDate?: LocalDay
  birthDate?: LocalDay
  /** Entry day a reader gave instead of the computed one (就学猶予). */
  entryDate?: LocalDay
  /** The day a reader asked for support texts: then nothing else is known, and nothing else due. */
  supportFrom?: LocalDay
  /** Until when a reader from another system is told that texts come from here: on that day at the latest. */
  announceOn?: LocalDay
}

/** How a manuscript counts, and what the reader chose. */
export interface DueOptions {
  monthRule: MonthRule
  /** Of the manuscript; `calendar` when left out. */
  ageBasis?: 'calendar' | 'corrected'
  /** Whether this reader chose corrected age for this child. */
  isCorrected?: boolean
}

/**
 * The one day on which a slot is due for a child, or null when its anchor is missing. *Pure.*
 *
 * Once the birth is known no pregnancy slot is due any more. A corrected manuscript counts from the
 * due date for a child born before 37w0d whose reader chose so, as long as that day is before the
 * corrected age of 24 months; slots from there on count from the birth, so that each slot keeps
 * exactly one day.
 */
export function dueDay(slot: Slot, anchors: Anchors, options: DueOptions): LocalDay | null {
  const { birthDate, dueDate, entryDate, supportFrom, announceOn } = anchors
  switch (slot.anchor) {
    case 'dueDate':
      if (dueDate === undefined || birthDate !== undefined) return null
      return fromDayNumber(toDayNumber(dueDate) - PREGNANCY_DAYS + slot.week * 7 + slot.day)
    case 'birthDate':
      if (birthDate === undefined) return null
      return fromDayNumber(ageSlotDay(slot, countedFrom(slot, anchors, options), options.monthRule))
    case 'schoolEntry': {
      if (entryDate !== undefined) return fromDayNumber(entrySlotDay(slot, toDayNumber(entryDate)))
      if (birthDate === undefined) return null
      const entry = schoolEntryDayNumber(toDayNumber(birthDate))
      return fromDayNumber(entrySlotDay(slot, entry))
    }
    case 'support':
      return supportFrom === undefined ? null : addDays(supportFrom, slot.days)
    case 'announcement':
      return announceOn ?? null
  }
}

/**
 * The child as a slot sees it: with the due date in the place of the birth date where the slot's
 * age is corrected. Compares slots of one child on one footing. *Pure.*
 */
export function anchorsForSlot(slot: Slot, anchors: Anchors, options: DueOptions): Anchors {
  if (slot.anchor !== 'birthDate' || anchors.birthDate === undefined) return anchors
  return { ...anchors, birthDate: fromDayNumber(countedFrom(slot, anchors, options)) }
}

type AgeSlot = Extract<Slot, { anchor: 'birthDate' }>
type EntrySlot = Extract<Slot, { anchor: 'schoolEntry' }>

/** Day number an age slot counts from: the due date while the age is corrected, else the birth. */
function countedFrom(
  slot: AgeSlot,
  { birthDate = '', dueDate }: Anchors,
  options: DueOptions,
): number {
  const birth = toDayNumber(birthDate)
  if (options.ageBasis !== 'corrected' || !options.isCorrected || !dueDate) return birth
  const due = toDayNumber(dueDate)
  const isPreterm = birth < due - PREGNANCY_DAYS + TERM_DAYS
  const end = monthsDayNumber(due, CORRECTED_UNTIL_MONTHS, options.monthRule)
  return isPreterm && ageSlotDay(slot, due, options.monthRule) < end ? due : birth
}

function ageSlotDay(slot: AgeSlot, from: number, rule: MonthRule): number {
  if (slot.unit === 'day') return from + slot.days
  return monthsDayNumber(from, slot.months, rule) + slot.plusDays
}

function entrySlotDay(slot: EntrySlot, entry: number): number {
  return monthsDayNumber(entry, (slot.years ?? 0) * 12, 'friendly') + slot.offsetDays
}
