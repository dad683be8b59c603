// Back, Forward, Reload, two presses and two windows, as plain requests of browsers with cookies.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { registration, TARO } from '../readers/openStore'
import { openBrowser, type BrowserKind, type Shown } from './browser'
import { formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})

const browser = (kind?: BrowserKind) => openBrowser(web.url, kind)

const DATE = { anchor: 'dueDate', year: '2027', month: '3', day: '13' }

async function fillIn(phone: ReturnType<typeof browser>) {
  const channel = await phone.open('/r/999016?s=poster')
  const date = await phone.press(channel, { channel: 'mail', mail: 'taro@example.jp' })
  const relation = await phone.press(date, DATE)
  const area = await phone.press(relation, { relation: 'father' })
  const confirm = await phone.press(area, { area: '南' })
  return { channel, date, relation, area, confirm }
}

test.each([{ cookies: true }, { cookies: false }])(
  'every screen is a page of its own that Back shows with what was typed: %j',
  async (kind) => {
    const phone = browser(kind)
    const screens = await fillIn(phone)
    for (const shown of Object.values(screens)) expect(shown.isReloadable).toBe(true)
    expect(new Set(Object.values(screens).map(({ url }) => url)).size).toBe(5)
    const back = async (to: Shown) => formOf((await phone.open(to.url)).page)
    expect(await back(screens.area)).toMatchObject({ relation: 'father', area: '南' })
    expect(await back(screens.relation)).toMatchObject({ relation: 'father', area: '南' })
    expect(await back(screens.date)).toMatchObject(DATE)
    expect(await back(screens.channel)).toMatchObject({ channel: 'mail', mail: 'taro@example.jp' })
    const again = await phone.press(await phone.open(screens.date.url), { day: '20' })
    expect(formOf(again.page)).toMatchObject({ relation: 'father', day: '20', s: 'poster' })
  },
)

test('no address of a screen carries what was typed, and in another browser it opens nothing', async () => {
  const phone = browser()
  const { confirm } = await fillIn(phone)
  expect(confirm.url).toMatch(/^\/r\/999016\/confirm\?d=[\w-]{22}$/)
  for (const other of [browser(), browser({ cookies: false, name: 'Other' })]) {
    const opened = await other.open(confirm.url)
    expect(opened.status).toBe(410)
    expect(opened.page).not.toMatch(/taro|2027/)
    expect(opened.page).toContain('はじめから入れる')
  }
  const stored = await web.collections.keptForms.find().toArray()
  expect(stored).toHaveLength(1)
  const [{ removeAt, ...kept } = { removeAt: new Date(0) }] = stored
  expect(JSON.stringify(kept)).not.toMatch(/taro|2027|南/)
  // The database forgets by its own clock: one that shows a past day must not empty it at once.
  expect(removeAt.getTime()).toBeGreaterThan(Date.now())
})

test('somebody else’s form is never written into, whoever knows its address', async () => {
  const phone = browser()
  const { confirm, channel } = await fillIn(phone)
  const other = browser({ name: 'Other' })
  const forged = await other.press(channel, { channel: 'mail', mail: 'other@example.jp' })
  expect(forged.url).not.toContain(confirm.url.split('=')[1])
  expect((await phone.open(confirm.url)).page).toContain('taro@example.jp')
})

test('a mistake stays on its own screen: Reload shows it again, Back shows it corrected', async () => {
  const phone = browser()
  const { date } = await fillIn(phone)
  const wrong = await phone.press(await phone.open(date.url), { month: '13' })
  expect(wrong.url).toBe(date.url)
  for (const shown of [wrong, await phone.open(wrong.url)]) {
    expect(shown.page).toContain('<title>エラー: ')
    expect(formOf(shown.page)).toMatchObject({ month: '13' })
  }
  await phone.press(wrong, DATE)
  expect((await phone.open(date.url)).page).not.toContain('エラー')
})

test('one button pressed twice sends one mail; after Back it is a new one', async () => {
  const phone = browser()
  const { confirm } = await fillIn(phone)
  const consent = { consent: 'yes' }
  const twice = await Promise.all([phone.press(confirm, consent), phone.press(confirm, consent)])
  for (const { url } of twice) expect(url).toMatch(/^\/r\/999016\/sent\?d=/)
  expect(web.sent.mails).toHaveLength(1)
  const typo = await phone.open(/href="([^"]+\/channel\?d=[^"]+)"/.exec(twice[0].page)![1]!)
  expect(formOf(typo.page)).toMatchObject({ mail: 'taro@example.jp', day: '13' })
  await phone.press(await phone.open(confirm.url), consent)
  expect(web.sent.mails).toHaveLength(2)
})

test('two windows are two forms', async () => {
  const phone = browser()
  const first = await fillIn(phone)
  const second = await phone.press(await phone.open('/r/999016'), {
    channel: 'mail',
    mail: 'other@example.jp',
  })
  expect(formOf(second.page)).not.toHaveProperty('s')
  expect((await phone.open(first.confirm.url)).page).toContain('taro@example.jp')
})

test('after an hour Reload says so, and what the open page holds is still taken', async () => {
  const phone = browser()
  const { area } = await fillIn(phone)
  web.clock.now = new Date('2026-11-23T02:00:01Z')
  const ended = await phone.open(area.url)
  expect(ended.status).toBe(410)
  expect(ended.page).toContain('1 時間で消えます')
  const confirm = await phone.press(area)
  expect(confirm.page).toContain('taro@example.jp')
})

test('a screen nobody has come to yet leads to the beginning, with the link’s own part', async () => {
  const ended = await browser().open('/r/999016/confirm?s=poster')
  expect(ended.status).toBe(410)
  expect(ended.page).toContain('href="/r/999016?s=poster"')
  expect((await browser().open('/r/999016/nowhere')).status).toBe(404)
})

test('the form that is kept ends by itself', async () => {
  const indexes = await web.collections.keptForms.indexes()
  expect(indexes).toContainEqual(expect.objectContaining({ expireAfterSeconds: 0 }))
})

test('the pages of a reader: Back, two presses and a child that is gone', async () => {
  const phone = browser()
  const { readerId, childId } = await web.readers.register(registration({ address: TARO }))
  const link = new URL(web.links.askedPageUrl(readerId)).pathname
  const { url: base } = await phone.press(await phone.open(link))
  const form = await phone.open(`${base}/children/${childId}/dates`)
  const said = await phone.press(form, { day: '20' })
  expect(said.url).toMatch(/\/dates\/check\?d=[\w-]{22}$/)
  expect(said.isReloadable).toBe(true)
  expect(formOf((await phone.open(form.url)).page)).toMatchObject({ day: '20' })
  const saved = await Promise.all([
    phone.press(said, { go: 'save' }),
    phone.press(said, { go: 'save' }),
  ])
  for (const { url } of saved) expect(url).toBe(`${base}?done=dates`)
  const back = await phone.open(said.url)
  expect(formOf(back.page)).toMatchObject({ day: '20' })
  expect(back.url.split('?')[0]).toBe(form.url.split('?')[0])

  const stop = `${base}/children/${childId}/stop`
  const stopped = await phone.press(await phone.open(stop))
  expect(stopped).toMatchObject({ url: `${base}/stopped`, isReloadable: true })
  expect((await phone.open(stop)).page).toContain('この子の配信は、あなたには届いていません。')
  const gone = await phone.open(form.url)
  expect(gone.status).toBe(404)
  expect(gone.page).toContain('いまの登録にないお子さんです')
})
