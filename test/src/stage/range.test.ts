import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { dueDay, type Anchors, type DueOptions } from '../../../src/stage/due'
import { isDayInRange, isInRange, isSlotInRange, type SlotRange } from '../../../src/stage/range'
import { parseSlot } from '../../../src/stage/slot'
import { ageInDays, anchorDay, pregnancySlot } from './samples'

function range(from: string | null, to: string | null, isEndIncluded = true): SlotRange {
  const read = (code: string | null) => (code === null ? null : parseSlot(code))
  return { from: read(from), to: read(to), isEndIncluded }
}

test.each([
  ['4w0d', range('4w0d', '41w6d'), true],
  ['3w6d', range('4w0d', '41w6d'), false],
  ['41w6d', range('4w0d', '41w6d'), true],
  ['41w6d', range('4w0d', '41w6d', false), false],
  ['42w0d', range('4w0d', '41w6d'), false],
  ['day0', range('day0', 'month36'), true],
  ['month36', range('day0', 'month36'), true],
  ['month36', range('day0', 'month36', false), false],
  ['day1095', range('day0', 'month36', false), true],
  ['day1097', range('day0', 'month36'), false],
  ['entry-84', range('entry-90', 'entry+1y-1'), true],
  ['entry+366', range('entry-90', 'entry+1y-1'), false],
  ['day0', range('4w0d', '41w6d'), false],
  ['entry+0', range('day0', null), false],
  ['entry+0', range(null, 'month36'), false],
  ['day9', range(null, null), true],
  ['day9', range('day9', null), true],
  ['day8', range('day9', null), false],
  ['day9', range(null, 'day9'), true],
])('%s in %j: %s', (code, slots, expected) => {
  expect(isInRange(parseSlot(code), slots)).toBe(expected)
})

describe('by a child’s own dates', () => {
  const day1095 = (birthDate: string) =>
    dueDay(parseSlot('day1095'), { birthDate }, { monthRule: 'friendly' })!
  const isIn = (day: string, slots: SlotRange, anchors: Anchors) =>
    isDayInRange(day, slots, { anchors, options: { monthRule: 'friendly' } })

  test('the third birthday ends 「前日まで」 also for a slot in days', () => {
    const withoutLeapDay = '2024-03-01' // 1095 days to the third birthday
    const withLeapDay = '2025-03-01' // 1096 days
    const untilTheDayBefore = range('day0', 'month36', false)
    expect(isIn(day1095(withoutLeapDay), untilTheDayBefore, { birthDate: withoutLeapDay })).toBe(
      false,
    )
    expect(isIn(day1095(withLeapDay), untilTheDayBefore, { birthDate: withLeapDay })).toBe(true)
  })

  test('the school year ends on 31 March, leap year or not', () => {
    const slots = range('entry+0', '7歳学年年度末')
    expect(isIn('2027-03-31', slots, { birthDate: '2019-10-01' })).toBe(true)
    expect(isIn('2027-04-01', slots, { birthDate: '2019-10-01' })).toBe(false)
    expect(isIn('2028-03-31', slots, { birthDate: '2020-10-01' })).toBe(true)
    expect(isIn('2028-04-01', slots, { birthDate: '2020-10-01' })).toBe(false)
  })

  test('a range whose anchor is unknown contains no day', () => {
    expect(isIn('2026-10-01', range('4w0d', '41w6d'), { birthDate: '2026-09-01' })).toBe(false)
    expect(isIn('2026-10-01', range(null, 'month36'), { dueDate: '2026-10-01' })).toBe(false)
  })

  test('agrees with the range without a child where all slots count days', () => {
    const one = fc.oneof(
      fc.tuple(fc.constant('dueDate'), pregnancySlot, pregnancySlot, pregnancySlot),
      fc.tuple(fc.constant('birthDate'), ageInDays, ageInDays, ageInDays),
    )
    fc.assert(
      fc.property(
        one,
        anchorDay,
        fc.boolean(),
        ([field, slot, from, to], anchor, isEndIncluded) => {
          const anchors: Anchors = { [field]: anchor }
          const day = dueDay(slot, anchors, { monthRule: 'friendly' })!
          const slots = { from, to, isEndIncluded }
          expect(isIn(day, slots, anchors)).toBe(isInRange(slot, slots))
        },
      ),
    )
  })
})

describe('a slot in a range, for one child', () => {
  const options: DueOptions = { monthRule: 'friendly', ageBasis: 'corrected', isCorrected: true }
  const preterm = { dueDate: '2026-10-01', birthDate: '2026-07-01' }
  const isIn = (code: string, slots: SlotRange, child: Anchors) =>
    isSlotInRange(parseSlot(code), slots, { anchors: child, options })

  test.each([
    ['month23', range('day0', 'month24', false), true],
    ['month24', range('day0', 'month24', false), false],
    ['month24', range('day0', 'month24'), true],
    ['month25', range('day0', 'month24'), false],
    ['day0', range('day0', 'month24'), true],
    ['day364', range('day0', 'month12', false), true],
    ['day365', range('day0', 'month12', false), false],
  ])('of a corrected child: %s in %j: %s', (code, slots, expected) => {
    expect(isIn(code, slots, preterm)).toBe(expected)
  })

  test('is the range by the child’s own dates where nothing is corrected', () => {
    fc.assert(
      fc.property(ageInDays, ageInDays, ageInDays, (slot, from, to) => {
        const child = { anchors: preterm, options: { monthRule: 'legal' as const } }
        const slots = { from, to, isEndIncluded: true }
        const day = dueDay(slot, preterm, child.options)!
        expect(isSlotInRange(slot, slots, child)).toBe(isDayInRange(day, slots, child))
      }),
    )
  })

  test('a slot whose anchor is unknown is outside', () => {
    expect(isIn('day0', range(null, null), { dueDate: '2026-10-01' })).toBe(false)
  })
})
