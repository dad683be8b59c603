import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'

import { addDays } from '../../../src/stage/day'
import { completedMonths, legalCompletionDay, monthsDay } from '../../../src/stage/months'
import { anchorDay, anyDay, monthRule } from './samples'

// The table of stages.md: birth, months, legal completion, months old from, library clamp.
const TABLE: [string, number, string, string, string][] = [
  ['2018-04-01', 2, '2018-05-31', '2018-06-01', '2018-06-01'],
  ['2018-12-28', 2, '2019-02-27', '2019-02-28', '2019-02-28'],
  ['2018-12-29', 2, '2019-02-28', '2019-03-01', '2019-02-28'],
  ['2018-12-30', 2, '2019-02-28', '2019-03-01', '2019-02-28'],
  ['2018-12-31', 2, '2019-02-28', '2019-03-01', '2019-02-28'],
  ['2026-01-31', 1, '2026-02-28', '2026-03-01', '2026-02-28'],
  ['2026-03-31', 1, '2026-04-30', '2026-05-01', '2026-04-30'],
  ['2024-02-29', 12, '2025-02-28', '2025-03-01', '2025-02-28'],
  ['2024-02-29', 48, '2028-02-28', '2028-02-29', '2028-02-29'],
]

describe.each(TABLE)('born %s, %i months', (...[birth, months, completion, from, clamp]) => {
  test(`are complete by law at the end of ${completion}`, () => {
    expect(legalCompletionDay(birth, months)).toBe(completion)
  })
  test(`are the legal age from ${from}`, () => {
    expect(monthsDay(birth, months, 'legal')).toBe(from)
    expect(completedMonths(birth, from, 'legal')).toBe(months)
    expect(completedMonths(birth, addDays(from, -1), 'legal')).toBe(months - 1)
  })
  test(`are the friendly age from ${clamp}`, () => {
    expect(monthsDay(birth, months, 'friendly')).toBe(clamp)
    expect(completedMonths(birth, clamp, 'friendly')).toBe(months)
    expect(completedMonths(birth, addDays(clamp, -1), 'friendly')).toBe(months - 1)
  })
})

test('friendly is the clamp of Temporal', () => {
  fc.assert(
    fc.property(anchorDay, fc.integer({ min: 0, max: 240 }), (birth, months) => {
      const expected = Temporal.PlainDate.from(birth).add({ months }).toString()
      expect(monthsDay(birth, months, 'friendly')).toBe(expected)
    }),
  )
})

test('legal is the corresponding day, or the first of the next month where there is none', () => {
  fc.assert(
    fc.property(anchorDay, fc.integer({ min: 1, max: 240 }), (birth, months) => {
      const born = Temporal.PlainDate.from(birth)
      const month = born.toPlainYearMonth().add({ months })
      const expected =
        born.day <= month.daysInMonth
          ? month.toPlainDate({ day: born.day })
          : month.add({ months: 1 }).toPlainDate({ day: 1 })
      expect(monthsDay(birth, months, 'legal')).toBe(expected.toString())
    }),
  )
})

test('completed months rise by one exactly on the day of the month', () => {
  fc.assert(
    fc.property(anchorDay, fc.integer({ min: 1, max: 240 }), monthRule, (birth, months, rule) => {
      const reached = monthsDay(birth, months, rule)
      expect(completedMonths(birth, reached, rule)).toBe(months)
      expect(completedMonths(birth, addDays(reached, -1), rule)).toBe(months - 1)
    }),
  )
})

test('nobody is older by law than by the friendly rule, and by a month at most younger', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 7000 }), (birth, days) => {
      const day = addDays(birth, days)
      const younger = completedMonths(birth, day, 'friendly') - completedMonths(birth, day, 'legal')
      expect([0, 1]).toContain(younger)
    }),
  )
})
