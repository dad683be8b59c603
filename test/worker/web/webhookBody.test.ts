// What a webhook may bring: so many events, so long words, and instants there are.
import { describe, expect, test } from '@jest/globals'

import { parseWebhook } from '../../../worker/web/webhookBody'

const event = (over: object = {}) => ({
  type: 'message',
  webhookEventId: 'e1',
  timestamp: 1_764_000_000_000,
  source: { type: 'user', userId: 'U1' },
  message: { text: 'こんにちは' },
  ...over,
})
const parse = (events: unknown) => parseWebhook(Buffer.from(JSON.stringify({ events })))

test('as many events as LINE ever sends are read, ten thousand are not', () => {
  expect(parse(Array.from({ length: 1000 }, () => event()))).toHaveLength(1000)
  expect(parse(Array.from({ length: 10_000 }, () => event()))).toBeNull()
})

describe('an event', () => {
  test('keeps its place without a text that nobody can have typed', () => {
    expect(parse([event()])).toMatchObject([{ userId: 'U1', text: 'こんにちは' }])
    expect(parse([event({ message: { text: 'あ'.repeat(5001) } })])).toMatchObject([{ text: null }])
  })

  test.each([
    ['of a long type', { type: 't'.repeat(101) }],
    ['of a long id', { webhookEventId: 'e'.repeat(201) }],
    ['of a long user', { source: { type: 'user', userId: 'U'.repeat(101) } }],
    ['at an instant there is not', { timestamp: 1e300 }],
    ['before all time', { timestamp: -1 }],
    ['with a long token', { replyToken: 'r'.repeat(501) }],
    ['with much data', { postback: { data: 'd'.repeat(301) } }],
  ])('%s is left out', (_, over) => {
    expect(parse([event(over), event()])).toHaveLength(1)
  })
})

test('an event is looked up unless LINE says that it comes for the first time', () => {
  const first = parse([event({ deliveryContext: { isRedelivery: false } })])
  expect(first).toMatchObject([{ isAgain: false }])
  const others = [event(), event({ deliveryContext: { isRedelivery: true } })]
  expect(parse(others)).toMatchObject([{ isAgain: true }, { isAgain: true }])
})

test.each(['', 'x', 'null', '[]', '{"events":{}}', '['.repeat(500_000), '{"events":"x"}'])(
  'what is none is told: %.20s',
  (text) => expect(parseWebhook(Buffer.from(text))).toBeNull(),
)
