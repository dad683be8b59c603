// Every page speaks the reader's language, also those that know no reader.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { TOWN } from '../../src/plan/town'
import { registration } from '../readers/openStore'
import { openBrowser } from './browser'
import { openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let easyReader: string

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  easyReader = (await web.readers.register(registration({ edition: 'easy' }))).readerId
})

const linkOf = () => {
  const url = web.links.talkPageUrl({ readerId: easyReader, lineAccount: 'L1' })
  return new URL(url).pathname
}

/** Kanji that nobody reads aloud: each of やさしい日本語 has its reading behind it. */
const UNREAD = /[\p{Script=Han}々]+(?![\p{Script=Han}々]*\()/u
const wordsIn = (page: string) =>
  page
    .slice(page.indexOf('<main>'), page.indexOf('</main>'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/「(登録の内容|登録|配信を止める)」|標準の日本語/g, '')
    .replace(/みなと町|[北南]/g, '') // a town's own words

test('a reader of やさしい日本語 has the whole of their page in it: cards, dates, questions, answers', async () => {
  const phone = openBrowser(web.url)
  const own = await phone.press(await phone.open(linkOf()))
  const paths = ['', '/add', '/about', '/quiet', '?done=dates']
  const card = /href="(\/me\/[^"]+\/birth)"/.exec(own.page)?.[1] ?? ''
  const shown = await Promise.all(
    [...paths.map((path) => `${own.url}${path}`), card, card.replace('birth', 'dates')].map(
      (address) => phone.open(address),
    ),
  )
  for (const { page, status } of shown) {
    expect(status).toBe(200)
    expect(UNREAD.exec(wordsIn(page))?.[0]).toBeUndefined()
  }
})

test.each([
  '/me',
  '/me/open/ended',
  '/text/ended',
  '/stop/ended',
  '/nowhere',
  '/r/000000',
  `/r/${TOWN}/date?d=ended`,
  `/r/${TOWN}/done?d=ended`,
  `/r/${TOWN}/unknown`,
  `/r/${TOWN}?with=ended`,
])('what knows no reader speaks the language that this browser read last: %s', async (address) => {
  const [phone, stranger] = [openBrowser(web.url), openBrowser(web.url, { name: 'Other' })]
  await phone.press(await phone.open(linkOf()))
  const { page } = await phone.open(address)
  expect(page).toContain('class="spaced"')
  expect(UNREAD.exec(wordsIn(page))?.[0]).toBeUndefined()
  expect((await stranger.open(address)).page).not.toContain('class="spaced"')
})

test('the cookie says a language and nothing else; an unknown one is standard Japanese', async () => {
  const { headers } = await fetch(new URL(linkOf(), web.url))
  const cookie = headers.getSetCookie().find((one) => one.startsWith('kizuna-words='))
  expect(cookie).toMatch(/^kizuna-words=easy; Max-Age=\d+; .*HttpOnly/)
  const strange = { cookie: 'kizuna-words=constructor' }
  const page = await (await fetch(new URL('/nowhere', web.url), { headers: strange })).text()
  expect(page).toContain('ページが見つかりません')
})

test('the contact page is read in each language, from its own address', async () => {
  const phone = openBrowser(web.url)
  const { page } = await phone.open('/r/999024/contact?lang=easy')
  expect(page).toContain('困(こま)ったこと')
  expect(page).toContain('?lang=standard')
})
