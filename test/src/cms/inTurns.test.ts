import { expect, test } from '@jest/globals'

import { inTurns, TURN_MS } from '../../../src/cms/inTurns'
import { atOnce, type Steps } from '../../../src/table/steps'

function* counting(steps: number, work: () => void): Steps<number> {
  for (let step = 0; step < steps; step += 1) {
    work()
    yield
  }
  return steps
}

test('the others get their turn whenever one has lasted', async () => {
  let [now, turns] = [0, 0]
  const pause = () => {
    turns += 1
    return Promise.resolve()
  }
  const steps = counting(100, () => (now += TURN_MS / 4))
  expect(await inTurns(steps, { pause, nowMs: () => now })).toBe(100)
  expect(turns).toBe(25)
})

test('whoever waits is heard while the work goes on', async () => {
  let isHeard = false
  setImmediate(() => (isHeard = true))
  let heardAt = -1
  let step = 0
  let now = 0
  const steps = counting(10, () => {
    now += TURN_MS
    if (isHeard && heardAt < 0) heardAt = step
    step += 1
  })
  await inTurns(steps, { nowMs: () => now })
  expect(heardAt).toBeGreaterThan(0)
  expect(heardAt).toBeLessThan(9)
})

test('at once the result is the same', () => {
  expect(atOnce(counting(3, () => undefined))).toBe(3)
})
