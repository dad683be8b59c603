// People nothing is sent to, people who come back, and people who have moved house.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { indexOf } from '../../../worker/readers/identity'
import { HANAKO, registration, TARO } from '../readers/openStore'
import { openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const ownPage = async (readerId: string) =>
  (await web.get(await web.enter(web.links.askedPageUrl(readerId)))).text()

const friendship = (isFriend: boolean) =>
  web.readers.recordFriendship({
    lineAccount: 'L1',
    provider: HANAKO.account,
    municipalities: ['999016'],
    userId: HANAKO.address,
    isFriend,
    at: web.clock.now,
  })

test('my page says that an address bounced since, and promises no text', async () => {
  const { readerId } = await web.readers.register(registration({ address: TARO }))
  expect(await ownPage(readerId)).toContain('きょうの文があります。')
  await web.collections.suppressions.insertOne({
    _id: `mail:mail:${indexOf(web.ring, TARO)}`,
    reason: 'bounced',
    at: web.clock.now,
  })
  const page = await ownPage(readerId)
  expect(page).toContain('届かなくなったため、配信を止めています')
  expect(page).not.toContain('きょうの文があります。')
})

test('my page says that the account is blocked, or that nobody knows of a friend', async () => {
  const { readerId } = await web.readers.register(registration({ lineAccount: 'L1' }))
  expect(await ownPage(readerId)).toContain('友だちに追加しているか、確かめてください')
  await friendship(true)
  expect(await ownPage(readerId)).not.toMatch(/友だちに追加|ブロック/)
  await friendship(false)
  expect(await ownPage(readerId)).toContain('ブロックを解除すると届きます')
})

async function confirmByMail(municipality = '999016') {
  const asked = await web.readers.requestConfirmation(registration({ address: TARO, municipality }))
  return web.land(await web.post(`/confirm/${asked!.token}`))
}

test('who comes back the same day gets a confirmation, the others get none', async () => {
  await confirmByMail()
  expect(web.sent.mails).toEqual([])
  const [reader] = await web.readers.findByIdentity(TARO)
  await web.readers.stopReader(reader!._id)
  await confirmByMail()
  const subject = '【みなと町 子育て便り】メール配信を登録しました'
  expect(web.sent.mails).toMatchObject([{ to: TARO.address, subject }])
  expect(web.sent.mails[0]!.text).toContain('メール配信の登録を受け付けました。')
  expect(web.sent.mails[0]!.html).toContain('>登録の内容を開く</a>')
})

test('who registers in another town is offered to end the old one’s delivery', async () => {
  await confirmByMail('999032')
  const page = await (await confirmByMail('999016')).text()
  expect(page).toContain('もり市からの配信も続いています。')
  const stop = /href="(\/stop\/[^"]+)"/.exec(page)![1]!
  await web.post(`${stop}/stop`)
  const readers = await web.readers.findByIdentity(TARO)
  const statuses = Object.fromEntries(readers.map((one) => [one.municipality, one.status]))
  expect(statuses).toEqual({ '999016': 'active', '999032': 'stopped' })
  expect(await (await confirmByMail('999024')).text()).not.toContain('もり市')
})
