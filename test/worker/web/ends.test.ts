// Where a registration ends: the mail that is on its way, what it says, and what is said afterwards.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { TARO } from '../readers/openStore'
import { openBrowser, type Shown } from './browser'
import { formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const WHOLE = {
  screen: 'confirm',
  channel: 'mail',
  mail: 'taro@example.jp',
  anchor: 'dueDate',
  year: '2027',
  month: '3',
  day: '13',
  relation: 'father',
  consent: 'yes',
}

type Phone = ReturnType<typeof openBrowser>

async function register(phone: Phone, typed: Record<string, string> = {}): Promise<Shown> {
  const first = await phone.open('/r/999016')
  return phone.press(first, { ...WHOLE, once: 'first', ...typed })
}

const linkIn = (text: string) => new URL(/https:\S+\/confirm\/\S+/.exec(text)![0]).pathname

test('the page repeats the address where it was typed, and nowhere else', async () => {
  const sent = await register(openBrowser(web.url))
  expect(sent.url).toMatch(/^\/r\/999016\/sent\?d=[\w-]{22}$/)
  expect(sent.page).toContain('taro@example.jp')
  expect(sent.page).toContain('まだ登録は終わっていません')
  const other = await openBrowser(web.url, { name: 'Other' }).open(sent.url)
  expect(other.status).toBe(200)
  expect(other.page).not.toContain('taro')
  expect(other.page).not.toContain('/again')
})

test('the address is said as the mail was sent to it, not as wide as it was typed', async () => {
  const sent = await register(openBrowser(web.url), { mail: 'ｔａｒｏ＠example.jp' })
  expect(sent.page).toContain('taro@example.jp')
  expect(sent.page).not.toContain('ｔａｒｏ')
})

test('it names the sender’s domain and where each carrier lets it in', async () => {
  const { page } = await register(openBrowser(web.url))
  const { from } = web.sent.mails[0]!
  expect(page).toContain(`「${from.address.split('@')[1]}」`)
  for (const carrier of ['ドコモ', 'au', 'ソフトバンク・ワイモバイル', '楽天']) {
    expect(page).toContain(carrier)
  }
})

test('it is sent again by a press, once however often it is pressed, within the limit', async () => {
  const phone = openBrowser(web.url)
  const sent = await register(phone)
  const twice = await Promise.all([phone.press(sent), phone.press(sent)])
  for (const { url, page } of twice) {
    expect(url).toMatch(/\/sent\?d=[\w-]{22}&again=yes$/)
    expect(page).toContain('もう一度送りました')
  }
  expect(web.sent.mails.map(({ to }) => to)).toEqual(['taro@example.jp', 'taro@example.jp'])
  let shown = twice[0]
  for (let count = 0; count < 6; count++) shown = await phone.press(shown)
  expect(shown.page).toContain('もう一度送りました')
  expect(web.sent.mails).toHaveLength(5)
  await phone.press(await phone.open(linkIn(web.sent.mails[1]!.text)))
  const late = await phone.press(await phone.open(linkIn(web.sent.mails[4]!.text)))
  expect(late.page).toContain('もう登録されています')
  expect(await web.readers.findByIdentity(TARO)).toHaveLength(1)
})

test('nobody sends by the address of somebody else’s page', async () => {
  const { url } = await register(openBrowser(web.url))
  const forged = await web.post(`/r/999016/again${url.slice(url.indexOf('?'))}`, { once: 'x' })
  expect(forged.status).toBe(410)
  expect(web.sent.mails).toHaveLength(1)
})

test('the mail names the service and the act, with a button beside its text', async () => {
  await register(openBrowser(web.url))
  const [{ subject, text, html = '' }] = web.sent.mails as [(typeof web.sent.mails)[0]]
  expect(subject).toBe('【みなと町 子育て便り】メール配信の登録を完了してください')
  const link = /https:\S+/.exec(text)![0]
  expect(html).toMatch(new RegExp(`<a href="${link}" style="display:block[^>]*>登録を完了する</a>`))
  expect(html).toContain('お心当たりがないときは')
  expect(html).not.toMatch(/<script|<img|<link|<style/)
  for (const body of [text, html]) expect(body).toContain('みなと町 子育て支援課')
})

test('the last page says what was registered, when the next text comes, and what can be done', async () => {
  const phone = openBrowser(web.url)
  await register(phone, { area: '南', mail: 'Taro@example.jp' })
  web.clock.now = new Date('2026-11-23T12:00:00Z') // after the day's hours
  const done = await phone.press(await phone.open(linkIn(web.sent.mails[0]!.text)))
  for (const words of [
    '登録しました',
    '次の文は、2026年11月24日(火)の 9:00 ごろから',
    '2027年3月13日(土)',
    '父',
    '南',
    '標準',
    'ご家族を招く',
    '閉じてかまいません',
  ]) {
    expect(done.page).toContain(words)
  }
  const own = /href="(\/me\/open\/[^"]+)"/.exec(done.page)![1]!
  const page = await phone.press(await phone.open(own))
  expect(page.page).toContain('登録の内容')
  expect(page.page).toContain('お子さんを追加する')
  const bookmark = await openBrowser(web.url, { name: 'Other' }).open(done.url)
  expect(bookmark.page).toContain('登録のあとのページです')
  expect(bookmark.page).not.toContain('/me/open/')
})

test('who reads やさしい日本語 is written to and answered in it to the end', async () => {
  const phone = openBrowser(web.url)
  const sent = await register(phone, { lang: 'easy' })
  expect(sent.page).toContain('メールを 送(おく)りました')
  const [{ subject, text }] = web.sent.mails as [(typeof web.sent.mails)[0]]
  expect(subject).toContain('登録(とうろく)')
  const ask = await phone.open(linkIn(text))
  expect(ask.page).toContain('ボタンを 押(お)してください')
  const done = await phone.press(ask)
  expect(done.page).toContain('登録(とうろく)しました')
  expect(done.page).toContain('2027年(ねん) 3月(がつ) 13日(にち) 土曜日(どようび)')
  expect(formOf(done.page)).toEqual({})
})

test('whose provider refused texts before is told so, and how to let them in; nobody else is', async () => {
  const phone = openBrowser(web.url)
  await register(phone)
  const done = await phone.press(await phone.open(linkIn(web.sent.mails[0]!.text)))
  expect(done.page).toContain('登録しました')
  expect(done.page).not.toContain('設定を確かめて')

  const [taro] = await web.readers.findByIdentity(TARO)
  const { channel, account, index } = taro!.identities[0]!
  await web.readers.suppress({ channel, account, index, reason: 'bounced' })
  const sent = await register(phone, { once: 'second', year: '2027', day: '14' })
  expect(sent.page).not.toContain('前に文が届かない') // who typed it may be somebody else
  const again = await phone.press(await phone.open(linkIn(web.sent.mails[1]!.text)))
  expect(again.page).toContain('このアドレスには、前に文が届かないことがありました')
  for (const carrier of ['ドコモ', 'au', 'ソフトバンク']) expect(again.page).toContain(carrier)
})
