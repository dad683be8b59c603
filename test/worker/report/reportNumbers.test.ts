import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { hideSmall, reportNumbers, SMALL_NUMBER } from '../../../worker/report/reportNumbers'

test('numbers below five are hidden, zero too', () => {
  const numbers = reportNumbers({
    readers: 123,
    candidates: 60,
    leftOut: 7,
    counts: { line: { accepted: 40, rejected: 6 }, mail: { accepted: 8, unknown: 2 } },
  })
  expect(numbers).toEqual({
    readers: 120,
    candidates: 60,
    deliveries: 56,
    leftOut: 7,
    accepted: 48,
    rejected: null,
    unknown: null,
    expired: null,
    excluded: null,
    acceptedLine: 40,
    acceptedMail: 8,
  })
})

test('one hidden part cannot be computed from the total', () => {
  const part = fc.integer({ min: 0, max: 40 })
  fc.assert(
    fc.property(fc.record({ a: part, b: part, c: part, d: part }), (parts) => {
      const hidden = hideSmall(parts)
      for (const [name, count] of Object.entries(hidden)) {
        if (count !== null) expect(count).toBe(parts[name as keyof typeof parts])
        if (parts[name as keyof typeof parts] < SMALL_NUMBER) expect(count).toBeNull()
      }
      const secret = Object.entries(parts).filter(([name, n]) => n > 0 && hidden[name] === null)
      const isAlone = secret.length === 1
      const isOnly = Object.values(parts).filter((n) => n >= SMALL_NUMBER).length === 0
      expect(isAlone && !isOnly).toBe(false)
    }),
  )
})

test('who came and who stopped cannot be told from one day to the next', () => {
  const of = (readers: number) =>
    reportNumbers({ readers, candidates: 0, leftOut: 0, counts: { line: {}, mail: {} } }).readers
  expect([123, 122, 118].map(of)).toEqual([120, 120, 120])
  expect([4, 0].map(of)).toEqual([null, null])
})
