// Who will never get a text is told so before and after the registration, instead of welcomed.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { liveContent } from '../../../src/release/live'
import { release, settings as townSettings, text } from '../../src/plan/town'
import { registration, TARO } from '../readers/openStore'
import { settings } from '../readers/settings'
import { formOf, openWeb } from './openWeb'

const { series } = townSettings()
const [pregnancy, child] = series
const FIRST_YEAR = { ...child!, to: 'month12' }

const TOWNS = [
  settings({ series, areas: ['北'] }),
  settings({ code: '999024', name: 'うみべ町', series: [FIRST_YEAR] }),
  settings({ code: '999032', name: 'もり市', series: [] }),
  settings({ code: '999041', name: 'とじた町', isActive: false, series }),
  settings({
    code: '999059',
    name: 'おわる町',
    series: [{ ...pregnancy!, effectiveTo: '2026-11-30' }],
  }),
]
const TEXTS = [
  release(text({ slot: '24w4d' })),
  release(text({ slot: '30w0d' })),
  release(text({ slot: 'day45' })),
  release(text({ slot: 'month24', edition: 'easy' })),
]

let web: Awaited<ReturnType<typeof openWeb>>

beforeAll(async () => {
  web = await openWeb({ towns: TOWNS })
  web.state.content = liveContent(TEXTS)
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
})
afterEach(() => {
  web.state.gone = new Set()
  web.clock.now = new Date('2026-11-23T01:00:00Z')
})

const DUE = { anchor: 'dueDate', year: '2027', month: '3', day: '13' }
const TWO_YEARS = { anchor: 'birthDate', year: '2024', month: '12', day: '1' }

/** The last screen for a family of a town. */
async function confirmPage(code: string, typed: Record<string, string>) {
  const filled = { screen: 'area', channel: 'mail', mail: 'taro@example.jp', relation: 'father' }
  const answer = await web.post(`/r/${code}`, { ...filled, go: 'next', ...typed })
  return (await web.land(answer)).text()
}

test.each([
  ['999016', DUE, '次の文は、2026年11月25日(水)の 9:00 ごろから順に届く予定です。'],
  ['999024', DUE, 'うみべ町には、いまの妊娠の時期の文がありません。'],
  ['999059', DUE, '次の文は、2026年11月25日(水)'],
] as const)('in %s, %j: %s', async (code, typed, says) => {
  const page = await confirmPage(code, typed)
  expect(page).toContain('この内容で登録しますか')
  expect(page).toContain(says)
})

test.each([
  ['999024', TWO_YEARS, '今日は1歳11か月'],
  ['999032', DUE, '今日は妊娠24週2日です'],
  ['999059', { ...DUE, month: '8', day: '13' }, '今日は妊娠2週3日です'],
] as const)('in %s, %j can get nothing, and nothing is registered', async (code, typed, says) => {
  const date = { ...typed, screen: 'date', channel: 'mail', mail: 'taro@example.jp' }
  const end = await web.post(`/r/${code}`, { ...date, go: 'next' })
  expect(end.headers.get('location')).toMatch(new RegExp(`^/r/${code}/nothing`))
  const page = await (await web.land(end)).text()
  expect(page).toContain('いま、お届けできる文がありません')
  expect(page).toContain(says)
  expect(page).toContain('登録はしていません')
  const again = /href="([^"]+\/date\?d=[^"]+)"/.exec(page)![1]!
  expect(formOf(await (await web.get(again)).text())).toMatchObject({ year: typed.year })
  const all = { ...date, screen: 'confirm', relation: 'father', consent: 'yes', once: 'x' }
  const pressed = await web.post(`/r/${code}`, { ...all, go: 'next' })
  expect(pressed.headers.get('location')).toMatch(/nothing/)
  expect(web.sent.mails).toEqual([])
  expect(await web.collections.confirmations.countDocuments()).toBe(0)
})

test('who can get texts in another edition alone is asked for it, and is registered with it', async () => {
  const page = await confirmPage('999016', TWO_YEARS)
  expect(page).toContain('文章の書き方で「やさしい日本語」を選ぶと届きます。')
  expect(page).toContain('<title>エラー: 文章の書き方を選んでください')
  const answers = { ...formOf(page), edition: 'easy', go: 'next' }
  const confirm = await (await web.land(await web.post('/r/999016', answers))).text()
  expect(confirm).toContain('これで 登録(とうろく)しますか')
  const all = { ...formOf(confirm), consent: 'yes', go: 'next' }
  expect((await web.post('/r/999016', all)).headers.get('location')).toMatch(/sent/)
  expect(web.sent.mails).toHaveLength(1)
})

test('after today’s hours the next text is another day’s', async () => {
  web.clock.now = new Date('2026-11-25T01:00:00Z')
  expect(await confirmPage('999016', DUE)).toContain('きょうの文があります。')
  web.clock.now = new Date('2026-11-25T11:00:00Z')
  expect(await confirmPage('999016', DUE)).toContain('次の文は、2027年1月2日(土)')
})

test.each([
  { dates: { dueDate: '2027-03-13' }, title: '登録しました', welcomes: 1 },
  { dates: { birthDate: '2020-01-01' }, title: 'いま届く文はありません', welcomes: 0 },
])('after the confirmation: $title', async ({ dates, title, welcomes }) => {
  const asked = await web.readers.requestConfirmation(registration({ address: TARO, child: dates }))
  const done = await web.land(await web.post(`/confirm/${asked!.token}`))
  const page = await done.text()
  expect(page).toContain(title)
  expect(page).toContain(welcomes ? '次の文は、2026年11月25日' : '下の窓口におたずねください')
  expect(web.sent.welcomes).toHaveLength(welcomes)
  const [reader] = await web.readers.findByIdentity(TARO)
  const own = await web.get(await web.enter(web.links.askedPageUrl(reader!._id)))
  expect(await own.text()).toContain(welcomes ? '次の文は、2026年11月25日' : 'の文がありません')
})

test.each([
  ['24w4d', '次の文は、2027年1月2日(土)'],
  ['day45', 'きょうの文があります。'],
])('when a text of %s has gone out today: %s', async (slot, says) => {
  web.clock.now = new Date('2026-11-25T01:00:00Z')
  web.state.gone = new Set([slot])
  const child = { dueDate: '2027-03-13' }
  const asked = await web.readers.requestConfirmation(registration({ address: TARO, child }))
  const done = await web.land(await web.post(`/confirm/${asked!.token}`))
  expect(await done.text()).toContain(says)
})

test('a town whose deliveries pause says so', async () => {
  const page = await (await web.get('/r/999041')).text()
  expect(page).toContain('とじた町の配信は、いまお休みしています')
  expect(formOf(page)).toEqual({})
  expect(await (await web.get('/r/999999')).text()).toContain('ページが見つかりません')
})
