// Task 1 of the editorial side: the editor writes with the live preview and finds what is missing.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { as, reviewPanel, stateOf, takeStep } from './admin'
import { eventually, findingsOf, PHONE } from './browser'
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

/** The one hole of the sample's やさしい日本語版. */
const HOLE = /^生後6か月 穴/
const BODY = '【見本】{{赤ちゃん}}は、よく わらいます。ゆっくり 見(み)ていましょう。'

test('An editor writes a manuscript with the live preview, sends it to review, answers the reviewer', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    await startInHole(page)
    await writeWithPreview(page)
    const id = await saveDraft(page)
    await takeStep(page, '監修に出す')
    await stateOf(page, '監修中').waitFor()
    await askForChange(id)
    await answer(page)
    await seeOnMap(page)
  })
}, 180_000)

/** From the map's hole to a form that knows its place. */
async function startInHole(page: Page) {
  await page.goto(`${kizuna.admin}/coverage`)
  await page.getByRole('heading', { name: '原稿の地図' }).waitFor()
  for (const place of ['0〜3歳', 'やさしい日本語']) {
    await page.locator('.kizuna-switch a', { hasText: place }).click()
    await page.locator('.kizuna-switch a[aria-current]', { hasText: place }).waitFor()
  }
  await page.waitForLoadState('networkidle') // keys pressed before the script is there are lost
  const grid = page.getByRole('grid', { name: /0〜3歳.*やさしい日本語/ })
  const first = grid.getByRole('link').first()
  await first.focus()
  await page.keyboard.press('ArrowRight')
  await eventually(async () => {
    expect(await grid.locator('a:focus').getAttribute('aria-label')).toMatch(/^生後3日 公開中/)
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1)
  })
  expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
  await pictureOf(page, 'coverage')
  await grid.getByRole('link', { name: HOLE }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/manuscripts\/create/)
  await page.getByRole('button', { name: '配信日', exact: true }).click()
  await page.locator('.kizuna-slot-reading', { hasText: '生後6か月' }).waitFor()
  await page.locator('#field-series', { hasText: '0〜3歳' }).waitFor()
  await page.locator('#field-edition', { hasText: 'やさしい日本語' }).waitFor()
  await page.getByRole('button', { name: '文章', exact: true }).click()
}

/** What is typed is seen as a family of the chosen municipality gets it. */
async function writeWithPreview(page: Page) {
  await page.locator('#field-title').fill('(見本)生後6か月 やさしい日本語')
  await page.locator('#field-subject').fill('6か月(げつ)になりました')
  await page.locator('#field-body').fill(BODY)
  const preview = page.getByRole('region', { name: '届く見え方' })
  const bubble = preview.locator('.kizuna-line__bubble').first()
  await bubble.filter({ hasText: '赤ちゃんは、よく わらいます' }).waitFor()
  await preview.getByLabel('自治体').selectOption({ label: 'しおかぜ町' })
  await bubble.filter({ hasText: '000-0100-0001' }).waitFor()
  await preview
    .getByText(/生後6か月|6か月の家族/)
    .first()
    .waitFor()
  await preview.getByLabel('ふたごの読者').check()
  await bubble.filter({ hasText: '赤ちゃんたちは、よく わらいます' }).waitFor()
  await preview.locator('.kizuna-meter', { hasText: 'メールの件名 13 / 50' }).waitFor()
  expect(await findingsOf(page, ['.kizuna-preview'])).toEqual([])
  await preview.getByRole('button', { name: '大きく見る' }).click()
  const wide = page.getByRole('dialog', { name: '届く見え方' })
  const [line, mail] = [wide.locator('.kizuna-line').first(), wide.locator('.kizuna-mail').first()]
  await eventually(async () => {
    const [left, right] = [await line.boundingBox(), await mail.boundingBox()]
    expect(right!.x).toBeGreaterThan(left!.x + left!.width)
  })
  expect(await findingsOf(page, ['.kizuna-preview--wide'])).toEqual([])
  await pictureOf(page, 'preview-wide')
  await wide.getByRole('button', { name: '閉じる' }).click()
}

async function saveDraft(page: Page): Promise<string> {
  await page.getByRole('button', { name: '下書きを保存' }).click()
  await page.waitForURL(/manuscripts\/[0-9a-f]{24}/)
  await reviewPanel(page).getByRole('button', { name: '監修に出す' }).waitFor()
  await pictureOf(page, 'manuscript')
  return /manuscripts\/([0-9a-f]{24})/.exec(page.url())?.[1] ?? ''
}

const WISH = '「よく わらいます」の前(まえ)に、いつのことかを書(か)いてください。'

async function askForChange(id: string) {
  const midwife = await openCmsApi(kizuna, 'chief')
  const { body } = await midwife.get(`/kizuna-manuscripts/${id}/review`)
  const { contentHash, submission } = body
  const asked = await midwife.send('POST', `/kizuna-manuscripts/${id}/request-change`, {
    contentHash,
    submission,
    comment: WISH,
  })
  expect(asked.status).toBe(200)
}

/** The editor sees the wish, changes the text, and sends it again. */
async function answer(page: Page) {
  await page.reload()
  await stateOf(page, '修正依頼あり').waitFor()
  await page.locator('#field-body').fill(`6か月(げつ)の ${BODY}`)
  await page.getByRole('button', { name: '下書きを保存' }).click()
  await reviewPanel(page).getByRole('button', { name: '監修に出す' }).waitFor()
  await takeStep(page, '監修に出す')
  await stateOf(page, '監修中').waitFor()
}

async function seeOnMap(page: Page) {
  await page.goto(`${kizuna.admin}/coverage?series=infant&edition=easy`)
  const cell = page.getByRole('link', { name: /^生後6か月 監修中 \(見本\)生後6か月/ })
  await cell.waitFor()
  await page.getByRole('button', { name: /^監修中/ }).click()
  expect(await cell.getAttribute('class')).not.toContain('pale')
  await page.setViewportSize(PHONE)
  const { isTooWide } = await page.evaluate(() => ({
    isTooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }))
  expect(isTooWide).toBe(false)
  await pictureOf(page, 'coverage')
  await cell.click()
  await page.waitForURL(/manuscripts\/[0-9a-f]{24}/)
}
