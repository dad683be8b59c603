import { expect, test } from '@jest/globals'

import { createPace } from '../../../worker/channel/pace'

/** A clock that jumps to the end of each sleep. */
function manualClock() {
  let at = 0
  return {
    now: () => at,
    sleep: async (ms: number) => {
      at += ms
    },
  }
}

async function takeMany(take: () => Promise<void>, clock: { now: () => number }, count: number) {
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    await take()
    times.push(clock.now())
  }
  return times
}

function mostInOneSecond(times: number[]): number {
  return Math.max(
    ...times.map((start) => times.filter((time) => time >= start && time < start + 1000).length),
  )
}

test('no second holds more than the vendor allows, and little less', async () => {
  const clock = manualClock()
  const pace = createPace({ clock })
  const times = await takeMany(() => pace.take('a'), clock, 1000)
  expect(mostInOneSecond(times)).toBeLessThanOrEqual(200)
  expect(1000 / (times.at(-1)! / 1000)).toBeGreaterThan(190)
})

test('senders at the same time share one bucket, in the order they came', async () => {
  const clock = manualClock()
  const pace = createPace({ clock, perSecond: 100, burst: 1 })
  const order: number[] = []
  const takes = [1, 2, 3, 4, 5].map((number) => pace.take('a').then(() => order.push(number)))
  await Promise.all(takes)
  expect(order).toEqual([1, 2, 3, 4, 5])
  expect(clock.now()).toBe(40)
})

test('each channel has a bucket of its own', async () => {
  const clock = manualClock()
  const pace = createPace({ clock, perSecond: 10, burst: 1 })
  await pace.take('a')
  await pace.take('b')
  expect(clock.now()).toBe(0)
})

test('a pause is not saved up beyond the burst', async () => {
  const clock = manualClock()
  const pace = createPace({ clock, perSecond: 100, burst: 2 })
  await pace.take('a')
  await clock.sleep(60_000)
  const times = await takeMany(() => pace.take('a'), clock, 4)
  expect(times.map((time) => time - 60_000)).toEqual([0, 0, 10, 20])
})

test('after "too fast" nothing goes out for the hold, then slower, and the rate comes back', async () => {
  const clock = manualClock()
  const pace = createPace({ clock, perSecond: 100, burst: 1 })
  await pace.take('a')
  pace.slowDown('a', 1000)
  pace.slowDown('a', 1000)
  const [first = 0, second = 0] = await takeMany(() => pace.take('a'), clock, 2)
  expect(first).toBeGreaterThanOrEqual(1000)
  expect(second - first).toBeGreaterThan(10)
  await takeMany(() => pace.take('a'), clock, 2000)
  const before = clock.now()
  await takeMany(() => pace.take('a'), clock, 10)
  expect(clock.now() - before).toBe(100)
})

test('infinity switches it off', async () => {
  const clock = manualClock()
  const pace = createPace({ clock, perSecond: Infinity })
  pace.slowDown('a', 1000)
  await takeMany(() => pace.take('a'), clock, 1000)
  expect(clock.now()).toBe(0)
})
