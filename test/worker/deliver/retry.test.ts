import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { decideRetry, MAX_SAME_KEY_MS } from '../../../worker/deliver/retry'

const NOON = new Date('2026-10-06T12:00:00+09:00')
const after = (ms: number, from = NOON) => new Date(from.getTime() + ms)
const attempt = { tries: 1, firstTriedAt: NOON, now: NOON, closesAt: after(8 * 3_600_000) }

test.each([
  ['first', 1, 1000],
  ['second', 2, 2000],
  ['fifth', 5, 16_000],
  ['twentieth', 20, 300_000],
])('after the %s attempt the wait has doubled, up to five minutes', (_, tries, waitMs) => {
  const decision = decideRetry({ ...attempt, state: 'deferred', tries })
  expect(decision).toEqual({ isAgain: true, at: after(waitMs) })
})

test('a longer wait the provider asks for is kept', () => {
  const asked = decideRetry({ ...attempt, state: 'deferred', retryAfterMs: 90_000 })
  expect(asked).toEqual({ isAgain: true, at: after(90_000) })
})

test.each([
  ['deferred', 'expired'],
  ['unsure', 'unknown'],
] as const)('%s at the end of the hours is %s', (state, end) => {
  const closesAt = after(500)
  expect(decideRetry({ ...attempt, state, closesAt })).toEqual({ isAgain: false, state: end })
})

test('the same key is not used after 23 hours, though the hours go on', () => {
  const late = { firstTriedAt: after(-MAX_SAME_KEY_MS), closesAt: after(3_600_000) }
  expect(decideRetry({ ...attempt, ...late, state: 'unsure' })).toMatchObject({ state: 'unknown' })
  expect(decideRetry({ ...attempt, ...late, state: 'deferred' })).toMatchObject({ isAgain: true })
})

test('nor is something tried at the very instant at which the hours end', () => {
  const closesAt = after(1000)
  expect(decideRetry({ ...attempt, state: 'deferred', closesAt })).toMatchObject({ isAgain: false })
})

test('nothing is ever tried at or after the end of the hours', () => {
  const ms = fc.integer({ min: 0, max: 86_400_000 })
  const state = fc.constantFrom('unsure' as const, 'deferred' as const)
  fc.assert(
    fc.property(state, fc.integer({ min: 1, max: 40 }), ms, (kind, tries, until) => {
      const decision = decideRetry({ ...attempt, state: kind, tries, closesAt: after(until) })
      expect(!decision.isAgain || decision.at < after(until)).toBe(true)
    }),
  )
})
