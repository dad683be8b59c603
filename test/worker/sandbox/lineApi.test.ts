import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import type { Sandbox, SandboxOptions } from '../../../worker/sandbox/sandbox'
import { MINATO, testSandbox, userId } from './testSandbox'

const KEY = '123e4567-e89b-12d3-a456-426614174000'
const HOUR = 60 * 60 * 1000
const START = Date.parse('2026-11-23T07:00:00+09:00')
const text = { type: 'text', text: 'おはようございます' }

let at = START
let sandbox: Sandbox
beforeEach(async () => {
  at = START
  await start()
})
afterEach(() => sandbox.stop())

async function start(options: Partial<SandboxOptions> = {}) {
  sandbox = await testSandbox({ now: () => new Date(at), ...options })
}

async function restart(options: Partial<SandboxOptions>) {
  await sandbox.stop()
  await start(options)
}

async function token(secret = MINATO.channelSecret, id = MINATO.channelId) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
  })
  const response = await fetch(`${sandbox.url}/oauth2/v3/token`, { method: 'POST', body })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

interface Sending {
  to?: unknown
  messages?: unknown
  key?: string
  bearer?: string
  path?: string
}

async function send({ to = [userId('a')], messages = [text], key, bearer, path }: Sending = {}) {
  const authorization = `Bearer ${bearer ?? (await token()).body.access_token}`
  const response = await fetch(`${sandbox.url}/v2/bot/message/${path ?? 'multicast'}`, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/json',
      ...(key && { 'x-line-retry-key': key }),
    },
    body: JSON.stringify({ to, messages }),
  })
  const body = (await response.json()) as { message?: string; details?: { property: string }[] }
  return { status: response.status, headers: response.headers, body }
}

async function get(path: string) {
  const authorization = `Bearer ${(await token()).body.access_token}`
  const response = await fetch(`${sandbox.url}/v2/bot/${path}`, { headers: { authorization } })
  return (await response.json()) as unknown
}

describe('tokens', () => {
  test('last 15 minutes', async () => {
    const { body } = await token()
    at += 15 * 60_000 - 1
    expect((await send({ bearer: body.access_token! })).status).toBe(200)
    at += 1
    expect((await send({ bearer: body.access_token! })).status).toBe(401)
  })

  test('are refused to a wrong secret', async () => {
    expect(await token('wrong')).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
  })

  test('cannot be made up', async () => {
    const { access_token = '' } = (await token()).body
    const forged = access_token.replace(/\.(\d+)\./, (_, until) => `.${Number(until) + 1}.`)
    expect((await send({ bearer: forged })).status).toBe(401)
    expect((await send({ bearer: '' })).status).toBe(401)
  })
})

describe('retry keys', () => {
  test('are taken once within 24 hours', async () => {
    const first = await send({ key: KEY })
    at += 24 * HOUR - 1
    const second = await send({ key: KEY })
    expect(second.status).toBe(409)
    expect(second.headers.get('x-line-accepted-request-id')).toBe(
      first.headers.get('x-line-request-id'),
    )
    expect(sandbox.line.accepted()).toHaveLength(1)
  })

  test('are forgotten after 24 hours', async () => {
    await send({ key: KEY })
    at += 24 * HOUR
    expect((await send({ key: KEY })).status).toBe(200)
    expect(sandbox.line.accepted()).toHaveLength(2)
  })

  test('are not used up by a refused request', async () => {
    expect((await send({ key: KEY, messages: [] })).status).toBe(400)
    expect((await send({ key: KEY })).status).toBe(200)
  })

  test('used again for something else are noted as the sender’s mistake', async () => {
    await send({ key: KEY })
    expect((await send({ key: KEY, to: [userId('b')] })).status).toBe(409)
    expect(sandbox.line.state.misusedKeys).toEqual([KEY])
  })

  test('must be UUIDs', async () => {
    expect((await send({ key: 'again' })).status).toBe(400)
  })
})

describe('recipients', () => {
  const many = Array.from({ length: 501 }, (_, index) => userId(String(index)))

  test('are at most 500', async () => {
    expect((await send({ to: many })).status).toBe(400)
    expect((await send({ to: many.slice(1) })).status).toBe(200)
  })

  test('that are no ids are named', async () => {
    const { status, body } = await send({ to: [userId('a'), 'x'] })
    expect(status).toBe(400)
    expect(body.message).toContain("'to[1]'")
    expect(sandbox.line.accepted()).toHaveLength(0)
  })

  test('of another provider are refused without an index, and nobody is sent to', async () => {
    const ward = { ...MINATO, channelId: '1650000002', provider: 'ward' }
    sandbox.line.addChannel(ward)
    const stranger = await sandbox.line.befriend(ward.channelId, 'あおい')
    const { status, body } = await send({ to: [userId('a'), stranger.userId] })
    expect(status).toBe(400)
    expect(body).toEqual({ message: 'Failed to send messages' })
    expect(sandbox.line.accepted()).toHaveLength(0)
  })

  test('who blocked the account get a silent 200', async () => {
    const friend = await sandbox.line.befriend(MINATO.channelId, 'さくら')
    await sandbox.line.block(MINATO.channelId, friend.userId)
    expect((await send({ to: [friend.userId, userId('b')] })).status).toBe(200)
    expect(sandbox.line.accepted()[0]).toMatchObject({ blocked: [friend.userId] })
  })
})

describe('messages', () => {
  const flex = (contents: unknown, altText = '絵本') => ({ type: 'flex', altText, contents })
  const bubble = (...contents: unknown[]) => ({
    type: 'bubble',
    body: { type: 'box', layout: 'vertical', contents },
  })
  const press = (action: object) => ({ type: 'box', layout: 'vertical', contents: [], action })

  test.each([
    ['no messages', [], 'messages'],
    ['six messages', Array(6).fill(text), 'messages'],
    ['an empty text', [{ type: 'text', text: '' }], 'messages[0].text'],
    ['a text of 5,001', [text, { type: 'text', text: 'あ'.repeat(5001) }], 'messages[1].text'],
    ['an unknown type', [{ type: 'poem' }], 'messages[0].type'],
    ['a long altText', [flex(bubble(text), 'あ'.repeat(401))], 'messages[0].altText'],
    [
      'a bubble over 30 KB',
      [
        flex(
          bubble(
            { type: 'text', text: 'あ'.repeat(1990) },
            ...Array(6).fill({ type: 'text', text: 'あ'.repeat(1990) }),
          ),
        ),
      ],
      'messages[0].contents',
    ],
    [
      '13 bubbles',
      [flex({ type: 'carousel', contents: Array(13).fill(bubble(text)) })],
      'messages[0].contents.contents',
    ],
    [
      'an empty text in a bubble',
      [flex(bubble({ type: 'text', text: '' }))],
      'messages[0].contents.body.contents[0].text',
    ],
    [
      'an http picture',
      [flex({ ...bubble(text), hero: { type: 'image', url: 'http://a.example/b.png' } })],
      'messages[0].contents.hero.url',
    ],
    [
      'a script link',
      [flex(bubble({ type: 'button', action: { type: 'uri', label: 'x', uri: 'javascript:1' } }))],
      'messages[0].contents.body.contents[0].action.uri',
    ],
    [
      'a link of 1,001',
      [
        flex(
          bubble(press({ type: 'uri', label: 'x', uri: `https://a.example/${'b'.repeat(983)}` })),
        ),
      ],
      'messages[0].contents.body.contents[0].action.uri',
    ],
    [
      'a label of 21',
      [flex(bubble(press({ type: 'postback', label: 'あ'.repeat(21), data: 'x' })))],
      'messages[0].contents.body.contents[0].action.label',
    ],
    [
      'a button that tells 301 letters',
      [flex(bubble(press({ type: 'postback', label: 'x', data: 'x'.repeat(301) })))],
      'messages[0].contents.body.contents[0].action.data',
    ],
  ])('%s are refused by name', async (_label, messages, property) => {
    const { status, body } = await send({ messages })
    expect(status).toBe(400)
    expect(body.details?.map((detail) => detail.property)).toContain(property)
  })

  test('at the limits are taken', async () => {
    const messages = [
      { type: 'text', text: '𠮷'.repeat(2500) },
      flex(bubble(text)),
      text,
      text,
      text,
    ]
    expect((await send({ messages })).status).toBe(200)
    expect(sandbox.line.messagesOf(sandbox.line.accepted()[0]!)).toEqual(messages)
  })

  test('over 2 MB are 413', async () => {
    const messages = [{ type: 'text', text: 'a'.repeat(2 * 1024 * 1024) }]
    expect((await send({ messages })).status).toBe(413)
  })
})

describe('limits', () => {
  test('200 multicasts a second and channel', async () => {
    let clock = 0
    await restart({ perSecond: 200, clock: () => clock })
    const bearer = (await token()).body.access_token!
    const statuses = await Promise.all(
      Array.from({ length: 203 }, async () => (await send({ bearer })).status),
    )
    expect(statuses.filter((status) => status === 429)).toHaveLength(3)
    clock += 1000
    expect((await send({ bearer })).status).toBe(200)
    expect(sandbox.line.rate.refused).toBe(3)
  })

  test('the monthly limit is a 429 with its own sentence, and a new month starts again', async () => {
    await restart({ channels: [{ ...MINATO, monthlyLimit: 2 }] })
    expect((await send({ to: [userId('a'), userId('b')] })).status).toBe(200)
    const over = await send()
    expect(over).toMatchObject({
      status: 429,
      body: { message: 'You have reached your monthly limit.' },
    })
    expect(await get('message/quota')).toEqual({ type: 'limited', value: 2 })
    expect(await get('message/quota/consumption')).toEqual({ totalUsage: 2 })
    at = Date.parse('2026-12-01T00:00:00+09:00')
    expect((await send()).status).toBe(200)
  })

  test('counts of a day are ready on the next', async () => {
    await send({ to: [userId('a'), userId('b')] })
    expect(await get('message/delivery/multicast?date=20261123')).toEqual({ status: 'unready' })
    at = Date.parse('2026-11-24T00:00:00+09:00')
    expect(await get('message/delivery/multicast?date=20261123')).toEqual({
      status: 'ready',
      success: 2,
    })
  })
})

describe('faults', () => {
  test('strike as scripted and leave what they say', async () => {
    sandbox.faults.line.add(
      { at: 'multicast', after: 1, trouble: { kind: 'answer', status: 500 } },
      { at: 'multicast', after: 1, trouble: { kind: 'acceptThenAnswer', status: 503 } },
    )
    const statuses = []
    for (const key of ['1', '2', '3', '4']) {
      statuses.push((await send({ key: KEY.replace(/.$/, key) })).status)
    }
    expect(statuses).toEqual([200, 500, 503, 200])
    expect(sandbox.line.accepted()).toHaveLength(3)
  })

  test('are scripted over HTTP too, and refused when misspelt', async () => {
    const post = (body: unknown) =>
      fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(body) })
    expect((await post({ line: [{ trouble: { kind: 'anser' } }] })).status).toBe(400)
    expect((await post({ line: [{ trouble: { kind: 'answer', status: 500 } }] })).status).toBe(200)
    const response = await fetch(`${sandbox.url}/oauth2/v3/token`, { method: 'POST' })
    expect(response.status).toBe(500)
  })

  test('make an answer late: the request counts at once, a repeat of its key too', async () => {
    sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'slow', ms: 300 } })
    const asked = performance.now()
    let isAnswered = false
    const slow = send({ key: KEY }).finally(() => (isAnswered = true))
    await sandbox.until(() => sandbox.line.accepted().length === 1)
    expect((await send({ key: KEY })).status).toBe(409)
    expect(isAnswered).toBe(false)
    expect((await slow).status).toBe(200)
    expect(performance.now() - asked).toBeGreaterThanOrEqual(300)
  })

  test('that make an answer late do not outlive the sandbox', async () => {
    sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'slow', ms: 3_600_000 } })
    const slow = send()
    await sandbox.until(() => sandbox.line.accepted().length === 1)
    await Promise.all([expect(slow).rejects.toThrow(), sandbox.stop()])
    await start()
  })

  test('may lose what was answered with 200: it is taken once, counted for nobody', async () => {
    sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenLose' } })
    expect((await send({ key: KEY })).status).toBe(200)
    expect((await send({ key: KEY })).status).toBe(409)
    const [call, ...more] = sandbox.line.accepted()
    expect(more).toEqual([])
    expect(call?.blocked).toEqual(call?.to)
  })

  test('every n-th, for ever', async () => {
    sandbox.faults.line.add({
      at: 'multicast',
      every: 3,
      times: null,
      trouble: { kind: 'answer', status: 500 },
    })
    const statuses = []
    for (let index = 0; index < 7; index += 1) statuses.push((await send()).status)
    expect(statuses).toEqual([500, 200, 200, 500, 200, 200, 500])
  })
})
