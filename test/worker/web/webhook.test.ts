import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { HANAKO, registration, TARO } from '../readers/openStore'
import { openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let ids = 0

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await Promise.all(Object.values(web.collections).map((collection) => collection.deleteMany({})))
  web.sent.replies.length = 0
  web.sent.left.length = 0
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

  test('LINE’s own check sends no events and is answered 200', async () => {
    expect((await web.webhook([])).status).toBe(200)
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
    expect(visitor).toEqual({
      lineAccount: 'L1',
      provider: HANAKO.account,
      userId: HANAKO.address,
    })
  })

  test('is the own page for a reader', async () => {
    const { readerId } = await web.readers.register(registration())
    const message = { message: { type: 'text', text: '止めたい' }, replyToken: 'r' }
    await replied(() => web.webhook([event('message', 1, message)]))
    const url = linkIn(web.sent.replies[0])
    expect(web.links.openMyPage(url.pathname.slice('/me/'.length))).toBe(readerId)
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

test('an event without a kind of talk, or from one we do not know, is not answered', async () => {
  const userId = HANAKO.address
  const odd = [{ userId }, { type: 'square', userId }, { type: 'group', userId }]
  const events = odd.map((source, at) => event('message', at, { source, replyToken: 'r' }))
  const control = event('message', 9, { replyToken: 'control' })
  await replied(() => web.webhook([...events, control]))
  expect(web.sent.replies).toMatchObject([{ replyToken: 'control' }])
})

test('a family’s message brings the link that joins the same child', async () => {
  const mother = await web.readers.register(registration({ address: TARO }))
  const share = new URL(
    web.links.shareUrl({ childId: mother.childId, municipality: '999016' }),
  ).searchParams.get('with')!
  const friend = await (
    await web.post('/r/999016', { screen: 'channel', channel: 'line', with: share, go: 'next' })
  ).text()
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
  expect(answer.headers.get('location')).toMatch(/done$/)
  const [father] = await web.readers.findByIdentity(HANAKO)
  expect(await web.readers.childrenOf(father!._id)).toMatchObject([{ _id: mother.childId }])

  await web.readers.stopChild(mother)
  await replied(() => web.webhook([event('message', 2, text)]))
  expect(linkIn(web.sent.replies[1]).pathname).toMatch(/^\/me\//)
})

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
