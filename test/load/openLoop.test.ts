import { expect, test } from '@jest/globals'

import { faultsOf, type LoadReport } from './judge'
import { latenciesOf, slopeOf } from './latencies'
import { sendOpenLoop } from './openLoop'
import { planRegistrations, planWebhooks } from './plan'
import { dealtWith, wrongAnswers } from './tally'

const SIZE = { seconds: 60, towns: 4, readersPerTown: 50 }

/** Time that passes only when somebody waits for it. */
function openTime() {
  let at = 0
  return {
    now: () => at,
    until: async (ms: number) => {
      at = Math.max(at, ms)
    },
    pass: (ms: number) => {
      at += ms
    },
  }
}

test('a stall is in the latency of everybody whose time came in it', async () => {
  const time = openTime()
  const arrivals = Array.from({ length: 1000 }, (_, number) => ({ at: number * 5 }))
  const answered = await sendOpenLoop({
    arrivals,
    clock: time,
    send: async ({ at }) => {
      time.pass(at === 2500 ? 500 : 1) // half a second in which nobody is served, nor sends
      return '200'
    },
  })
  const { p50, p99, max } = latenciesOf(answered.map(({ latencyMs }) => latencyMs))
  expect(p50).toBeLessThanOrEqual(10)
  // counted from the actual sending only one of a thousand would have waited: p99 would be one turn
  expect(p99).toBeGreaterThan(400)
  expect(max).toBeGreaterThan(490)
})

test('nobody waits for the answer to somebody else', async () => {
  const time = openTime()
  const sent: number[] = []
  let answer: (said: string) => void = () => undefined
  const first = new Promise<string>((resolve) => (answer = resolve))
  const all = sendOpenLoop({
    arrivals: [{ at: 0 }, { at: 10 }, { at: 20 }],
    clock: time,
    send: async ({ at }) => {
      sent.push(at)
      if (at === 20) answer('200')
      return at === 0 ? first : '200'
    },
  })
  expect((await all).map(({ status }) => status)).toEqual(['200', '200', '200'])
  expect(sent).toEqual([0, 10, 20])
})

test('what cannot be sent has failed', async () => {
  const send = () => Promise.reject(new Error('refused'))
  const [one] = await sendOpenLoop({ arrivals: [{ at: 0 }], clock: openTime(), send })
  expect(one?.status).toBe('failed')
})

test('webhooks come at their rate, some twice, some forged', () => {
  const calls = planWebhooks(200, SIZE)
  expect(calls).toHaveLength(12_000)
  expect(calls.every(({ at }, number) => at === number * 5)).toBe(true)
  const again = calls.filter(({ isRedelivery }) => isRedelivery)
  expect(again.length).toBeGreaterThan(200)
  for (const { at, events } of again.slice(0, 20)) {
    const first = calls.find((call) => call.events[0]?.id === events[0]?.id)
    expect(at - (first?.at ?? at)).toBeGreaterThanOrEqual(3000)
  }
  expect(calls.filter(({ isForged }) => isForged).length).toBeGreaterThan(60)
  expect(planRegistrations(20, SIZE)).toHaveLength(1200)
})

test('what got lost, and what was answered twice or not at all, is counted', () => {
  const event = (id: string, kind: 'message' | 'unfollow' = 'message') => ({ id, kind, reader: 1 })
  const call = { at: 0, town: 0, isRedelivery: false, isForged: false }
  const calls = [
    { ...call, events: [event('1'), event('2'), event('3', 'unfollow')] },
    { ...call, events: [event('4')] },
    { ...call, events: [event('1')], isRedelivery: true },
    { ...call, events: [event('5')], isForged: true },
  ]
  const noted = new Set(['load-1', 'load-2', 'load-3'])
  const used = new Map([
    ['reply-1', 2],
    ['reply-2', 1],
  ])
  const counted = { sent: 4, lost: 1, unanswered: 1, answeredTwice: 1 }
  expect(dealtWith({ calls, noted, used })).toEqual(counted)
  const answered = calls.map((what) => ({ what, at: 0, latencyMs: 1, status: '200' }))
  expect(wrongAnswers(answered)).toEqual({ 'webhook 200': 1 })
})

const FINE: LoadReport = {
  webhooks: { count: 100, p50: 5, p99: 100, max: 300 },
  registrations: { count: 10, p50: 50, p99: 90, max: 90 },
  wrong: {},
  events: { sent: 100, lost: 0, unanswered: 0, answeredTwice: 0 },
  registered: { done: 10, stored: 10 },
  send: { runs: 4, done: 4, deliveries: 30, share: 1 },
}

test('every way in which a load goes wrong is said', () => {
  expect(faultsOf(FINE)).toEqual([])
  const bad: LoadReport = {
    ...FINE,
    webhooks: { ...FINE.webhooks, p99: 100.1 },
    wrong: { 'webhook 500': 2 },
    events: { sent: 100, lost: 1, unanswered: 1, answeredTwice: 1 },
    registered: { done: 10, stored: 9 },
    send: { ...FINE.send, done: 3 },
  }
  expect(faultsOf(bad)).toHaveLength(7)
})

test('a slope is the rise over the time', () => {
  const points = [0, 1, 2, 3].map((at) => ({ at, value: 200 + at * 3 }))
  expect(slopeOf(points)).toBeCloseTo(3)
})
