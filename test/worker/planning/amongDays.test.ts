// Days in a row are asked for as a range, and the range holds no other day.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays } from '../../../src/stage/day'
import { amongDays, type DayCondition } from '../../../worker/planning/amongDays'

const FIRST = '2023-12-20' // over a year's end and a leap day
const daysOf = (numbers: readonly number[]) => numbers.map((number) => addDays(FIRST, number))

const holds = (condition: DayCondition, day: string) =>
  '$in' in condition ? condition.$in.includes(day) : condition.$gte <= day && day <= condition.$lte

describe('conditions for days', () => {
  test('each holds for its own days alone', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 80 })
    fc.assert(
      fc.property(numbers, fc.constantFrom('', 'born '), (chosen, word) => {
        const conditions = amongDays(daysOf(chosen), (day) => word + day)
        for (const number of Array.from({ length: 123 }, (_, at) => at - 1)) {
          const day = word + addDays(FIRST, number)
          const found = conditions.filter((one) => holds(one, day)).length
          expect(found).toBe(chosen.includes(number) ? 1 : 0)
        }
      }),
    )
  })

  test('hundreds of days in a row are one range', () => {
    const row = Array.from({ length: 266 }, (_, at) => at)
    expect(amongDays(daysOf([...row, 300, 330]))).toEqual([
      { $gte: FIRST, $lte: addDays(FIRST, 265) },
      { $in: daysOf([300, 330]) },
    ])
  })

  test('no days are no condition', () => expect(amongDays([])).toEqual([]))
})
