import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays, type LocalDay } from '../../../src/stage/day'
import { dueDay, type Anchors } from '../../../src/stage/due'
import { anchorDaysFor, birthRangeForEntryYear } from '../../../src/stage/inverse'
import type { MonthRule } from '../../../src/stage/months'
import { slotCode, type Slot } from '../../../src/stage/slot'
import {
  ageSlot,
  anchorDay,
  daySlot,
  entrySlot,
  everyDay,
  monthRule,
  monthSlot,
  pregnancySlot,
  schoolSlot,
  weekSlot,
} from './samples'

const DAYS = everyDay()

/** Days of 1990–2060 on which the inverse and the due day contradict each other. */
function contradictions(slot: Slot, rule: MonthRule, days: LocalDay[] = DAYS): string[] {
  const field = anchorField(slot)
  const due = (anchor: LocalDay) =>
    dueDay(slot, { [field]: anchor } as Anchors, { monthRule: rule })
  const forgotten = days.filter((anchor) => {
    const day = due(anchor)
    return day === null || !anchorDaysFor(slot, day, rule).days.includes(anchor)
  })
  const invented = days.filter((day) =>
    anchorDaysFor(slot, day, rule).days.some((anchor) => due(anchor) !== day),
  )
  return [...forgotten, ...invented]
}

type Field = 'dueDate' | 'birthDate' | 'entryDate' | 'supportFrom' | 'announceOn'

function anchorField(slot: Slot): Field {
  if (slot.anchor === 'support') return 'supportFrom'
  if (slot.anchor === 'announcement') return 'announceOn'
  return slot.anchor === 'schoolEntry' ? 'entryDate' : slot.anchor
}

const MONTHS = [...Array.from({ length: 25 }, (_, i) => i + 1), 36, 47, 48, 60, 71, 72, 84, 240]
const SLOTS: [string, Slot][] = [
  weekSlot(0, 0),
  weekSlot(4, 0),
  weekSlot(40, 0),
  weekSlot(41, 6),
  daySlot(0),
  daySlot(1),
  daySlot(45),
  daySlot(100),
  daySlot(1000),
  daySlot(3650),
  ...MONTHS.map((months) => monthSlot(months)),
  monthSlot(1, 3),
  monthSlot(18, 3),
  monthSlot(12, 366),
  entrySlot(-84),
  entrySlot(0),
  entrySlot(10),
  entrySlot(-1, 1),
  entrySlot(0, -3),
  { anchor: 'support' as const, days: 1 },
  { anchor: 'support' as const, days: 50 },
  { anchor: 'announcement' as const },
].map((slot) => [slotCode(slot), slot])

describe.each(SLOTS)('for every day of 1990-2060, inverse and due day agree: %s', (_, slot) => {
  test('friendly', () => expect(contradictions(slot, 'friendly')).toEqual([]))
  test('legal', () => expect(contradictions(slot, 'legal')).toEqual([]))
})

test('the check would notice a rule that is not the inverse', () => {
  const wrong = DAYS.filter(
    (birthDate) =>
      !anchorDaysFor(
        monthSlot(1),
        dueDay(monthSlot(1), { birthDate }, { monthRule: 'legal' })!,
        'friendly',
      ).days.includes(birthDate),
  )
  expect(wrong.length).toBeGreaterThan(100)
})

test('inverse and due day agree for any slot and any day', () => {
  const slot = fc.oneof(pregnancySlot, ageSlot, schoolSlot)
  fc.assert(
    fc.property(slot, anchorDay, monthRule, (slot, day, rule) => {
      expect(contradictions(slot, rule, [day])).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('the children due on a day are at most four birthdays, without a gap', () => {
  fc.assert(
    fc.property(ageSlot, anchorDay, monthRule, (slot, day, rule) => {
      const { days } = anchorDaysFor(slot, day, rule)
      expect(days.length).toBeLessThanOrEqual(4)
      expect(days).toEqual(days.map((_, index) => addDays(days[0]!, index)))
    }),
  )
})

test.each([
  ['friendly', '2019-02-28', 2, ['2018-12-28', '2018-12-29', '2018-12-30', '2018-12-31']],
  ['legal', '2019-02-28', 2, ['2018-12-28']],
  ['legal', '2019-03-01', 2, ['2018-12-29', '2018-12-30', '2018-12-31', '2019-01-01']],
  ['friendly', '2019-03-01', 2, ['2019-01-01']],
  ['friendly', '2026-03-30', 1, []],
  ['legal', '2026-03-31', 1, []],
] as [MonthRule, string, number, string[]][])(
  'by the %s rule, on %s the %i-month-olds are those born on %j',
  (...[rule, day, months, births]) => {
    expect(anchorDaysFor(monthSlot(months), day, rule)).toEqual({
      field: 'birthDate',
      days: births,
    })
  },
)

describe('school entry', () => {
  test.each([
    [2025, '2018-04-02', '2019-04-01'],
    [2026, '2019-04-02', '2020-04-01'],
    [2027, '2020-04-02', '2021-04-01'],
  ])('the first-graders of %i are born from %s to %s', (year, from, to) => {
    expect(birthRangeForEntryYear(year)).toEqual({ from, to })
  })

  test.each([entrySlot(-84), entrySlot(0), entrySlot(366), entrySlot(-1, 1), entrySlot(5, -3)])(
    'every birth of 1990-2060 is in the births of its own day and of no other: %j',
    (slot) => {
      const wrong = DAYS.filter((birthDate) => {
        const day = dueDay(slot, { birthDate }, { monthRule: 'friendly' })!
        return !isBornIn(slot, day, birthDate) || isBornIn(slot, addDays(day, 1), birthDate)
      })
      expect(wrong).toEqual([])
    },
  )

  test('on any other day no birth is due, only readers who moved the entry to that day', () => {
    const days = everyDay().filter((day) => !day.endsWith('-04-01'))
    const wrong = days.filter((day) => {
      const found = anchorDaysFor(entrySlot(0), day, 'friendly')
      return found.field !== 'schoolEntry' || found.births !== null || found.days[0] !== day
    })
    expect(wrong).toEqual([])
  })

  function isBornIn(slot: Slot, day: LocalDay, birth: LocalDay): boolean {
    const found = anchorDaysFor(slot, day, 'friendly')
    const births = found.field === 'schoolEntry' ? found.births : null
    return births !== null && births.from <= birth && birth <= births.to
  }
})

test('a corrected child is found by its due date', () => {
  const slot = monthSlot(6)
  const child = { dueDate: '2026-10-01', birthDate: '2026-08-01' }
  const options = { monthRule: 'friendly', ageBasis: 'corrected', isCorrected: true } as const
  const day = dueDay(slot, child, options)!
  expect(anchorDaysFor(slot, day, 'friendly').days).toContain(child.dueDate)
})
