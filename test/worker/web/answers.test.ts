// What somebody answers at a registration: by weeks, by era, not yet, in another language, once more.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

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

const MAIL = { channel: 'mail', mail: 'taro@example.jp' }
const DATE = { anchor: 'dueDate', year: '2027', month: '3', day: '13' }

type Phone = ReturnType<typeof openBrowser>

async function openDate(phone: Phone, search = ''): Promise<Shown> {
  return phone.press(await phone.open(`/r/999016${search}`), MAIL)
}

async function openConfirm(phone: Phone): Promise<Shown> {
  const relation = await phone.press(await openDate(phone), DATE)
  return phone.press(await phone.press(relation, { relation: 'father' }), { area: '南' })
}

test.each([
  { weeks: '24', days: '2', due: '2027年3月13日(土)', stage: '妊娠24週2日' },
  { weeks: '２４週', days: '', due: '2027年3月15日(月)', stage: '妊娠24週0日' },
  { weeks: '40', days: '0', due: '2026年11月23日(月)', stage: '妊娠40週0日' },
])(
  '「いま妊娠$weeks週$days日」 is said back as $due, and stays that day',
  async ({ weeks, days, due, stage }) => {
    const phone = openBrowser(web.url)
    const date = await openDate(phone)
    const relation = await phone.press(date, { anchor: 'weeks', weeks, days })
    expect(relation.page).toContain(`今日は${stage}です。<br />出産予定日は${due}です。`)
    expect(formOf(relation.page)).toMatchObject({ anchor: 'dueDate' })
    expect(formOf((await phone.open(date.url)).page)).not.toHaveProperty('weeks', weeks)
  },
)

test.each([
  { weeks: '', days: '2', says: '妊娠の週数を入れてください' },
  { weeks: '43', days: '', says: '0 から 42' },
  { weeks: '半', days: '', says: '0 から 42' },
  { weeks: '24', days: '7', says: '0 から 6' },
])('「$weeks週$days日」 is no stage: $says', async ({ weeks, days, says }) => {
  const phone = openBrowser(web.url)
  const wrong = await phone.press(await openDate(phone), { anchor: 'weeks', weeks, days })
  expect(wrong.page).toContain(says)
  expect(wrong.page).toContain('href="#weeks"')
  expect(formOf(wrong.page)).toMatchObject({ weeks, days })
})

test.each([
  { era: 'R', year: '9', said: '2027年3月13日(土)' },
  { era: '', year: '2027', said: '2027年3月13日(土)' },
  { era: 'R', year: '2027', said: '2027年3月13日(土)' },
  { era: 'H', year: '令和9', said: '2027年3月13日(土)' },
])(
  'the year $year beside the era "$era" is as the handbook prints it',
  async ({ said, ...typed }) => {
    const phone = openBrowser(web.url)
    const relation = await phone.press(await openDate(phone), { ...DATE, ...typed })
    expect(relation.page).toContain(said)
  },
)

test('who does not know the date yet is told kindly how to', async () => {
  const phone = openBrowser(web.url)
  const end = await phone.press(await openDate(phone, '?s=poster'), { anchor: 'unknown' })
  expect(end.url).toMatch(/^\/r\/999016\/unknown\?s=poster&d=[\w-]{22}$/)
  expect(end.page).toContain('出産予定日がわかってから登録できます')
  expect(end.page).toContain('まだ何も登録していません')
  // in another browser and after an hour it leads to the beginning, and opens nothing
  const elsewhere = await openBrowser(web.url, { name: 'Other' }).open(end.url)
  expect(elsewhere.page).toContain('href="/r/999016?s=poster"')
  expect(elsewhere.page).not.toContain('1 時間だけ残ります')
})

test('who goes back from there finds the question again, and nothing is typed twice', async () => {
  const phone = openBrowser(web.url)
  const date = await openDate(phone, '?s=poster')
  const end = await phone.press(date, { anchor: 'unknown' })
  expect(end.page).toContain('入れた内容は、このブラウザに 1 時間だけ残ります。')
  expect(end.page).not.toMatch(/taro|example\.jp/)
  const way = /class="button main" href="([^"]+)"/.exec(end.page)![1]!
  for (const path of [way, date.url]) {
    const back = await phone.open(path.replaceAll('&amp;', '&'))
    expect(back.url).toBe(date.url)
    expect(formOf(back.page)).toMatchObject({ s: 'poster', mail: 'taro@example.jp' })
    expect(formOf(back.page)).not.toHaveProperty('anchor')
  }
  const next = await phone.press(await phone.open(way), DATE)
  expect(next.url).toContain('/relation?')
  const confirm = await phone.press(await phone.press(next, { relation: 'mother' }))
  expect(confirm.page).toContain('taro@example.jp')
})

test('the language can be changed there, and what was typed stays', async () => {
  const phone = openBrowser(web.url)
  const date = await openDate(phone)
  const end = await phone.press(date, { anchor: 'unknown' })
  const other = /href="([^"]+\/unknown[^"]*)"/.exec(end.page)![1]!
  const easy = await phone.open(other.replaceAll('&amp;', '&'))
  expect(easy.page).toContain('class="spaced"')
  const way = /class="button main" href="([^"]+)"/.exec(easy.page)![1]!
  const back = await phone.open(way)
  expect(formOf(back.page)).toMatchObject({ mail: 'taro@example.jp' })
  expect(back.page).toContain('class="spaced"')
})

test('each answer can be corrected, and comes back to the answers', async () => {
  const phone = openBrowser(web.url)
  const confirm = await openConfirm(phone)
  const links = [...confirm.page.matchAll(/href="(\/r\/999016\/(\w+)\?d=[^"]+)"/g)]
  expect(links.map(([, , screen]) => screen)).toEqual([
    'date',
    'count',
    'channel',
    'relation',
    'edition',
    'area',
  ])
  const corrections: Record<string, [Record<string, string>, string]> = {
    date: [{ day: '20' }, '2027年3月20日'],
    channel: [{ mail: 'jiro@example.jp' }, 'jiro@example.jp'],
    count: [{ count: '3' }, '3人(みつご)'],
    relation: [{ relation: 'grandparent' }, '祖父母'],
    area: [{ area: '北' }, '北'],
  }
  for (const [, href = '', screen = ''] of links) {
    const [typed, said] = corrections[screen] ?? [{}, '標準']
    const opened = await phone.open(href.replaceAll('&amp;', '&'))
    expect(opened.page).not.toContain('class="step"')
    const back = await phone.press(opened, typed)
    expect(back.url).toMatch(/\/confirm\?d=/)
    expect(back.page).toContain(said)
  }
})

test('twins are said among the answers: nobody else has a question more', async () => {
  const phone = openBrowser(web.url)
  const confirm = await openConfirm(phone)
  expect(confirm.page).toContain('登録 5 / 5')
  expect(confirm.page).toContain('1人')
  const href = /href="(\/r\/999016\/count\?d=[^"]+)"/.exec(confirm.page)![1]!
  const opened = await phone.open(href.replaceAll('&amp;', '&'))
  expect(opened.page).toContain('何人のお子さんですか')
  const wrong = await phone.press(opened, { count: '9' })
  expect(wrong.page).toContain('お子さんの人数を選んでください。')
  const back = await phone.press(wrong, { count: '2' })
  expect(back.page).toContain('2人(ふたご)')
  await phone.press(back, { consent: 'yes' })
  const path = new URL(/https:\S+/.exec(web.sent.mails[0]!.text)![0]).pathname
  const done = await phone.press(await phone.open(path))
  expect(done.page).toContain('2人(ふたご)')
  expect(await web.collections.children.find().toArray()).toMatchObject([
    { dueDate: '2027-03-13', isApart: true },
    { dueDate: '2027-03-13', isApart: true },
  ])
})

test('a correction with a mistake stays a correction', async () => {
  const phone = openBrowser(web.url)
  const confirm = await openConfirm(phone)
  const href = /href="(\/r\/999016\/date\?d=[^"]+)"/.exec(confirm.page)![1]!
  const opened = await phone.open(href.replaceAll('&amp;', '&'))
  const wrong = await phone.press(opened, { month: '13' })
  expect(wrong.page).toContain('エラー')
  expect((await phone.press(wrong, { month: '4' })).url).toMatch(/\/confirm\?d=/)
  expect((await phone.press(opened, { go: 'confirm' })).url).toMatch(/\/confirm\?d=/)
})

test('another language keeps what was typed, and is the edition unless one was chosen', async () => {
  const phone = openBrowser(web.url)
  const date = await openDate(phone)
  const easy = await phone.press(date, { go: 'words:easy', year: '2027', month: '3' })
  expect(easy.url).toBe(date.url)
  expect(easy.page).toContain('子(こ)どもの ことを 教(おし)えてください')
  expect(easy.page).not.toContain('エラー')
  expect(formOf(easy.page)).toMatchObject({ year: '2027', month: '3', lang: 'easy' })
  const wrong = await phone.press(easy, { anchor: 'dueDate', day: '40' })
  expect(wrong.page).toContain('2027年(ねん) 3月(がつ) 40日(にち)という 日(ひ)は ありません。')
  const relation = await phone.press(wrong, { day: '13' })
  const area = await phone.press(relation, { relation: 'mother' })
  const confirm = await phone.press(area)
  expect(confirm.page).toContain('やさしい日本語(にほんご)')
  await phone.press(confirm, { consent: 'yes' })
  const [asked] = await web.collections.confirmations.find().toArray()
  expect(asked).toBeDefined()
  const path = new URL(/https:\S+/.exec(web.sent.mails[0]!.text)![0]).pathname
  await phone.press(await phone.open(path))
  const [reader] = await web.collections.readers.find().toArray()
  expect(reader).toMatchObject({ edition: 'easy', relation: 'mother' })
})

test('a leaflet’s link can open the pages in another language', async () => {
  const phone = openBrowser(web.url)
  const opened = await phone.open('/r/999016?lang=easy')
  expect(opened.page).toContain('どこで お知(し)らせを もらいますか')
  expect((await phone.open('/r/999016?lang=klingon')).page).toContain('どこで お知(し)らせを')
  const other = openBrowser(web.url, { name: 'Other' })
  expect((await other.open('/r/999016?lang=klingon')).page).toContain('どちらで受け取りますか')
  expect((await phone.open('/r/999016/unknown?lang=easy')).page).toContain('わかってから')
})
