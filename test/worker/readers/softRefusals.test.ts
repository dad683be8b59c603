import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays } from '../../../src/stage/day'
import { isGivenUp, withSoftDay } from '../../../worker/readers/softRefusals'

const DAY = '2026-12-01'
const days = (...offsets: number[]) =>
  offsets.reduce<string[]>((known, offset) => withSoftDay(known, addDays(DAY, offset)), [])

test.each([
  ['five in ten days', days(0, 2, 5, 8, 10), true],
  ['five in nine days', days(0, 2, 5, 8, 9), false],
  ['four in a month', days(0, 10, 20, 30), false],
  ['the same day five times, and ten days later', days(0, 0, 0, 0, 0, 10), false],
  ['five, the first of which count no more', days(0, 1, 2, 61, 62), false],
  ['in any order', days(10, 0, 8, 2, 5), true],
])('an address is given up after five soft days over ten: %s', (_, known, isOver) => {
  expect(isGivenUp(known)).toBe(isOver)
})

test('soft days stay in order, each once, within sixty days', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1 }), (offsets) => {
      const known = days(...offsets)
      expect(known).toEqual([...new Set(known)].toSorted())
      expect(addDays(known[0]!, 60) > known.at(-1)!).toBe(true)
      expect(known.at(-1)).toBe(addDays(DAY, Math.max(...offsets)))
    }),
  )
})
