import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { createLineHealthChannel } from '../../../worker/channel/lineHealthChannel'
import { HANAKO, registration, TARO } from '../readers/openStore'
import { testSandbox } from '../sandbox/testSandbox'
import { ACCOUNT, openWeb } from './openWeb'
import { wordsOf } from './talk'

let web: Awaited<ReturnType<typeof openWeb>>
let ids = 0

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

function event(type: string, timestamp: number, changed: object = {}) {
  ids += 1
  return {
    type,
    timestamp,
    mode: 'active',
    webhookEventId: `event-${ids}`,
    source: { type: 'user', userId: HANAKO.address },
    deliveryContext: { isRedelivery: false },
    ...changed,
  }
}

describe('the door', () => {
  test('a body that is not signed with the channel’s secret is refused', async () => {
    const follow = [event('follow', 1)]
    expect((await web.webhook(follow, { secret: 'other' })).status).toBe(401)
    expect((await web.webhook(follow, { channel: '1' })).status).toBe(401)
    const unsigned = await fetch(`${web.url}/line/2000000001`, { method: 'POST', body: '{}' })
    expect(unsigned.status).toBe(401)
    expect(await web.collections.friendships.countDocuments()).toBe(0)
  })

  test('calls of LINE are never too many, however many others forge', async () => {
    const limits = { forgedWebhooksPerMinute: 3 }
    const strict = await openWeb({ limits, trustProxy: 1 })
    const call = (number: number, secret?: string) => {
      const from = secret === undefined ? '10.0.0.1' : '10.0.0.2'
      return strict.webhook([event('message', number)], { from, ...(secret && { secret }) })
    }
    try {
      const statuses: number[] = []
      for (let number = 1; number <= 5; number += 1) {
        statuses.push((await call(number, 'other')).status, (await call(number)).status)
      }
      expect(statuses).toEqual([401, 200, 401, 200, 401, 200, 429, 200, 429, 200])
    } finally {
      await strict.close()
    }
  })

  test('LINE’s own check sends no events and is answered 200', async () => {
    expect((await web.webhook([])).status).toBe(200)
  })

  test('LINE’s test of it is answered as LINE wants it, and not under another channel', async () => {
    const { channelId } = ACCOUNT
    const known = (webhookUrl: string) => ({ ...ACCOUNT, name: 'みなと町', webhookUrl })
    const channels = [known(`${web.url}/line/${channelId}`)]
    const sandbox = await testSandbox({ channels })
    const channel = createLineHealthChannel({ baseUrl: sandbox.url, now: () => new Date() })
    try {
      expect(await channel.testWebhook(ACCOUNT)).toMatchObject({ value: { reason: 'ok' } })
      sandbox.line.addChannel(known(`${web.url}/line/1`))
      const value = { reason: 'errorStatusCode', status: 401 }
      expect(await channel.testWebhook(ACCOUNT)).toMatchObject({ value })
    } finally {
      await sandbox.stop()
    }
  })

  test('a body over 1 MB is refused', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1)
    const answer = await fetch(`${web.url}/line/2000000001`, { method: 'POST', body })
    expect(answer.status).toBe(413)
  })

  test('unknown types and events of unknown form are taken and do nothing', async () => {
    const { readerId } = await web.readers.register(registration())
    const odd = [
      event('membership', 1),
      { type: 'x' },
      null,
      event('unfollow', 2, { source: null }),
    ]
    expect((await web.webhook(odd as object[])).status).toBe(200)
    expect(await statusOf(readerId)).toBe('active')
  })
})

describe('follow and unfollow', () => {
  test('a block stops, a follow starts again', async () => {
    const { readerId } = await web.readers.register(registration())
    await web.webhook([event('unfollow', 1000)])
    expect(await statusOf(readerId)).toBe('blocked')
    await web.webhook([event('follow', 2000)])
    expect(await statusOf(readerId)).toBe('active')
  })

  test('an older block that arrives after a newer follow is ignored', async () => {
    const { readerId } = await web.readers.register(registration())
    await web.webhook([event('follow', 2000)])
    await web.webhook([event('unfollow', 1000)])
    expect(await statusOf(readerId)).toBe('active')
  })

  test('events of one call count in the order they happened, not as they are listed', async () => {
    const { readerId } = await web.readers.register(registration())
    await web.webhook([event('follow', 2000), event('unfollow', 1000)])
    expect(await statusOf(readerId)).toBe('active')
  })

  test('a redelivered event is dealt with once', async () => {
    const follow = event('follow', 1000, { replyToken: 'r1' })
    await replied(() => web.webhook([follow]))
    const again = { ...follow, deliveryContext: { isRedelivery: true } }
    expect((await web.webhook([again])).status).toBe(200)
    await replied(() => web.webhook([event('message', 2000, { replyToken: 'r2' })]))
    expect(web.sent.replies.map(({ replyToken }) => replyToken)).toEqual(['r1', 'r2'])
  })

  test('one that comes again while it is dealt with is answered once', async () => {
    const { isEventDone } = web.readers
    web.readers.isEventDone = () => Promise.resolve(false) // nobody was done when each of them looked
    const hello = event('message', 1000, { replyToken: 'r1' })
    await replied(() => web.webhook([hello]))
    expect((await web.webhook([hello])).status).toBe(200)
    web.readers.isEventDone = isEventDone
    await replied(() => web.webhook([event('message', 2000, { replyToken: 'r2' })]))
    expect(web.sent.replies.map(({ replyToken }) => replyToken)).toEqual(['r1', 'r2'])
  })

  test('a failure answers 500, so that LINE delivers again, and then it is recorded', async () => {
    const { readerId } = await web.readers.register(registration())
    const block = event('unfollow', 1000)
    await web.db.command({ collMod: 'friendships', validator: { never: 1 } })
    expect((await web.webhook([block])).status).toBe(500)
    await web.db.command({ collMod: 'friendships', validator: {} })
    expect((await web.webhook([block])).status).toBe(200)
    expect(await statusOf(readerId)).toBe('blocked')
    expect(JSON.stringify(web.logged)).not.toContain(HANAKO.address)
  })
})

describe('the answer to a follow or a message', () => {
  test('is a sealed link to register for somebody new', async () => {
    await replied(() => web.webhook([event('follow', 1, { replyToken: 'r' })]))
    const url = linkIn(web.sent.replies[0])
    expect(url.href).not.toContain(HANAKO.address)
    const visitor = web.links.openLine(url.searchParams.get('line')!)
    expect(visitor).toMatchObject({
      lineAccount: 'L1',
      provider: HANAKO.account,
      userId: HANAKO.address,
    })
  })

  test('is the own page for a reader', async () => {
    const { readerId } = await web.readers.register(registration())
    const message = { message: { type: 'text', text: 'こんにちは' }, replyToken: 'r' }
    await replied(() => web.webhook([event('message', 1, message)]))
    const url = linkIn(web.sent.replies[0])
    const token = url.pathname.slice('/me/open/'.length)
    expect(web.links.openPageLink(token)).toMatchObject({ readerId })
  })
})

describe.each([
  { kind: 'group', source: { type: 'group', groupId: `C${'0'.repeat(32)}` } },
  { kind: 'room', source: { type: 'room', roomId: `R${'0'.repeat(32)}` } },
] as const)('a $kind', ({ kind, source }) => {
  const from = { kind, id: 'groupId' in source ? source.groupId : source.roomId }

  test('that the account is put into is left, without a word', async () => {
    await left(() => web.webhook([event('join', 1, { source, replyToken: 'r' })]))
    expect(web.sent.left).toMatchObject([{ account: { channelId: '2000000001' }, from }])
    expect(web.sent.replies).toEqual([])
  })

  test('in which a reader writes is shown nothing of hers, and is left', async () => {
    await web.readers.register(registration())
    const inGroup = { source: { ...source, userId: HANAKO.address }, replyToken: 'r' }
    const events = [
      event('message', 1, { ...inGroup, message: { type: 'text', text: '予定日は?' } }),
      event('postback', 2, { ...inGroup, postback: { data: 'x' } }),
      event('memberJoined', 3, { source, replyToken: 'r' }),
    ]
    await left(() => web.webhook(events))
    expect(web.sent.left).toMatchObject([{ from }])
    expect(web.sent.replies).toEqual([])
    expect(await web.collections.webhookEvents.countDocuments()).toBe(0)
  })

  test('whose event says that somebody follows or blocks records nothing about them', async () => {
    const { readerId } = await web.readers.register(registration())
    const inGroup = { source: { ...source, userId: HANAKO.address } }
    await left(() => web.webhook([event('unfollow', 1, inGroup), event('follow', 2, inGroup)]))
    expect(await statusOf(readerId)).toBe('active')
    expect(await web.collections.friendships.countDocuments()).toBe(0)
  })

  test('that the account is out of is not left again', async () => {
    await web.webhook([event('leave', 1, { source })])
    await replied(() => web.webhook([event('message', 2, { replyToken: 'control' })]))
    expect(web.sent.left).toEqual([])
    expect(web.sent.replies).toMatchObject([{ replyToken: 'control' }])
  })

  test('that cannot be left is told to the operator, without an id', async () => {
    web.state.leaving = { status: 'deferred', code: 'line-no-token', isDefinite: true }
    await left(() => web.webhook([event('join', 1, { source })]))
    await replied(() => web.webhook([event('message', 2, { replyToken: 'control' })]))
    web.state.leaving = { status: 'accepted' }
    expect(web.logged).toContainEqual([{ kind, code: 'line-no-token' }, 'LINE group not left'])
    expect(JSON.stringify(web.logged)).not.toContain(from.id)
  })
})

test('an account shared with another service says nothing to what is not ours', async () => {
  const shared = await openWeb({ account: { ...ACCOUNT, answers: 'own' } })
  const heard = new Promise<void>((resolve) => {
    shared.state.replied = resolve
  })
  const wrote = (text: string, at: number) =>
    event('message', at, { message: { type: 'text', text }, replyToken: text })
  await shared.webhook([wrote('ごみの日', 1), event('follow', 2, { replyToken: 'follow' })])
  await shared.webhook([wrote('登録', 3)])
  await heard
  expect(shared.sent.replies.map(({ replyToken }) => replyToken)).toEqual(['登録'])
  expect(await shared.collections.friendships.countDocuments()).toBe(1)
  const friend = await (await shared.get('/r/999024')).text()
  expect(friend).toContain('トークで「登録」と送ってください')
  await shared.close()
})

test('an event without a kind of talk, or from one we do not know, is not answered', async () => {
  const userId = HANAKO.address
  const odd = [{ userId }, { type: 'square', userId }, { type: 'group', userId }]
  const events = odd.map((source, at) => event('message', at, { source, replyToken: 'r' }))
  const control = event('message', 9, { replyToken: 'control' })
  await replied(() => web.webhook([...events, control]))
  expect(web.sent.replies).toMatchObject([{ replyToken: 'control' }])
})

test('a message that carries a key is no talk, whatever its letters look like', async () => {
  const mother = await web.readers.register(registration({ address: TARO }))
  const told = { children: [mother.childId], municipality: '999016' }
  const newToken = () => new URL(web.links.shareUrl(told)).searchParams.get('with') ?? ''
  let token = newToken()
  while (!/dv/i.test(token)) token = newToken()
  const text = { message: { type: 'text', text: `家族の登録 ${token}` }, replyToken: 'r' }
  await replied(() => web.webhook([event('message', 1, text)]))
  expect(web.sent.replies[0]?.messages).toHaveLength(1)
  expect(linkIn(web.sent.replies[0]).searchParams.get('with')).toBe(token)
})

test('a family’s message brings the link that joins the same child', async () => {
  const mother = await web.readers.register(registration({ address: TARO }))
  const share = new URL(
    web.links.shareUrl({ children: [mother.childId], municipality: '999016' }),
  ).searchParams.get('with')!
  const chosen = { screen: 'channel', channel: 'line', with: share, go: 'next' }
  const friend = await (await web.land(await web.post('/r/999016', chosen))).text()
  const message = `家族の登録 ${share}`
  expect(friend).toContain(message)
  const text = { message: { type: 'text', text: message }, replyToken: 'r' }
  await replied(() => web.webhook([event('message', 1, text)]))
  const link = linkIn(web.sent.replies[0])
  const form = { screen: 'confirm', consent: 'yes', relation: 'father' }
  const answer = await web.post(link.pathname, {
    ...form,
    ...Object.fromEntries(link.searchParams),
  })
  expect(answer.headers.get('location')).toMatch(/asked$/)
  const { key } = web.links.openLine(link.searchParams.get('line')!)!
  await replied(() => web.webhook([pressed('register', key, 2)]))
  const [father] = await web.readers.findByIdentity(HANAKO)
  expect(await web.readers.childrenOf(father!._id)).toMatchObject([{ _id: mother.childId }])

  await web.readers.stopChild(mother)
  await replied(() => web.webhook([event('message', 3, text)]))
  const afterwards = JSON.stringify(web.sent.replies[2])
  expect(afterwards).toContain('/me/open/')
  expect(afterwards).not.toContain('with=')
})

describe('what is filled in by the link of a friend', () => {
  const EASY = { screen: 'confirm', consent: 'yes', relation: 'other', edition: 'easy' }
  const CHILD = { anchor: 'birthDate', year: '2026', month: '10', day: '9' }

  /** Somebody fills in the link that the friend got. */
  async function fillIn() {
    const visitor = { lineAccount: 'L1', provider: HANAKO.account, userId: HANAKO.address }
    const line = new URL(web.links.lineRegistrationUrl(visitor)).searchParams.get('line')!
    const answer = await web.post('/r/999016', { ...EASY, ...CHILD, line })
    expect(answer.headers.get('location')).toBe('/r/999016/asked')
    return { line, key: web.links.openLine(line)!.key }
  }

  test('changes nothing of a reader’s until she says yes in her own talk', async () => {
    const { readerId } = await web.readers.register(registration())
    const { key } = await fillIn()
    const before = await web.readers.findReader(readerId)
    expect(before).toMatchObject({ edition: 'standard', relation: 'mother' })
    expect(await web.readers.childrenOf(readerId)).toHaveLength(1)
    await replied(() => web.webhook([pressed('refuse', key, 2)]))
    expect(await web.readers.findReader(readerId)).toEqual(before)
    await replied(() => web.webhook([pressed('register', key, 3)]))
    expect(await web.readers.findReader(readerId)).toEqual(before)
    expect(await web.readers.childrenOf(readerId)).toHaveLength(1)
    expect(web.sent.replies.map(said)).toEqual([
      expect.stringContaining('登録(とうろく)していません'),
      expect.stringContaining('もうお返事をいただいています'),
    ])
  })

  test('is asked in the talk, without a date, and registered once by her answer', async () => {
    const { key } = await fillIn()
    expect(web.sent.asked).toMatchObject([{ to: [HANAKO.address] }])
    expect(JSON.stringify(web.sent.asked[0]!.messages)).not.toMatch(/2026|10月|easy|やさしい/)
    expect(await web.readers.findByIdentity(HANAKO)).toEqual([])
    await replied(() => web.webhook([pressed('register', key, 2)]))
    await replied(() => web.webhook([pressed('register', key, 3)]))
    const [reader, ...others] = await web.readers.findByIdentity(HANAKO)
    expect(others).toEqual([])
    expect(reader).toMatchObject({ edition: 'easy', relation: 'other', status: 'active' })
    expect(web.sent.welcomes).toEqual([reader!._id])
  })

  test('is not registered by somebody else, in another talk or in a group', async () => {
    const { key } = await fillIn()
    const other = { source: { type: 'user', userId: `U${'b2'.repeat(16)}` } }
    await replied(() => web.webhook([{ ...pressed('register', key, 2), ...other }]))
    expect(said(web.sent.replies.pop())).toContain('期限が切れました')
    const group = { type: 'group', groupId: 'C1', userId: HANAKO.address }
    await left(() => web.webhook([{ ...pressed('register', key, 3), source: group }]))
    expect(await web.collections.readers.countDocuments()).toBe(0)
    const mailPage = await web.post(`/confirm/${encodeURIComponent(`line:${key}`)}`)
    expect((await web.land(mailPage)).status).toBe(410)
    expect(await web.collections.readers.countDocuments()).toBe(0)
  })

  test('ends after a day', async () => {
    const { key } = await fillIn()
    web.clock.now = new Date('2026-11-24T01:00:00Z')
    await replied(() => web.webhook([pressed('register', key, 2)]))
    web.clock.now = new Date('2026-11-23T01:00:00Z')
    expect(said(web.sent.replies.pop())).toContain('期限が切れました')
    expect(await web.collections.readers.countDocuments()).toBe(0)
  })

  test('cannot be filled in a second time: the link says how to get another', async () => {
    const { line } = await fillIn()
    const again = await web.post('/r/999016', { ...EASY, ...CHILD, line, edition: 'standard' })
    const opened = await web.get(`/r/999016?line=${line}`)
    expect([again.status, opened.status]).toEqual([410, 410])
    expect(await opened.text()).toContain('トークで「登録」と送ってください')
    expect(web.sent.asked).toHaveLength(1)
    expect(await web.collections.confirmations.countDocuments()).toBe(1)
  })

  test('is asked about again by whatever the friend writes, beside a new link', async () => {
    const { key } = await fillIn()
    await replied(() => web.webhook([event('message', 2, { replyToken: 'r' })]))
    const [row, question] = web.sent.replies.at(-1)!.messages
    expect(wordsOf(row)).toContain('登録する')
    expect(JSON.stringify(question)).toContain(`kizuna:register:${key}`)
  })

  test('a button that is none of ours is answered like any message', async () => {
    const menu = { postback: { data: 'menu=1' }, replyToken: 'r' }
    await replied(() => web.webhook([event('postback', 1, menu)]))
    expect(said(web.sent.replies.pop())).toContain('登録は下のボタンから')
  })
})

/** A button of our question, pressed in the friend’s own talk. */
function pressed(word: 'register' | 'refuse', key: string, at: number) {
  const postback = { data: `kizuna:${word}:${key}` }
  return event('postback', at, { postback, replyToken: `r${at}` })
}

function said(reply: unknown): string {
  const [message] = (reply as { messages: Parameters<typeof wordsOf> }).messages
  return wordsOf(message)
}

async function statusOf(readerId: string) {
  return (await web.readers.findReader(readerId))!.identities[0]!.status
}

/** Waits for the reply, which is sent after the webhook was answered. */
async function replied(send: () => Promise<Response>) {
  const reply = new Promise<void>((resolve) => {
    web.state.replied = resolve
  })
  expect((await send()).status).toBe(200)
  await reply
}

/** Waits until the account has asked to leave, which comes after the webhook was answered. */
async function left(send: () => Promise<Response>) {
  const leaving = new Promise<void>((resolve) => {
    web.state.left = resolve
  })
  expect((await send()).status).toBe(200)
  await leaving
}

function linkIn(reply: unknown): URL {
  return new URL(/https:[^\s"\\]+/.exec(JSON.stringify(reply))![0])
}
