// The chief: who approved what, whom publishing reaches, a withdrawal that says how far the text had
// gone, what is due for review, and the audit log as a file.
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { addDays, localDayOf } from '../../src/stage/day'
import { logIn, reviewPanel, stateOf } from './admin'
import { openPerson, PHONE } from './browser'
import { openBrowser } from './chromium'
import { openCmsApi, type CmsApi } from './cmsApi'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'
import { looksSound } from './look'
import { follow, newestMail } from './registration'

const SCENE_MS = 180_000

/** A day of this test alone, in the series 0〜3歳. */
const AGE = 907
const TITLE = '監修責任者の見本 907日'
const BODY = '見本: 監修責任者が公開する文です。'
const WARD = '131997'
/** The worker asks the CMS for what is new every ten seconds; its log is not ours to read here. */
const SYNC_MS = 11_000

let kizuna: Addresses
let browser: Browser
let page: Page
let chief: CmsApi
let manuscript: string

beforeAll(async () => {
  kizuna = await openFixture()
  browser = await openBrowser()
  chief = await openCmsApi(kizuna, 'chief')
  manuscript = await write(await openCmsApi(kizuna, 'editor'))
  const context = await openPerson(browser)
  page = await context.newPage()
  await logIn(page, kizuna, 'chief')
}, FIXTURE_MS)

afterAll(() => browser.close())

test(
  'the dashboard says what waits, where the texts stand and what was delivered',
  async () => {
    for (const name of ['あなたを待っているもの', '原稿の状態', '見直し期限', '配信した数']) {
      await page.getByRole('region', { name }).locator('dl, ul, p').first().waitFor()
    }
    await page.getByText('数えています…').first().waitFor({ state: 'detached' })
    const numbers = page.getByRole('region', { name: '配信した数' })
    await numbers
      .getByText(/受付済み|まだ日報がありません/)
      .first()
      .waitFor()
    await looksSound(page, 'chief-dashboard')
  },
  SCENE_MS,
)

test(
  'the chief publishes where she approved, and is told before how many readers it reaches',
  async () => {
    await page.goto(`${kizuna.admin}/desk`)
    await page.locator('.kizuna-card', { hasText: TITLE }).getByRole('link').click()
    const verdict = page.getByRole('region', { name: '監修の判断' })
    const press = (label: string) =>
      verdict.getByRole('button', { name: label, exact: true }).click()
    await press('承認する')
    await press('承認する')
    await verdict.getByText('✓ 承認しました。').waitFor()
    const again = verdict.getByRole('button', { name: '承認する', exact: true })
    expect(await again.count()).toBe(0)
    await verdict.getByRole('button', { name: '公開する', exact: true }).dblclick()
    const told = verdict.locator('.kizuna-figures', {
      hasText: /この原稿は \d+ 自治体で使われます。/,
    })
    await told.waitFor()
    expect(await told.innerText()).toMatch(/人|分かりません/)
    await looksSound(page, 'chief-reach')
    await verdict.getByLabel('日時を決めて公開する').check()
    await verdict.getByLabel(/^公開する日時/).fill('2020-01-01T09:00')
    await press('公開を予約する')
    await verdict.getByRole('alert').getByText('いまより後で').waitFor()
    expect(await verdict.getByLabel(/^公開する日時/).inputValue()).toBe('2020-01-01T09:00')
    await looksSound(page, 'chief-past-time')
    await press('やめる')
    await page.goto(`${kizuna.admin}/desk`)
    const ready = page.getByRole('region', { name: /^公開できる原稿/ })
    await ready.locator('.kizuna-card', { hasText: TITLE }).getByText('初めての公開です').waitFor()
    await looksSound(page, 'chief-desk')
    await ready.locator('.kizuna-card', { hasText: TITLE }).getByRole('link').click()
    await press('公開する')
    await press('公開する')
    await verdict.getByText('この内容が、配信日になった読者に届いています。').waitFor()
    await verdict.getByRole('link', { name: /次の原稿へ\(あと \d+ 件\)|に戻る/ }).waitFor()
    await looksSound(page, 'chief-published')
  },
  SCENE_MS,
)

test(
  'the release shows who approved it, as what and when, in Japan’s time',
  async () => {
    const { body } = await chief.get(`/kizuna-releases?where[key][equals]=manuscript:${manuscript}`)
    await page.goto(`${kizuna.admin}/collections/kizuna-releases/${String(body.docs?.[0]?.id)}`)
    await page.locator('.doc-header__title', { hasText: `${TITLE} 第1版` }).waitFor()
    const approvals = page.locator('.kizuna-approvals')
    await approvals.getByText('監修責任者として').waitFor()
    expect(await approvals.innerText()).toMatch(/見本 みちる[\s\S]*\d+年\d+月\d+日\(.\) \d+:\d\d/)
    await looksSound(page, 'chief-release')
    await page.goto(`${kizuna.admin}/collections/kizuna-releases`)
    await page.locator('.table').getByText(`${TITLE} 第1版`).first().waitFor()
    await looksSound(page, 'chief-releases')
  },
  SCENE_MS,
)

test(
  'a family gets it; then it is withdrawn with a reason, and the worker reports how far it was',
  async () => {
    await sleep(SYNC_MS)
    await registerBorn('chiefs-reader@example.jp')
    await page.goto(`${kizuna.admin}/collections/kizuna-manuscripts/${manuscript}`)
    const panel = reviewPanel(page)
    await panel.getByRole('button', { name: '取り下げる', exact: true }).click()
    await panel.getByText('取り下げる理由').waitFor()
    await panel.locator('textarea').fill('見本: 数字に誤りがありました。')
    await panel.getByRole('button', { name: '取り下げる', exact: true }).click()
    await stateOf(page, '取り下げ済み').waitFor()
    await panel.getByText('取り下げ: 送信済み 5 人未満(1 自治体の報告から)').waitFor()
    await looksSound(page, 'chief-withdrawn')
  },
  SCENE_MS,
)

test(
  'what is due for review has a page, on a phone too',
  async () => {
    await page.goto(`${kizuna.admin}/due-reviews`)
    await page.getByRole('heading', { name: '見直し期限' }).waitFor()
    await looksSound(page, 'chief-due')
  },
  SCENE_MS,
)

test(
  'the audit log goes into a file that Excel opens, with what was just done',
  async () => {
    await page.goto(`${kizuna.admin}/collections/kizuna-audit-log`)
    const form = page.getByRole('form', { name: '操作の記録の書き出し' })
    await form.getByLabel('ここから').fill(localDayOf(new Date()))
    await looksSound(page, 'chief-audit')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      form.getByRole('button', { name: 'CSV で書き出す' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text.charCodeAt(0)).toBe(0xfeff)
    const own = text.split('\r\n').filter((line) => line.includes(manuscript))
    expect(own.map((line) => line.split(',')[1])).toEqual([
      '作成',
      '監修に出した',
      '承認',
      '公開',
      '取り下げ',
    ])
  },
  SCENE_MS,
)

async function write(editor: CmsApi): Promise<string> {
  const { body: found } = await editor.get('/kizuna-series?where[code][equals]=infant')
  const answer = await editor.send('POST', '/kizuna-manuscripts?draft=true', {
    series: found.docs?.[0]?.id,
    slot: `day${AGE}`,
    edition: 'standard',
    kind: 'stage',
    title: TITLE,
    subject: '見本の件名',
    body: BODY,
    topics: ['daily'],
    ageBasis: 'calendar',
    monthRule: 'friendly',
  })
  expect(answer).toMatchObject({ status: 201 })
  const id = String((answer.body.doc as { id: unknown }).id)
  expect((await editor.send('POST', `/kizuna-manuscripts/${id}/submit`, {})).status).toBe(200)
  return id
}

/** A family whose child is exactly as old as the text is for; its welcome brings today's text. */
async function registerBorn(mail: string): Promise<void> {
  const context = await openPerson(browser, { viewport: PHONE })
  const phone = await context.newPage()
  await phone.goto(`${kizuna.web}/r/${WARD}`)
  await phone.getByLabel('メールで受け取る').check()
  await phone.getByLabel('メールアドレス').fill(mail)
  await phone.getByRole('button', { name: '次へ' }).click()
  const [year = '', month = '', day = ''] = addDays(localDayOf(new Date()), -AGE).split('-')
  await phone.getByLabel('生まれている', { exact: true }).check()
  await phone.getByLabel('年', { exact: true }).fill(year)
  await phone.getByLabel('月', { exact: true }).fill(month)
  await phone.getByLabel('日', { exact: true }).fill(day)
  await phone.getByRole('button', { name: '次へ' }).click()
  await phone.getByLabel('母', { exact: true }).check()
  await phone.getByRole('button', { name: '次へ' }).click()
  await phone.waitForURL(/\/(area|confirm)\?/)
  if (new URL(phone.url()).pathname.endsWith('/area')) {
    await phone.getByRole('button', { name: '次へ' }).click()
  }
  await phone.getByLabel('読んで、同意します').check()
  await phone.getByRole('button', { name: 'この内容で登録する' }).click()
  await phone.getByRole('heading', { name: '確認のメールを送りました' }).waitFor()
  const inbox = await context.newPage()
  await inbox.goto(`${kizuna.inbox}?mail=${mail}`)
  const confirmation = await follow(inbox, newestMail(inbox).getByRole('link').first())
  await confirmation.getByRole('button', { name: '登録を完了する' }).click()
  await newestMail(inbox).getByText(BODY, { exact: true }).waitFor()
  await context.close()
}
