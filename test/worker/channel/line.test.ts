import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, test } from '@jest/globals'

import { createLineChannel } from '../../../worker/channel/line'
import { partKey } from '../../../worker/channel/lineBatch'
import { createPace } from '../../../worker/channel/pace'

const KEY = '123e4567-e89b-12d3-a456-426614174000'
const account = { channelId: '1650000001', channelSecret: 'secret' }
const messages = [{ type: 'text', text: 'おはようございます' }]
const limitless = createPace({
  clock: { now: () => 0, sleep: async () => undefined },
  perSecond: Infinity,
})

/** One request to the multicast endpoint as the vendor saw it. */
interface Seen {
  key: string
  to: string
}

/** What the vendor answers to one request. */
interface Reply {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

let server: Server | null = null
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  server = null
})

/** A vendor that gives the replies one after the other and notes what it was asked. */
async function vendor(replies: (Reply | 'cut')[]) {
  const seen: Seen[] = []
  let tokens = 0
  server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks).toString()
      response.setHeader('content-type', 'application/json')
      if (request.url === '/oauth2/v3/token') {
        tokens += 1
        const token = { token_type: 'Bearer', access_token: `t${tokens}`, expires_in: 900 }
        response.end(JSON.stringify(token))
        return
      }
      const key = String(request.headers['x-line-retry-key'])
      seen.push({ key, to: (JSON.parse(body) as { to: string[] }).to.join('') })
      const reply = replies[seen.length - 1] ?? { status: 200 }
      if (reply === 'cut') return void request.socket.destroy()
      response.writeHead(reply.status, reply.headers).end(JSON.stringify(reply.body ?? {}))
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { baseUrl, seen, tokens: () => tokens }
}

const named = (index: number) => ({
  status: 400,
  body: { message: `The property, 'to[${index}]', in the request body is invalid (line: -)` },
})
const foreign = { status: 400, body: { message: 'Failed to send messages' } }
const badContent = {
  status: 400,
  body: {
    message: 'The request body has 1 error(s)',
    details: [{ message: 'May not be empty', property: 'messages[0].text' }],
  },
}

interface Row {
  label: string
  given: string
  responses: (Reply | 'cut')[]
  requests: string[]
  receipts: Record<string, string>
  stop?: string
}

const rows: Row[] = [
  {
    label: 'takes all with the batch’s own key',
    given: 'abc',
    responses: [{ status: 200 }],
    requests: ['abc'],
    receipts: { a: 'accepted', b: 'accepted', c: 'accepted' },
  },
  {
    label: 'takes 409 for accepted earlier',
    given: 'ab',
    responses: [{ status: 409, headers: { 'x-line-accepted-request-id': 'r1' } }],
    requests: ['ab'],
    receipts: { a: 'accepted', b: 'accepted' },
  },
  {
    label: 'drops an id that is named and sends the rest under a derived key',
    given: 'abc',
    responses: [named(1)],
    requests: ['abc', 'ac'],
    receipts: { a: 'accepted', b: 'rejected line-bad-id fault', c: 'accepted' },
  },
  {
    label: 'drops ids one after the other',
    given: 'abc',
    responses: [named(1), named(0)],
    requests: ['abc', 'ac', 'c'],
    receipts: { a: 'rejected line-bad-id fault', b: 'rejected line-bad-id fault', c: 'accepted' },
  },
  {
    label: 'halves the list when no id is named',
    given: 'abcd',
    responses: [foreign, { status: 200 }, foreign, foreign, { status: 200 }],
    requests: ['abcd', 'ac', 'bd', 'b', 'd'],
    receipts: {
      a: 'accepted',
      b: 'rejected line-foreign-id fault',
      c: 'accepted',
      d: 'accepted',
    },
  },
  {
    label: 'blames nobody when nobody could be sent to',
    given: 'ab',
    responses: [foreign, foreign, foreign],
    requests: ['ab', 'a', 'b'],
    receipts: { a: 'rejected line-foreign-id', b: 'rejected line-foreign-id' },
  },
  {
    label: 'gives up on content that everybody asked alone is refused',
    given: 'abcdefghijklmnop',
    responses: Array<Reply>(40).fill(foreign),
    stop: 'content',
    requests: [
      'abcdefghijklmnop',
      'acegikmo',
      'aeim',
      'ai',
      'a',
      'i',
      'em',
      'e',
      'm',
      'cgko',
      'ck',
      'c',
      'k',
      'go',
      'g',
      'o',
    ],
    receipts: Object.fromEntries([...'abcdefghijklmnop'].map((id) => [id, 'rejected line-400'])),
  },
  {
    label: 'stops the content when the messages are named',
    given: 'ab',
    responses: [badContent],
    requests: ['ab'],
    stop: 'content',
    receipts: { a: 'rejected line-content', b: 'rejected line-content' },
  },
  {
    label: 'stops the content when the body is too large',
    given: 'a',
    responses: [{ status: 413 }],
    requests: ['a'],
    stop: 'content',
    receipts: { a: 'rejected line-too-large' },
  },
  {
    label: 'takes a fresh token after 401, with the same key',
    given: 'a',
    responses: [{ status: 401 }],
    requests: ['a', 'a'],
    receipts: { a: 'accepted' },
  },
  {
    label: 'stops the channel after a second 401',
    given: 'a',
    responses: [{ status: 401 }, { status: 401 }],
    requests: ['a', 'a'],
    receipts: { a: 'deferred line-credentials' },
    stop: 'channel',
  },
  {
    label: 'stops the channel on 403',
    given: 'a',
    responses: [{ status: 403 }],
    requests: ['a'],
    stop: 'channel',
    receipts: { a: 'deferred line-plan' },
  },
  {
    label: 'stops the channel at the monthly limit',
    given: 'a',
    responses: [{ status: 429, body: { message: 'You have reached your monthly limit.' } }],
    requests: ['a'],
    stop: 'channel',
    receipts: { a: 'deferred line-monthly-limit' },
  },
  {
    label: 'stops the channel half-way through a list, and defers who was not asked for',
    given: 'abcd',
    responses: [foreign, { status: 200 }, { status: 403 }],
    requests: ['abcd', 'ac', 'bd'],
    stop: 'channel',
    receipts: {
      a: 'accepted',
      b: 'deferred line-plan',
      c: 'accepted',
      d: 'deferred line-plan',
    },
  },
  {
    label: 'backs off from the rate limit',
    given: 'a',
    responses: [{ status: 429, body: { message: 'The API rate limit has been exceeded.' } }],
    requests: ['a'],
    receipts: { a: 'deferred line-rate' },
  },
  {
    label: 'does not know after 500',
    given: 'a',
    responses: [{ status: 500 }],
    requests: ['a'],
    receipts: { a: 'unknown line-500' },
  },
  {
    label: 'does not know after a cut',
    given: 'a',
    responses: ['cut'],
    requests: ['a'],
    receipts: { a: 'unknown line-cut' },
  },
  {
    label: 'does not know of one part, and goes on with the other',
    given: 'ab',
    responses: [foreign, { status: 500 }],
    requests: ['ab', 'a', 'b'],
    receipts: { a: 'unknown line-500', b: 'accepted' },
  },
]

describe('a multicast', () => {
  test.each(rows)('$label', async ({ given, responses, requests, receipts, stop }) => {
    const { baseUrl, seen } = await vendor(responses)
    const channel = createLineChannel({ baseUrl, pace: limitless, now: () => new Date() })
    const result = await channel.send({ account, to: [...given], messages, retryKey: KEY })
    expect(seen.map(({ to }) => to)).toEqual(requests)
    expect(seen.map(({ key }) => key)).toEqual(
      requests.map((to) => (to === given ? KEY : partKey(KEY, [...to]))),
    )
    expect(Object.fromEntries([...result.receipts].map(describeReceipt))).toEqual(receipts)
    expect([...result.receipts.keys()].toSorted()).toEqual([...given].toSorted())
    expect(result.stop?.scope).toBe(stop)
  })

  test('makes the same requests with the same keys when it is replayed', async () => {
    const responses = [foreign, { status: 200 }, foreign, foreign, { status: 200 }]
    const { baseUrl, seen } = await vendor([...responses, ...responses])
    const channel = createLineChannel({ baseUrl, pace: limitless, now: () => new Date() })
    const batch = { account, to: [...'abcd'], messages, retryKey: KEY }
    await channel.send(batch)
    await channel.send(batch)
    expect(seen.slice(5)).toEqual(seen.slice(0, 5))
  })

  test('asks nothing more once the batch is held back in the middle of a refused list', async () => {
    const { baseUrl, seen } = await vendor([foreign, { status: 200 }])
    const channel = createLineChannel({ baseUrl, pace: limitless, now: () => new Date() })
    const isHeldBack = async () => seen.length === 2
    const batch = { account, to: [...'abcd'], messages, retryKey: KEY, isHeldBack }
    const { receipts } = await channel.send(batch)
    expect(seen.map(({ to }) => to)).toEqual(['abcd', 'ac'])
    expect(Object.fromEntries([...receipts].map(describeReceipt))).toEqual({
      a: 'accepted',
      b: 'deferred line-held-back',
      c: 'accepted',
      d: 'deferred line-held-back',
    })
  })

  test('asks nothing that was held back while it waited for its turn', async () => {
    const { baseUrl, seen } = await vendor([])
    let isWithdrawn = false
    const pace = { take: async () => void (isWithdrawn = true), slowDown: () => undefined }
    const channel = createLineChannel({ baseUrl, pace, now: () => new Date() })
    const isHeldBack = async () => isWithdrawn
    await channel.send({ account, to: ['a'], messages, retryKey: KEY, isHeldBack })
    expect(seen).toEqual([])
  })
})

describe('tokens', () => {
  test('are asked for once by callers at the same time, and again near their end', async () => {
    let at = Date.parse('2026-11-23T00:00:00Z')
    const { baseUrl, tokens } = await vendor([])
    const channel = createLineChannel({ baseUrl, pace: limitless, now: () => new Date(at) })
    const send = () => channel.send({ account, to: ['a'], messages, retryKey: KEY })
    await Promise.all([send(), send(), send()])
    expect(tokens()).toBe(1)
    at += 13 * 60_000
    await send()
    expect(tokens()).toBe(1)
    at += 1.5 * 60_000
    await send()
    expect(tokens()).toBe(2)
  })
})

function describeReceipt([id, receipt]: [string, object]): [string, string] {
  const { status, code, isAddressFault } = receipt as Record<string, unknown>
  return [id, [status, code, isAddressFault && 'fault'].filter(Boolean).join(' ')]
}
