import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays, daysBetween, type LocalDay } from '../../../src/stage/day'
import { dueDay, type Anchors, type DueOptions } from '../../../src/stage/due'
import { anchorDaysFor } from '../../../src/stage/inverse'
import type { MonthRule } from '../../../src/stage/months'
import type { Slot } from '../../../src/stage/slot'
import {
  ageCadence,
  ageSlot,
  anchorDay,
  anySlot,
  monthRule,
  monthSlot,
  pregnancyCadence,
  schoolCadence,
} from './samples'

const YEAR_AND_MORE = 400

/** A child of the kind the series is for. */
const SERIES: [string, Slot[], (anchor: LocalDay) => Anchors][] = [
  ['pregnancy', pregnancyCadence(), (dueDate) => ({ dueDate })],
  ['age', ageCadence(), (birthDate) => ({ birthDate })],
  ['months', months(), (birthDate) => ({ birthDate })],
  ['school', schoolCadence(), (birthDate) => ({ birthDate })],
  ['moved school', schoolCadence(), (entryDate) => ({ entryDate, birthDate: '1990-01-01' })],
]

function months(): Slot[] {
  return Array.from({ length: 84 }, (_, i) => [monthSlot(i + 1), monthSlot(i + 1, 14)]).flat()
}

describe.each(SERIES)('the %s series', (_, slots, childOf) => {
  test('comes out in order, each slot on one day', () => {
    fc.assert(
      fc.property(anchorDay, monthRule, (anchor, rule) => {
        const days = slots.map((slot) => dueDay(slot, childOf(anchor), { monthRule: rule })!)
        const sorted = [...new Set(days)].sort()
        expect(days).toEqual(sorted)
      }),
    )
  })

  test('reaches a child that is active the whole time exactly once in 400 days in a row', () => {
    fc.assert(
      fc.property(
        anchorDay,
        fc.integer({ min: -300, max: 2600 }),
        monthRule,
        (anchor, offset, rule) => {
          const child = childOf(anchor)
          const first = addDays(anchor, offset)
          const due = slots.map((slot) => dueDay(slot, child, { monthRule: rule })!)
          const expected = due.map((day) => (isWithin(day, first) ? 1 : 0))
          expect(slots.map((slot) => timesFound(slot, { child, first, rule }))).toEqual(expected)
        },
      ),
      { numRuns: 8 },
    )
  })
})

function isWithin(day: LocalDay, first: LocalDay): boolean {
  const offset = daysBetween(first, day)
  return offset >= 0 && offset < YEAR_AND_MORE
}

/** On how many of the 400 days the audience query would find the child. */
function timesFound(
  slot: Slot,
  { child, first, rule }: { child: Anchors; first: LocalDay; rule: MonthRule },
): number {
  let times = 0
  for (let offset = 0; offset < YEAR_AND_MORE; offset += 1) {
    if (isFound(anchorDaysFor(slot, addDays(first, offset), rule), child)) times += 1
  }
  return times
}

function isFound(wanted: ReturnType<typeof anchorDaysFor>, child: Anchors): boolean {
  if (wanted.field !== 'schoolEntry') return wanted.days.includes(child[wanted.field] ?? '')
  if (child.entryDate !== undefined) return wanted.days.includes(child.entryDate)
  const { births } = wanted
  const birth = child.birthDate ?? ''
  return births !== null && births.from <= birth && birth <= births.to
}

test('any slot has exactly one day for any child that has its anchor', () => {
  const child = anchorDay.map((day) => ({ birthDate: day, entryDate: day }))
  const pregnant = anchorDay.map((dueDate) => ({ dueDate }))
  fc.assert(
    fc.property(anySlot, child, pregnant, (slot, child, pregnant) => {
      const anchors: Anchors = slot.anchor === 'dueDate' ? pregnant : child
      const day = dueDay(slot, anchors, { monthRule: 'friendly' })
      expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(dueDay(slot, anchors, { monthRule: 'friendly' })).toBe(day)
    }),
  )
})

test('a corrected child too has one day a slot, counted from the due date or from the birth', () => {
  const options: DueOptions = { monthRule: 'friendly', ageBasis: 'corrected', isCorrected: true }
  fc.assert(
    fc.property(ageSlot, anchorDay, fc.integer({ min: 0, max: 130 }), (slot, dueDate, early) => {
      const birthDate = addDays(dueDate, -early)
      const from = (birthDate: LocalDay) => dueDay(slot, { birthDate }, { monthRule: 'friendly' })
      const day = dueDay(slot, { dueDate, birthDate }, options)
      const isCorrected = early > 21 && from(dueDate)! < from24(dueDate)
      expect(day).toBe(isCorrected ? from(dueDate) : from(birthDate))
    }),
  )
})

function from24(dueDate: LocalDay): LocalDay {
  return dueDay(monthSlot(24), { birthDate: dueDate }, { monthRule: 'friendly' })!
}

test('a clock that jumps back and forth a day changes no answer', () => {
  const slots = ageCadence()
  fc.assert(
    fc.property(anchorDay, fc.array(fc.integer({ min: 0, max: 60 })), (birthDate, jumps) => {
      const onDay = (offset: number) =>
        slots.filter((slot) =>
          anchorDaysFor(slot, addDays(birthDate, offset), 'friendly').days.includes(birthDate),
        )
      const steady = Array.from({ length: 61 }, (_, offset) => onDay(offset))
      for (const offset of jumps) expect(onDay(offset)).toEqual(steady[offset])
    }),
    { numRuns: 10 },
  )
})
