// The editor of the やさしい日本語版: what changed in the standard edition, and advice on the words.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { as, logIn } from './admin'
import { eventually, findingsOf, openPerson, PHONE } from './browser'
import { openBrowser } from './chromium'
import { openCmsApi, type CmsApi } from './cmsApi'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'
import { pictureOf } from './pictureOf'

/** Days of this test alone, in the series 0〜3歳. */
const DAYS = { changed: 'day871', missing: 'day872', withdrawn: 'day873' }

let kizuna: Addresses
let browser: Browser
let editor: CmsApi
let chief: CmsApi
let series: string

beforeAll(async () => {
  kizuna = await openFixture()
  browser = await openBrowser()
  editor = await openCmsApi(kizuna, 'editor')
  chief = await openCmsApi(kizuna, 'chief')
  const { body } = await editor.get('/kizuna-series?where[code][equals]=infant')
  series = String(body.docs?.[0]?.id)
}, FIXTURE_MS)

afterAll(() => browser.close())

test('the editor sees what changed in the standard edition and brings the easy text in line', async () => {
  const standard = await write('changed', 'standard', 'お酒は控えてください。')
  await publish(standard)
  const easy = await write('changed', 'easy', 'お酒(さけ)を飲(の)まないでください。')
  await editor.save(`/kizuna-manuscripts/${standard}`, { body: 'お酒とたばこは控えてください。' })
  await publish(standard)
  await as({ browser, kizuna }, 'editor', async (page) => {
    const row = await openRow(page, '標準版が変わった', 'やさしい日本語の見本 changed easy')
    await row.locator('ins', { hasText: 'たばこ' }).waitFor()
    expect(await row.locator('del').count()).toBe(0)
    await look(page, 'plain-changed')
    await row.getByRole('button', { name: '標準版に合わせました' }).click()
    await page.getByText('標準版に合わせたと記録しました。').first().waitFor()
    await row.waitFor({ state: 'detached' })
  })
  const { body } = await editor.get(`/kizuna-manuscripts/${easy}/standard`)
  expect(body.pair).toMatchObject({ state: 'inLine' })
}, 120_000)

test('a missing easy text is started from the standard one, in one click', async () => {
  await publish(await write('missing', 'standard', '健診を受診してください。'))
  await as({ browser, kizuna }, 'editor', async (page) => {
    const row = await openRow(page, '標準版だけがある', 'やさしい日本語の見本 missing standard')
    await row.getByRole('button', { name: '標準版を写して書き始める' }).click()
    await page.locator('.doc-header__title', { hasText: 'やさしい日本語' }).waitFor()
    const panel = plainPanel(page)
    await panel.getByText('標準版と読み比べていない').waitFor()
    await panel.getByText('「受診」は難しい言葉です。').waitFor()
  })
}, 120_000)

test('an easy text whose standard was withdrawn is listed', async () => {
  const standard = await write('withdrawn', 'standard', '取り下げられる文章です。')
  await publish(standard)
  await write('withdrawn', 'easy', 'やさしい文章(ぶんしょう)です。')
  const reason = '見本の取り下げ'
  expect(
    (await chief.send('POST', `/kizuna-manuscripts/${standard}/withdraw`, { reason })).status,
  ).toBe(200)
  await as({ browser, kizuna }, 'editor', async (page) => {
    const row = await openRow(page, '標準版が取り下げられた', 'やさしい日本語の見本 withdrawn easy')
    await row.getByText('監修責任者に相談してください').waitFor()
  })
}, 120_000)

test('advice stands beside the form, puts readings in with a click and never stops saving', async () => {
  const { body } = await editor.get(
    '/kizuna-manuscripts?where[title][equals]=やさしい日本語の見本 changed easy&draft=true',
  )
  const id = String(body.docs?.[0]?.id)
  await as({ browser, kizuna }, 'editor', async (page) => {
    await page.goto(`${kizuna.admin}/collections/kizuna-manuscripts/${id}`)
    const panel = plainPanel(page)
    await panel.getByText('気になるところはありません。').waitFor()
    const text = page.locator('#field-body')
    await text.fill('👶🏻🇯🇵病院で健診を受けられます。')
    await panel.getByText('「病院」に読みがありません。').waitFor()
    await panel.getByText('受け身・可能・敬語').waitFor()
    await panel.getByRole('button', { name: '(びょういん) を入れる' }).click()
    await eventually(async () => {
      expect(await text.inputValue()).toBe('👶🏻🇯🇵病院(びょういん)で健診を受けられます。')
    })
    await panel.getByRole('button', { name: '読みを 2 か所に入れる' }).click()
    await eventually(async () => {
      expect(await text.inputValue()).toBe(
        '👶🏻🇯🇵病院(びょういん)で健診(けんしん)を受(う)けられます。',
      )
    })
    await panel.getByText('に読みがありません').first().waitFor({ state: 'detached' })
    await look(page, 'plain-advice', '.kizuna-panel')
    await page.getByRole('button', { name: '下書きを保存' }).click()
    await page.getByText('更新しました').or(page.locator('.toast-success')).first().waitFor()
  })
  const saved = await editor.get(`/kizuna-manuscripts/${id}?draft=true&depth=0`)
  expect(saved.body.body).toBe('👶🏻🇯🇵病院(びょういん)で健診(けんしん)を受(う)けられます。')
}, 120_000)

test('on a phone; and it is not for everybody', async () => {
  const context = await openPerson(browser, { viewport: PHONE })
  const page = await context.newPage()
  await logIn(page, kizuna, 'editor')
  await page.goto(`${kizuna.admin}/plain`)
  await page.getByRole('group', { name: '状態で選ぶ' }).waitFor()
  await look(page, 'plain-phone')
  const isTooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth
  })
  expect(isTooWide).toBe(false)
  await openAdvice(page)
  await context.close()
  await as({ browser, kizuna }, 'contributor', async (other) => {
    await other.goto(`${kizuna.admin}/plain`)
    await other.getByText('この画面は、あなたの役割では使いません。').waitFor()
    const links = other.getByRole('navigation', { name: '仕事の画面' })
    expect(await links.getByText('やさしい日本語版').count()).toBe(0)
  })
}, 120_000)

/** The panel of the easy text of this test, on the screen as it is. */
async function openAdvice(page: Page): Promise<void> {
  const where = 'where[title][equals]=やさしい日本語の見本 missing standard やさしい日本語'
  const { body } = await editor.get(`/kizuna-manuscripts?${where}&draft=true`)
  await page.goto(`${kizuna.admin}/collections/kizuna-manuscripts/${String(body.docs?.[0]?.id)}`)
  await plainPanel(page).getByText('「受診」は難しい言葉です。').waitFor()
  await plainPanel(page).scrollIntoViewIfNeeded()
  await look(page, 'plain-advice', '.kizuna-panel')
}

function plainPanel(page: Page) {
  return page.getByRole('region', { name: 'やさしい日本語' })
}

/** Opens the page, chooses a state and opens the row with this title. */
async function openRow(page: Page, state: string, title: string) {
  await page.goto(`${kizuna.admin}/plain`)
  await page.getByRole('group', { name: '状態で選ぶ' }).getByRole('button', { name: state }).click()
  await page.getByLabel('シリーズ').selectOption(series)
  const row = page.locator('.kizuna-plain__row', { hasText: title })
  const more = page.getByRole('button', { name: /さらに表示する/ })
  while ((await row.count()) === 0 && (await more.count()) > 0) await more.click()
  await row.locator('summary').first().click()
  return row
}

/** What axe finds, and a picture when there is a folder for it. */
async function look(page: Page, name: string, part?: string): Promise<void> {
  expect(await findingsOf(page, [part ?? '.kizuna-page'])).toEqual([])
  await pictureOf(page, name)
}

async function write(day: keyof typeof DAYS, edition: string, body: string): Promise<string> {
  const answer = await editor.send('POST', '/kizuna-manuscripts?draft=true', {
    series,
    slot: DAYS[day],
    edition,
    kind: 'stage',
    body,
    subject: '件名(けんめい)',
    title: `やさしい日本語の見本 ${day} ${edition}`,
    topics: ['daily'],
    ageBasis: 'calendar',
    monthRule: 'friendly',
  })
  expect(answer).toMatchObject({ status: 201 })
  return String((answer.body.doc as { id: unknown }).id)
}

async function publish(id: string): Promise<void> {
  expect((await editor.send('POST', `/kizuna-manuscripts/${id}/submit`, {})).status).toBe(200)
  expect((await chief.approve(`/kizuna-manuscripts/${id}`)).status).toBe(200)
  expect((await chief.publish(`/kizuna-manuscripts/${id}`)).status).toBe(200)
}
