import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { createLineChannel } from '../../../worker/channel/line'
import { createLineHealthChannel } from '../../../worker/channel/lineHealthChannel'
import { createPace } from '../../../worker/channel/pace'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { TESTS_PER_HOUR } from '../../../worker/sandbox/webhookTest'
import { MINATO, testSandbox } from './testSandbox'

interface Event {
  type: string
  webhookEventId: string
  timestamp: number
  replyToken?: string
  deliveryContext: { isRedelivery: boolean }
  source: { type: string; userId?: string; groupId?: string; roomId?: string }
  follow?: { isUnblocked: boolean }
}

let at = Date.parse('2026-11-23T07:00:00+09:00')
let server: Server
let sandbox: Sandbox
let bodies: { text: string; signature: string }[]
let status: number | 'silent' = 200

beforeEach(async () => {
  bodies = []
  status = 200
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const signature = String(request.headers['x-line-signature'])
      bodies.push({ text: Buffer.concat(chunks).toString(), signature })
      if (status !== 'silent') response.writeHead(status).end()
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/line`
  const channels = [{ ...MINATO, webhookUrl }]
  sandbox = await testSandbox({ channels, now: () => new Date(at) })
})
afterEach(async () => {
  await sandbox.stop()
  server.closeAllConnections()
  server.close()
})

const events = () => bodies.flatMap(({ text }) => (JSON.parse(text) as { events: Event[] }).events)
const channel = () =>
  createLineChannel({
    baseUrl: sandbox.url,
    pace: createPace({
      clock: { now: () => 0, sleep: async () => undefined },
      perSecond: Infinity,
    }),
    now: () => new Date(at),
  })
const reply = (replyToken: string) =>
  channel().reply({ account: MINATO, replyToken, messages: [{ type: 'text', text: 'ようこそ' }] })

test('a new friend is a signed follow event', async () => {
  const friend = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  const [body] = bodies
  const expected = createHmac('sha256', MINATO.channelSecret).update(body!.text).digest('base64')
  expect(body!.signature).toBe(expected)
  expect(events()).toMatchObject([
    {
      type: 'follow',
      source: { userId: friend.userId },
      timestamp: at,
      deliveryContext: { isRedelivery: false },
      follow: { isUnblocked: false },
    },
  ])
})

test('the greeting that answers it arrives in the conversation, once', async () => {
  const friend = await sandbox.line.befriend(MINATO.channelId, 'さくら')
  const { replyToken = '' } = events()[0]!
  expect(await reply(replyToken)).toEqual({ status: 'accepted' })
  expect(await reply(replyToken)).toMatchObject({ status: 'rejected' })
  expect(sandbox.line.accepted()).toMatchObject([{ endpoint: 'reply', to: [friend.userId] }])
})

test('a reply token is good for a minute', async () => {
  await sandbox.line.befriend(MINATO.channelId, 'さくら')
  at += 60_000
  expect(await reply(events()[0]!.replyToken ?? '')).toMatchObject({ status: 'rejected' })
})

test('blocking and coming back are unfollow and follow', async () => {
  const { userId } = await sandbox.line.befriend(MINATO.channelId)
  await sandbox.line.block(MINATO.channelId, userId)
  await sandbox.line.unblock(MINATO.channelId, userId)
  expect(events().map(({ type, follow }) => [type, follow?.isUnblocked])).toEqual([
    ['follow', false],
    ['unfollow', undefined],
    ['follow', true],
  ])
})

test.each([
  { kind: 'group', id: 'groupId' },
  { kind: 'room', id: 'roomId' },
] as const)(
  'a $kind is joined, written in, answered to everybody, and left for good',
  async ({ kind, id }) => {
    const { channelId } = MINATO
    const { userId } = await sandbox.line.befriend(channelId)
    const talk = await sandbox.line.putInto(channelId, kind)
    await sandbox.line.sayIn(talk, { channelId, userId, text: 'おはよう' })
    const [, join, message] = events()
    expect(join).toMatchObject({ type: 'join', source: { type: kind, [id]: talk.id } })
    expect(message).toMatchObject({
      type: 'message',
      source: { type: kind, [id]: talk.id, userId },
    })
    expect(await reply(message!.replyToken ?? '')).toEqual({ status: 'accepted' })
    expect(sandbox.line.accepted()).toMatchObject([{ to: [talk.id] }])

    const leave = () => channel().leave({ account: MINATO, from: talk })
    expect(await leave()).toEqual({ status: 'accepted' })
    expect(sandbox.line.isIn(channelId, talk)).toBe(false)
    expect(await leave()).toMatchObject({ status: 'rejected' })
    await sandbox.line.sayIn(talk, { channelId, userId, text: 'いますか' })
    expect(events()).toHaveLength(3)
  },
)

test('a redelivery is the same event, marked', async () => {
  await sandbox.line.befriend(MINATO.channelId)
  const [first] = events()
  await sandbox.line.webhooks.redeliver(first!.webhookEventId)
  expect(events()[1]).toEqual({ ...first, deliveryContext: { isRedelivery: true } })
})

test('an event that is not taken comes again by itself', async () => {
  status = 503
  await sandbox.line.befriend(MINATO.channelId)
  status = 200
  await new Promise<void>((resolve) => server.once('request', () => resolve()))
  expect(sandbox.line.webhooks.attempts[0]).toMatchObject({ status: 503, isRedelivery: false })
})

test('its test of the webhook tells what became of an empty one, 60 times an hour at most', async () => {
  const channel = createLineHealthChannel({ baseUrl: sandbox.url, now: () => new Date(at) })
  const tested = async () => {
    const asked = await channel.testWebhook(MINATO)
    return asked.status === 'done' ? [asked.value.reason, asked.value.status] : asked.code
  }
  expect(await tested()).toEqual(['ok', 200])
  const empty = bodies.find(({ text }) => text.endsWith('"events":[]}'))
  expect(empty?.signature).toBe(
    createHmac('sha256', MINATO.channelSecret)
      .update(empty?.text ?? '')
      .digest('base64'),
  )
  for (const code of [401, 302, 500]) {
    status = code
    expect(await tested()).toEqual(['errorStatusCode', code])
  }
  status = 'silent'
  expect(await tested()).toEqual(['requestTimeout', 0])
  sandbox.line.addChannel({ ...MINATO, webhookUrl: 'http://127.0.0.1:9/line' })
  for (let count = 5; count < TESTS_PER_HOUR; count += 1)
    expect(await tested()).toEqual(['couldNotConnect', 0])
  expect(await tested()).toBe('line-rate')
  at += 3_600_001
  expect(await tested()).toEqual(['couldNotConnect', 0])
  sandbox.line.addChannel(MINATO)
  expect(await tested()).toBe('line-404')
})
