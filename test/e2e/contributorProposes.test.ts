// Somebody from a reading circle proposes a picture book for four-month-olds and follows what
// becomes of it; a municipal editor declines one and takes the other.

import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'

import { isBrowserTested } from './chromium'
import { as, openPage } from './admin'
import { eventually } from './browser'
import { openCmsApi } from './cmsApi'
import { looksSound } from './look'
import { openStage } from './stage'
import { drawingOf } from '../drawing'

const SCENE_MS = 240_000
const BOOK = '見本 もりのあさごはん'
const OTHER = '見本 うみのおやつ'

const onChromium = isBrowserTested ? test : test.skip

const stage = openStage()

scene('proposes in the short form, and is told what is missing', async () => {
  await as(stage, 'contributor', async (page) => {
    await openPage(page, `${stage.kizuna.admin}/proposals`)
    await page.getByRole('button', { name: '提案する' }).click()
    await page.getByText('絵本の題名を入力してください。').waitFor()
    await looksSound(page, 'contributor-form')
    await chooseCover(page)
    for (const title of [BOOK, OTHER]) await propose(page, title)
    await eventually(async () => {
      expect(await rowOf(page, BOOK).innerText()).toContain('提案中')
    })
    await looksSound(page, 'contributor-list')
  })
})

scene('a municipal editor takes one and declines the other with a reason', async () => {
  await as(stage, 'hinatano-editor', async (page) => {
    await openProposal(page, BOOK)
    const panel = page.getByRole('region', { name: '協力団体からの提案' })
    await eventually(async () => {
      expect(await page.getByLabel('表紙の説明').inputValue()).toBe(`絵本「${BOOK}」の表紙`)
    })
    await looksSound(page, 'contributor-decide')
    await panel.getByRole('button', { name: '採用する' }).click()
    await panel.waitFor({ state: 'detached' })
    await openProposal(page, OTHER)
    await panel.getByRole('button', { name: '見送る' }).click()
    await panel.getByLabel(/見送る理由/).fill('同じ絵本を先月ご紹介したため')
    await panel.getByRole('button', { name: '見送る' }).click()
    await panel.getByText('見送りを伝えてあります').waitFor()
  })
})

scene('sees what became of both, and can touch nothing else', async () => {
  await as(stage, 'contributor', async (page) => {
    await openPage(page, `${stage.kizuna.admin}/proposals`)
    await rowOf(page, BOOK).getByText('採用', { exact: true }).waitFor()
    await rowOf(page, OTHER).getByText('同じ絵本を先月ご紹介したため').waitFor()
    const menu = (await page.locator('nav').allInnerTexts()).join()
    for (const closed of ['シリーズ', '画像', 'ユーザー', 'LINE'])
      expect(menu).not.toContain(closed)
    for (const path of ['/coverage', '/library', '/collections/kizuna-manuscripts']) {
      await openPage(page, `${stage.kizuna.admin}${path}`)
      await page
        .getByText(/あなたの役割では使いません|見つかりません|権限がありません/)
        .first()
        .waitFor()
    }
  })
  const contributor = await openCmsApi(stage.kizuna, 'contributor')
  const own =
    (await contributor.get('/kizuna-add-ons?limit=100&depth=0&draft=true')).body.docs ?? []
  const taken = own.find(({ title }) => String(title).includes(BOOK))
  const change = await contributor.save(`/kizuna-add-ons/${String(taken?.id)}`, { title: 'x' })
  expect(change.status).toBe(403)
  expect((await contributor.get('/kizuna-manuscripts')).status).toBe(403)
})

async function propose(page: Page, title: string): Promise<void> {
  await page.getByLabel(/絵本の題名/).fill(title)
  await page.getByLabel('作者').fill('見本 たろう')
  await page.getByLabel('か月').fill('4')
  await page.getByLabel(/紹介文/).fill('ゆっくりした言葉を、赤ちゃんと楽しめます。')
  await page.getByRole('button', { name: '提案する' }).click()
  await page.getByText(`「${title}」を提案しました。`).waitFor()
  await rowOf(page, title).getByText('提案中').first().waitFor()
}

/** Of the first proposal; the next begins without. */
async function chooseCover(page: Page): Promise<void> {
  const buffer = await drawingOf(140, { width: 300, height: 400 })
  const cover = { name: 'hyoushi.png', mimeType: 'image/png', buffer }
  await page.getByLabel(/表紙の画像/).setInputFiles(cover)
  await page.getByRole('button', { name: '提案する' }).click()
  await page.getByText('表紙の出典を入力してください').waitFor()
  await page.getByLabel(/表紙の出典/).fill('見本出版')
  await page.getByLabel(/使ってよい理由/).selectOption('permitted')
  await looksSound(page, 'contributor-cover')
}

async function openProposal(page: Page, title: string): Promise<void> {
  await openPage(page, `${stage.kizuna.admin}/proposals`)
  await rowOf(page, title).getByRole('link').first().click()
  await page.getByRole('region', { name: '協力団体からの提案' }).waitFor()
  await page.waitForLoadState('networkidle')
}

function rowOf(page: Page, title: string) {
  return page.getByRole('listitem').filter({ hasText: title })
}

function scene(name: string, play: () => Promise<void>): void {
  onChromium(name, play, SCENE_MS)
}
