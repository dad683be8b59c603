import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { hideSmall, reportNumbers, SMALL_NUMBER } from '../../../worker/report/reportNumbers'

test('numbers below five are hidden, zero too', () => {
  const numbers = reportNumbers({
    readers: 120,
    registered: 3,
    candidates: 60,
    leftOut: 7,
    counts: { line: { accepted: 40, rejected: 6 }, mail: { accepted: 8, unknown: 2 } },
  })
  expect(numbers).toEqual({
    readers: 120,
    registered: null,
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
