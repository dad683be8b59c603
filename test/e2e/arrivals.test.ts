// Task 9 of the editorial side: what arrives on a day, and in one child's whole life.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { as } from './admin'
import { findingsOf, PHONE } from './browser'
import { openBrowser } from './chromium'
import { openCmsApi } from './cmsApi'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'
import { pictureOf } from './pictureOf'

let kizuna: Addresses
let browser: Browser

beforeAll(async () => {
  kizuna = await openFixture()
  browser = await openBrowser()
}, FIXTURE_MS)

afterAll(() => browser.close())

test('An editor picks a date and a municipality and sees the composed text of every slot', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    await page.goto(`${kizuna.admin}/this-day`)
    await page.getByLabel('自治体').selectOption({ label: 'ひなた野市' })
    await page.getByLabel('日付').fill('2026-10-07')
    await page.getByRole('button', { name: '見る' }).click()
    await page.getByRole('heading', { name: '2026年10月7日(水) ひなた野市' }).waitFor()
    const unborn = page.getByRole('region', { name: /妊娠中/ })
    const row = unborn.locator('details', { hasText: '妊娠24週0日' })
    await row.getByText('出産予定日 2027年1月27日(水)').waitFor()
    await row.locator('summary').click()
    const standard = row.getByRole('region', { name: '標準' })
    await standard.locator('.kizuna-line__bubble', { hasText: '000-0200-0001' }).waitFor()
    await standard.locator('.kizuna-mail__subject').waitFor()
    await row.getByRole('region', { name: 'やさしい日本語' }).locator('.kizuna-line').waitFor()
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
    await pictureOf(page, 'this-day')
    await seeOnPhone(page, 'this-day')
  })
}, 120_000)

test('on a slow machine nothing jumps away while the page begins', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    const slow = await page.context().newCDPSession(page)
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 5 })
    await page.goto(`${kizuna.admin}/this-day?view=life&due=2027-03-01&birth=2027-02-26`)
    await page.locator('.template-default--nav-hydrated').waitFor()
    await page.waitForTimeout(3000) // the menu settles after the script has run
    expect(await shiftsOf(page)).toBeLessThan(0.1) // https://web.dev/articles/cls
  })
}, 60_000)

test('and for one invented child the texts of its whole life', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    await page.goto(`${kizuna.admin}/this-day?view=life`)
    await page.getByText('架空の子の出産予定日か誕生日を入れて').first().waitFor()
    await page.getByLabel('自治体').selectOption({ label: 'ひなた野市' })
    await page.getByLabel('出産予定日').fill('2027-03-01')
    await page.getByLabel('誕生日').fill('2027-02-26')
    await page.getByRole('button', { name: '見る' }).click()
    const life = page.getByRole('region', { name: '届く順' })
    await life.getByRole('heading', { name: '妊娠中' }).waitFor()
    await life.getByRole('heading', { name: '2歳', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    const born = life.locator('details', { hasText: '2027年2月26日(金)' })
    await born.getByText('生後0日', { exact: true }).waitFor()
    await born.locator('summary').click()
    await born.locator('.kizuna-line__bubble').first().waitFor()
    await life.getByRole('button', { name: /届かないもの/ }).click()
    await life
      .getByText(/自治体が使わない版かシリーズの範囲/)
      .first()
      .waitFor()
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
    await pictureOf(page, 'life')
    await seeOnPhone(page, 'life')
  })
}, 120_000)

test('municipal staff find their own municipality only', async () => {
  await as({ browser, kizuna }, 'shiokaze-editor', async (page) => {
    await page.goto(`${kizuna.admin}/this-day`)
    const places = page.getByLabel('自治体').locator('option')
    expect(await places.allTextContents()).toEqual(['しおかぜ町'])
    await page.goto(`${kizuna.admin}/calendar`)
    await page.getByRole('heading', { name: /しおかぜ町 / }).waitFor()
    expect(await page.getByRole('link', { name: 'ほかの自治体を選ぶ' }).count()).toBe(0)
    await page.locator('select[name=month]').selectOption({ label: '2026年12月' })
    await page.getByRole('button', { name: '見る' }).click()
    await page.getByRole('link', { name: /12月\s*1日/ }).click()
    await page.getByRole('heading', { name: '2026年12月1日(火) しおかぜ町' }).waitFor()
    await page.goto(`${kizuna.admin}/calendar?month=2026-12`)
    await page.getByRole('link', { name: '1 家族に届く数' }).click()
    await page.getByRole('heading', { name: 'しおかぜ町 2026年12月に 1 家族に届く数' }).waitFor()
    await page.getByText(/^いちばん多いのは.+で、1 か月に \d+ 通です。/).waitFor()
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
    await pictureOf(page, 'balance')
    await seeOnPhone(page, 'balance')
    await page.getByRole('link', { name: /^見る\s*\(1歳\)/ }).click()
    await page.waitForURL(/\/this-day\?.*view=life.*&birth=20/)
  })
  const [chief, staff] = await Promise.all([
    openCmsApi(kizuna, 'chief'),
    openCmsApi(kizuna, 'shiokaze-editor'),
  ])
  const { body } = await chief.get('/kizuna-municipalities?where[name][equals]=ひなた野市')
  const other = String(body.docs?.[0]?.id)
  const question = `/arrivals?municipality=${other}&date=2026-10-07&due=2027-01-27`
  expect((await staff.get(question)).status).toBe(404)
  expect((await chief.get(question)).status).toBe(200)
  expect((await chief.get(`/arrivals?municipality=${other}&date=10月7日`)).status).toBe(400)
}, 60_000)

/** How much of the page has jumped since it began, without being pressed. */
function shiftsOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number })[]
          resolve(shifts.reduce((sum, { value }) => sum + value, 0))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(0), 500)
      }),
  )
}

async function seeOnPhone(page: Page, name: string) {
  await page.setViewportSize(PHONE)
  const isTooWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect(isTooWide).toBe(false)
  await pictureOf(page, name)
}
