// The link under a text that comes by mail: mails are forwarded, and what somebody else can do then.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { registration, TARO } from '../readers/openStore'
import { openBrowser } from './browser'
import { openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let father: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  father = await web.readers.register(registration({ address: TARO }))
})

const pathOf = (url: string) => new URL(url).pathname
const linkOf = () => pathOf(web.links.textUrl({ readerId: father.readerId, town: '999016' }))
const linkIn = (text: string) => pathOf(/https:\S+\/me\/open\/\S+/.exec(text)![0])

/** Nothing of the family: no address, date, stage or edition. */
const SECRETS = /taro|2027|3月|妊娠|誕生|標準|地区/i

test('whoever opens it sees nothing of the reader, however often, and nothing changes', async () => {
  const link = linkOf()
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await fetch(new URL(link, web.url), { method })
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toMatch(SECRETS)
  }
  expect(web.sent.mails).toEqual([])
})

test('it says whose texts it stands under, by the town’s name alone', async () => {
  for (const path of [linkOf(), '/r/999016/change']) {
    const page = await (await web.get(path)).text()
    expect(page).toContain('<header><p class="sender">みなと町</p></header>')
    expect(page).not.toMatch(/子育て|accent/)
  }
})

test('the own page opens by a link that comes to the reader’s own address', async () => {
  const phone = openBrowser(web.url)
  const sent = await phone.press(await phone.open(linkOf()))
  expect(sent.isReloadable).toBe(true)
  expect(sent.page).toContain('登録の内容のリンクを送りました')
  expect(sent.page).not.toMatch(SECRETS)
  expect(web.sent.mails).toMatchObject([{ to: 'Taro@example.jp' }])
  const own = await phone.press(await phone.open(linkIn(web.sent.mails[0]!.text)))
  expect(own.page).toContain('妊娠24週2日')

  // In the browser that has it open no mail is needed; in another one it is.
  const again = await phone.open(linkOf())
  expect(again.page).toContain(`href="${own.url}"`)
  const other = await openBrowser(web.url, { name: 'Other' }).open(linkOf())
  expect(other.page).not.toContain('/me/')
  expect(other.page).not.toMatch(SECRETS)
})

test('whoever holds it can stop, without waiting for a mail', async () => {
  const other = openBrowser(web.url)
  const door = await other.open(linkOf())
  const stop = /href="([^"]+)">この子の分を止める/.exec(door.page)![1]!
  const stopped = await other.press(await other.open(stop))
  expect(stopped.page).toContain('止めました。')
  expect(stopped.page).not.toMatch(SECRETS)
  expect(await web.readers.childrenOf(father.readerId)).toEqual([])
})

test('who is on LINE by now is not told that a mail has come, but how to ask in the talk', async () => {
  const phone = openBrowser(web.url)
  const asked = await phone.open(linkOf())
  const sent = await phone.press(asked)
  // already before the press: nobody waits for a mail that does not come
  expect(asked.page).toContain('LINE で「登録の内容」と送ってください')
  for (const { page } of [asked, sent]) expect(page).toContain('メールで受け取っている方には')
  expect(sent.page).toContain('LINE で「登録の内容」と送ってください')
})

test('three mails an hour, and then the same answer', async () => {
  const phone = openBrowser(web.url)
  const link = linkOf()
  for (let press = 0; press < 5; press += 1) {
    const answer = await phone.press(await phone.open(link))
    expect(answer.page).toContain('登録の内容のリンクを送りました')
  }
  expect(web.sent.mails).toHaveLength(3)
})

test('nobody is written to who stopped longer ago than it can be undone', async () => {
  const link = linkOf()
  await web.readers.stopReader(father.readerId)
  web.clock.now = new Date('2026-12-01T01:00:00Z')
  expect((await web.post(link)).status).toBe(303)
  expect(web.sent.mails).toEqual([])
})

test('a mail of last year still leads there; one that was changed or is older leads nowhere', async () => {
  const link = linkOf()
  const phone = openBrowser(web.url)
  web.clock.now = new Date('2027-12-20T01:00:00Z')
  expect((await phone.open(link)).status).toBe(200)
  expect((await phone.open(`${link.slice(0, -3)}xyz`)).status).toBe(410)
  web.clock.now = new Date('2027-12-29T01:00:00Z')
  const ended = await phone.open(link)
  expect(ended.status).toBe(410)
  expect(ended.page).toContain('メールで新しいリンクを受け取る')
  expect(web.sent.mails).toEqual([])
})

test('of whom nothing is left any more it says that nothing comes; one that was forged is told nothing', async () => {
  const { readerId } = father
  const links = [
    linkOf(),
    pathOf(web.links.stopUrl({ readerId, town: '999016' })),
    pathOf(web.links.askedPageUrl(readerId)),
  ]
  await web.readers.eraseReader({ readerId })
  for (const link of links) {
    const phone = openBrowser(web.url)
    expect((await phone.open(link)).page).toContain('もう何も届きません。')
    expect((await phone.open(`${link.slice(0, -3)}xyz`)).page).not.toContain('もう何も届きません')
  }
})
