import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import {
  createDomainPace,
  FIRST_LEVEL,
  LEVEL_MS,
  type DomainLimits,
  type Turn,
} from '../../../worker/channel/domainPace'

function open(limits: DomainLimits) {
  const clock = { now: 0 }
  const pace = createDomainPace({ limits, now: () => clock.now })
  /** Takes as many turns as there are, and ends each of them. */
  const sendAll = (domain = 'a.example', how: 'accepted' | 'none' = 'accepted') => {
    let sent = 0
    for (let turn = pace.begin(domain); turn; turn = pace.begin(domain), sent += 1) {
      pace.end(turn, how)
    }
    return sent
  }
  const refuse = (domain = 'a.example') => pace.end(pace.begin(domain)!, 'refused')
  return { clock, pace, sendAll, refuse }
}

/** What happens to a pace: time passes, a mail is begun at a domain, one that is open ends. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 700 }) }),
  fc.record({ kind: fc.constant('begin' as const), domain: fc.constantFrom('a', 'b') }),
  fc.record({
    kind: fc.constant('end' as const),
    how: fc.constantFrom('accepted' as const, 'refused' as const, 'none' as const),
  }),
)
const limit = fc.integer({ min: 1, max: 6 })

test('no domain ever begins more in any second, or has more open at once, than it may', () => {
  const world = fc.record({ perSecond: limit, atOnce: limit })
  fc.assert(
    fc.property(world, fc.array(event, { maxLength: 200 }), (limits, events) => {
      const { clock, pace } = open(limits)
      const begun: Record<string, number[]> = { a: [], b: [] }
      const turns: Turn[] = []
      for (const one of events) {
        if (one.kind === 'wait') clock.now += one.ms
        if (one.kind === 'end') {
          const turn = turns.shift()
          if (turn) pace.end(turn, one.how)
        }
        const turn = one.kind === 'begin' ? pace.begin(one.domain) : null
        if (!turn) continue
        turns.push(turn)
        const times = begun[turn.domain]!
        times.push(clock.now)
        const inLastSecond = times.filter((at) => at > clock.now - 1000).length
        const atOnce = turns.filter(({ domain }) => domain === turn.domain).length
        expect(inLastSecond).toBeLessThanOrEqual(limits.perSecond)
        expect(atOnce).toBeLessThanOrEqual(limits.atOnce)
      }
    }),
  )
})

test('a domain that is full, or has refused us, takes nothing from another one', () => {
  const { pace, sendAll, refuse } = open({ perSecond: 5, atOnce: 3 })
  for (let turn = 0; turn < 3; turn += 1) pace.begin('full.example')
  refuse('strict.example')
  expect(pace.begin('full.example')).toBeNull()
  expect(sendAll('other.example')).toBe(5)
})

test('after a refusal a domain begins with a few, which double as they are accepted', () => {
  const { clock, sendAll, refuse } = open({ perSecond: 40, atOnce: 40 })
  refuse()
  clock.now = 600_000
  const rates: number[] = []
  for (let second = 0; second <= 5 * (LEVEL_MS / 1000); second += 1) {
    rates.push(sendAll())
    clock.now += 1000
  }
  expect(rates.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => FIRST_LEVEL))
  expect([...new Set(rates)]).toEqual([2, 4, 8, 16, 32, 40])
})

test('a restart that nobody accepts stays as slow as it began', () => {
  const { clock, sendAll, refuse } = open({ perSecond: 40, atOnce: 40 })
  refuse()
  for (let second = 0; second < 60; second += 1) {
    clock.now += 1000
    expect(sendAll('a.example', 'none')).toBe(FIRST_LEVEL)
  }
})

test('the next refusal takes a domain back to the beginning', () => {
  const { clock, sendAll, refuse } = open({ perSecond: 40, atOnce: 40 })
  refuse()
  for (let second = 0; second < 25; second += 1) {
    clock.now += 1000
    sendAll()
  }
  clock.now += 1000
  refuse()
  clock.now += 600_000
  expect(sendAll()).toBe(FIRST_LEVEL)
})

test('what was under way when a domain refused us does not speed its restart up', () => {
  const { clock, pace, sendAll } = open({ perSecond: 40, atOnce: 40 })
  const turns = Array.from({ length: 10 }, () => pace.begin('a.example')!)
  pace.end(turns[0]!, 'refused')
  clock.now += LEVEL_MS
  for (const turn of turns.slice(1)) pace.end(turn, 'accepted')
  expect(sendAll()).toBe(FIRST_LEVEL)
  clock.now += LEVEL_MS - 1
  expect(sendAll()).toBe(FIRST_LEVEL)
})

test('a turn that ended stays ended: its room is given back once', () => {
  const { pace } = open({ perSecond: 100, atOnce: 1 })
  const turn = pace.begin('a.example')!
  pace.end(turn, 'accepted')
  pace.end(turn, 'none')
  expect(pace.begin('a.example')).not.toBeNull()
  expect(pace.begin('a.example')).toBeNull()
})
