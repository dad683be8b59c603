// Webhooks as they come on a bad day: late, out of order, twice, many at once, and from others than
// LINE. `WEBHOOKS=10000 npm test -- webhookStorm` is the long run.
import { afterEach, expect, test } from '@jest/globals'

import { forEachAtOnce } from '../../../worker/concurrency/limiter'
import { createRandom, type Random } from '../../chaos/random'
import { registration } from '../readers/openStore'
import { openWeb } from './openWeb'

/** Calls of the webhook, those of others included. */
const CALLS = Number(process.env.WEBHOOKS ?? 300)

/** Calls that are under way at once. */
const AT_ONCE = 12

const PEOPLE = 60

/** A call and its events take a few milliseconds; a busy machine ten times as long. */
const LONGEST_MS = 60_000 + CALLS * 100

const START = Date.parse('2026-11-23T00:00:00Z')

interface Event {
  type: string
  timestamp: number
  webhookEventId: string
  source: object
  replyToken?: string
  postback?: { data: string }
  message?: { type: string; text?: string }
}

/** What everybody does in the order of time, told by LINE as it likes. */
function life(random: Random, keys: readonly string[]): { person: number; event: Event }[] {
  return Array.from({ length: CALLS * 2 }, (_, number) => {
    const person = random.upTo(PEOPLE) - 1
    return { person, event: eventOf(random, { number, person, key: keys[person]! }) }
  })
}

interface Occasion {
  number: number
  person: number
  key: string
}

function eventOf(random: Random, { number, person, key }: Occasion): Event {
  const id = `event-${number}`
  const base = { timestamp: START + number, webhookEventId: id, replyToken: id }
  const source = { type: 'user', userId: userId(person) }
  const inGroup = { type: 'group', groupId: 'C1', userId: userId(person) }
  return random.pick<() => Event>([
    () => ({ ...base, source, type: 'follow' }),
    () => ({ ...base, source, type: 'unfollow', replyToken: undefined }),
    () => ({ ...base, source, type: 'message', message: { type: 'text', text: 'ありがとう' } }),
    () => ({ ...base, source, type: 'message', message: { type: 'sticker' } }),
    () => ({ ...base, source, type: 'postback', postback: { data: `kizuna:register:${key}` } }),
    () => ({ ...base, source: inGroup, type: 'unfollow', replyToken: undefined }),
    () => ({ ...base, source: inGroup, type: 'message', message: { type: 'text', text: '登録' } }),
  ])()
}

function userId(person: number): string {
  return `U${person.toString(16).padStart(32, '0')}`
}

/** The events in calls of a few, all of them twice at least, in no order. */
function callsOf(random: Random, events: readonly Event[]): Event[][] {
  const twice = shuffled(random, [...events, ...events])
  const calls: Event[][] = []
  for (let at = 0; at < twice.length;) {
    const size = random.upTo(8)
    calls.push(twice.slice(at, at + size))
    at += size
  }
  return calls
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const sorted = items.map((item) => [random.next(), item] as const).sort(([a], [b]) => a - b)
  return sorted.map(([, item]) => item)
}

let close: () => Promise<void>
afterEach(() => close())

test(
  'webhooks in any order, twice and beside forged ones leave everybody as they are',
  async () => {
    const web = await openWeb({ limits: { forgedWebhooksPerMinute: 10 * CALLS } })
    close = web.close
    const random = createRandom(20261128)
    const everybody = Array.from({ length: PEOPLE }, (_, person) => person)
    const address = (person: number) =>
      ({ channel: 'line', account: 'みなと町', address: userId(person) }) as const
    // Every second one is registered; the others were asked and may say yes meanwhile.
    const isReader = (person: number) => person % 2 === 0
    const keys = everybody.map((person) => person.toString(16).padStart(32, '0'))
    for (const person of everybody) {
      const registered = registration({ address: address(person), lineAccount: 'L1' })
      if (isReader(person)) await web.readers.register(registered)
      else await web.readers.askLineFriend({ key: keys[person]!, registration: registered })
    }
    const told = life(random, keys)
    const forged = told.slice(0, CALLS / 4).map(({ person }, number) => ({
      ...eventOf(random, { number, person, key: keys[person]! }),
      webhookEventId: `forged-${number}`,
      timestamp: START + CALLS * 10 + number,
      replyToken: `forged-${number}`,
    }))
    const calls = shuffled(random, [
      ...callsOf(
        random,
        told.map(({ event }) => event),
      ).map((events) => ({ events, secret: '' })),
      ...forged.map((event) => ({ events: [event], secret: 'of another' })),
    ])
    const answers = new Set<string>()
    await forEachAtOnce(calls, AT_ONCE, async ({ events, secret }) => {
      const { status } = await web.webhook(events, secret === '' ? {} : { secret })
      answers.add(`${secret === '' ? 'LINE' : 'other'} ${status}`)
    })

    expect(answers).toEqual(new Set(['LINE 200', 'other 401']))
    for (const person of everybody) {
      const own = told.filter((one) => one.person === person && !('groupId' in one.event.source))
      const found = await web.readers.findByIdentity(address(person))
      const hasSaidYes = own.some(({ event }) => event.type === 'postback')
      expect(found).toHaveLength(isReader(person) || hasSaidYes ? 1 : 0)
      const friendship = own.findLast(({ event }) => /^(un)?follow$/.test(event.type))?.event.type
      const status = friendship === 'unfollow' ? 'blocked' : 'active'
      for (const { _id, identities } of found) {
        expect([person, identities.map((identity) => identity.status)]).toEqual([person, [status]])
        expect(await web.readers.childrenOf(_id)).toHaveLength(1)
      }
    }
    const ids = await web.collections.webhookEvents.distinct('_id')
    const ofPeople = told.filter(({ event }) => !('groupId' in event.source))
    expect(ids.sort()).toEqual(ofPeople.map(({ event }) => event.webhookEventId).sort())
    expect(web.sent.replies.filter(({ replyToken }) => /^forged/.test(replyToken))).toEqual([])
    expect(web.sent.welcomes.length).toBe(new Set(web.sent.welcomes).size)
  },
  LONGEST_MS,
)
