// The counter as a phone shows it, 390 px wide and without JavaScript, and its guide on paper.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { isBrowserTested, openBrowser } from '../../../e2e/chromium'
import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { entranceOf } from './desk'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PHONE = { width: 390, height: 844 }
/** Set SCREENSHOTS to a folder to look at them. */
const FOLDER = process.env.SCREENSHOTS
const SLOW_MS = 180_000

const onChromium = isBrowserTested ? test : test.skip

let web: Awaited<ReturnType<typeof openWeb>>
let browser: Browser | null = null

beforeAll(async () => {
  web = await openWeb()
  if (!isBrowserTested) return
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await web.close()
})

onChromium(
  'staff find, change, stop and register without JavaScript, and every screen is sound',
  async () => {
    const { readerId } = await web.readers.register(registration({ address: TARO }))
    await web.readers.addChild({ readerId, birthDate: '2024-05-01' })
    const context = await browser!.newContext({ viewport: PHONE, javaScriptEnabled: false })
    const page = await context.newPage()
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const follow = (name: string) => page.getByRole('link', { name }).first().click()
    await page.goto(web.url + entranceOf(web))
    await check(page, 'counter-entrance')
    await press('窓口をひらく')
    await check(page, 'counter-home')
    await page.locator('#who').fill('jiro@example.jp')
    await press('さがす')
    await check(page, 'counter-nobody')
    await page.locator('#who').fill('taro@example.jp')
    await press('さがす')
    await check(page, 'counter-reader')
    await follow('日付を変える')
    await check(page, 'counter-dates')
    await page.getByRole('link', { name: 'もどる' }).click()
    await follow('続柄')
    await check(page, 'counter-about')
    await page.getByRole('link', { name: 'もどる' }).click()
    await follow('配信を止める')
    await check(page, 'counter-stop')
    await page.getByLabel('上のお子さん').check()
    await press('止める')
    await check(page, 'counter-stopped')
    await follow('この方の登録にもどる')
    await check(page, 'counter-reader-stopped')
    await follow('まちがえたので')
    await check(page, 'counter-undo')
    await follow('次の方をさがす')
    await follow('登録をする')
    await check(page, 'counter-register')
    await press('内容を確かめる')
    await check(page, 'counter-register-error')
    await page.locator('#mail').fill('sakrua@example.jp')
    await page.getByLabel('妊娠中').check()
    await page.getByLabel('年', { exact: true }).fill('2027')
    await page.getByLabel('月', { exact: true }).fill('3')
    await page.getByLabel('日', { exact: true }).fill('13')
    await page.locator('#count-2').check()
    await page.getByLabel('母', { exact: true }).check()
    await page.getByLabel('やさしい日本語').check()
    await press('内容を確かめる')
    await check(page, 'counter-check')
    await press('確かめるメールを送る')
    await check(page, 'counter-check-error')
    await follow('説明だけを出す')
    await check(page, 'counter-explanation')
    await follow('もどる')
    await page.getByLabel('同意をいただきました').check()
    await page.getByLabel('口頭で').check()
    await press('確かめるメールを送る')
    await check(page, 'counter-registered')
    await page.locator('#mail').fill('sakura@example.jp')
    await press('このアドレスに送り直す')
    await check(page, 'counter-mended')
    await page.goto(`${web.url}/counter/guide`)
    await check(page, 'counter-guide')
    expect(pagesOf(await page.pdf({ format: 'A4', ...MARGINS }))).toBe(1)
    const mother = await web.readers.register(registration())
    await web.readers.joinChild({ readerId, childId: mother.childId })
    await page.goto(`${web.url}/counter`)
    await page.locator('#who').fill('taro@example.jp')
    await press('さがす')
    await page.getByText('日付は、はじめに登録した方(母)と').waitFor()
    await check(page, 'counter-others-dates')
    await page.goto(web.url + entranceOf(web, { isTakeout: true }))
    await press('画面をひらく')
    await page.getByRole('heading', { name: /すべてを持ち出す/ }).waitFor()
    await check(page, 'counter-takeout')
    await context.close()
  },
  SLOW_MS,
)

const MARGINS = { margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } }

function pagesOf(pdf: Buffer): number {
  return [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page[^s]/g)].length
}

/** axe finds nothing, nothing is wider than the phone, and buttons can be hit. */
async function check(page: Page, name: string): Promise<void> {
  if (FOLDER) await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: true })
  expect({ name, violations: await audit(page) }).toEqual({ name, violations: [] })
  for (const button of await page.locator('button, .button').all()) {
    const { height } = (await button.boundingBox())!
    expect({ name, isHigh: height >= 48 }).toEqual({ name, isHigh: true })
  }
}

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[]
}

/** All that axe knows of WCAG 2.2 AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Runs axe in a copy of the page that may run scripts; the page itself may not. */
async function audit(page: Page): Promise<string[]> {
  const context = await browser!.newContext({ viewport: PHONE, bypassCSP: true })
  const copy = await context.newPage()
  const body = (await page.content()).replace('<head>', `<head><base href="${web.url}/">`)
  const contentType = 'text/html; charset=utf-8'
  await copy.route(`${web.url}/copy`, (route) => route.fulfill({ body, contentType }))
  await copy.goto(`${web.url}/copy`)
  await copy.evaluate(axe)
  const options = JSON.stringify({ runOnly: TAGS, resultTypes: ['violations'] })
  const { violations } = (await copy.evaluate(`axe.run(${options})`)) as AxeResults
  const isTooWide = await copy.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  await context.close()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)
  return isTooWide ? [...found, 'wider than the phone'] : found
}
