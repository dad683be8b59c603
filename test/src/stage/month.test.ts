import { expect, test } from '@jest/globals'

import {
  addMonths,
  daysOf,
  instantsOf,
  monthOf,
  readMonth,
  weeksOf,
} from '../../../src/stage/month'

test.each([
  ['2026-12', 1, '2027-01'],
  ['2026-12', 13, '2028-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-01', -13, '2024-12'],
  ['2026-06', 0, '2026-06'],
])('%s and %i months is %s', (month, count, other) => {
  expect(addMonths(month, count)).toBe(other)
})

test.each([
  ['2026-02', '2026-02'],
  ['2026-13', null],
  ['2026-1', null],
  ['0001-01', null],
  ['', null],
  [undefined, null],
  [['2026-02', '2026-03'], null],
])('the address’s %j is %s', (text, month) => {
  expect(readMonth(text)).toBe(month)
})

test.each([
  // Begins on a Sunday and fills four weeks.
  { month: '2026-02', days: 28, weeks: 4, first: 0, last: 6 },
  { month: '2028-02', days: 29, weeks: 5, first: 2, last: 2 },
  { month: '2026-11', days: 30, weeks: 5, first: 0, last: 1 },
  // Begins on a Saturday.
  { month: '2026-08', days: 31, weeks: 6, first: 6, last: 1 },
])('$month has $days days in $weeks weeks', ({ month, days, weeks, first, last }) => {
  const found = weeksOf(month)
  expect(found).toHaveLength(weeks)
  expect(found.every((week) => week.length === 7)).toBe(true)
  expect(found.flat().filter((day) => day !== null)).toEqual(daysOf(month))
  expect(daysOf(month)).toHaveLength(days)
  expect(daysOf(month).every((day) => monthOf(day) === month)).toBe(true)
  expect(found[0]?.indexOf(`${month}-01`)).toBe(first)
  expect(found.at(-1)?.indexOf(`${month}-${days}`)).toBe(last)
})

test('a month begins and ends at midnight in Japan', () => {
  const ends = '2026-12-31T15:00:00.000Z'
  expect(instantsOf('2026-12')).toEqual({ begins: '2026-11-30T15:00:00.000Z', ends })
  expect(instantsOf('2027-01').begins).toBe(ends)
})
