// A municipal clerk in the first week: an add-on from the empty form to the municipality's approver,
// a changed telephone number, a text that is not for this town, an example to copy, and a poster.

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page, Route } from 'playwright-core'

import { isBrowserTested, openBrowser } from './chromium'
import { as, openPage, reviewPanel, stateOf, takeStep } from './admin'
import { addDays, localDayOf } from '../../src/stage/day'
import { eventually } from './browser'
import { openCmsApi, type CmsApi } from './cmsApi'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'
import { looksSound } from './look'
import { printed } from './paper'
import { readQr } from '../readQr'

const SCENE_MS = 240_000
const CLERK = 'shiokaze-editor'
const APPROVER = 'shiokaze-approver'
const TITLE = '見本 浜のひろばのご案内'
const WORD = '浜のひろばの電話'

const onChromium = isBrowserTested ? test : test.skip

/** Papers, in what Japanese, and how many leaves each has. */
const PRINTED = [
  ['poster', 'standard', 1],
  ['flyer', 'easy', 2],
  ['cards', 'easy', 8],
] as const

/** Weights of the product's own font that the page has from the product, whatever the machine has. */
const ownFonts = () =>
  [...document.fonts]
    .filter(({ family, status }) => family.includes('BIZ UDPGothic') && status === 'loaded')
    .map(({ weight }) => weight)

const spillsOver = (leaves: Element[]) =>
  leaves.some(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)

let kizuna: Addresses
let browser: Browser
let clerk: CmsApi
let addOn: string
let town: string

beforeAll(async () => {
  if (!isBrowserTested) return
  kizuna = await openFixture()
  browser = await openBrowser()
  clerk = await openCmsApi(kizuna, CLERK)
  town = String((await clerk.get('/kizuna-municipalities?limit=1&depth=0')).body.docs?.[0]?.id)
  await saveWords((words) => [...words, { name: WORD, value: '000-0100-0090' }])
}, FIXTURE_MS)

afterAll(async () => {
  await browser?.close()
})

scene('opens the counter, and prints cards whose QR code leads to the registration', async () => {
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, `${kizuna.admin}/counter`)
    const [counter] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: /の窓口をひらく/ }).click(),
    ])
    await counter.getByRole('button', { name: '窓口をひらく' }).click()
    await counter.waitForURL(/\/counter$/)
    await counter.getByRole('heading', { level: 1 }).waitFor()
    await counter.close()
    await openPage(page, kizuna.admin)
    await page.getByRole('link', { name: 'ポスターを作る' }).click()
    await page.waitForURL(/\/posters$/)
    await page.waitForLoadState('networkidle')
    await looksSound(page, 'clerk-sources')
    await page.getByLabel('どんなとき').selectOption({ label: '小児科' })
    await page.getByLabel(/^場所/).fill('見本さくら医院')
    await page.getByRole('button', { name: 'QR コードとポスターを作る' }).click()
    await page.getByRole('heading', { name: '小児科(見本さくら医院)' }).waitFor()
    const address = await page.getByRole('link', { name: /\/r\/\d{6}\?s=/ }).innerText()
    await looksSound(page, 'clerk-poster')
    for (const [paper, language, leaves] of PRINTED) {
      await page.getByLabel('紙').selectOption(paper)
      await page.getByLabel('言葉').selectOption(language)
      const sheet = await printed(page)
      const expected = Array.from({ length: leaves }, () => address)
      expect(await readQr(sheet.colour)).toEqual(expected)
      expect(await readQr(sheet.black)).toEqual(expected)
      expect(await page.locator('.kizuna-poster__leaf').evaluateAll(spillsOver)).toBe(false)
    }
    expect(await page.evaluate(ownFonts)).toEqual(expect.arrayContaining(['400', '700']))
    await page.goto(address)
    await page.getByRole('link', { name: '友だちに追加する' }).waitFor()
  })
})

scene('writes an add-on in the short form and sees it as a family will', async () => {
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, `${kizuna.admin}/collections/kizuna-add-ons/create`)
    await page.locator('#field-title').fill(TITLE)
    await page.locator('.kizuna-own', { hasText: TITLE }).first().waitFor()
    await addBlock(page, '文章')
    await page.locator('#field-blocks__0__text').fill(`親子で遊べます。電話 {{${WORD}}}`)
    await chooseMonths(page, 'ここから', 4)
    await chooseMonths(page, 'ここまで', 6)
    await page.getByText('→ 生後4か月').waitFor()
    await page.getByRole('checkbox', { name: '浜地区' }).check()
    await page.getByLabel('掲載を終える日').fill('2030-03-30')
    await page.locator('.kizuna-line').first().getByText('親子で遊べます').first().waitFor()
    await looksSound(page, 'clerk-add-on')
    await page.getByRole('button', { name: '下書きを保存' }).click()
    await page.waitForURL(/add-ons\/[0-9a-f]{24}/)
    addOn = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await takeStep(page, '監修に出す')
    await stateOf(page, '監修中').waitFor()
    await page.getByLabel('掲載を終える日').fill('2030-03-31')
    await page.getByRole('button', { name: '下書きを保存' }).click()
    await reviewPanel(page).getByText('監修から外れ').waitFor()
    await takeStep(page, '監修に出す')
    await stateOf(page, '監修中').waitFor()
  })
  const { body } = await clerk.get(`/kizuna-add-ons/${addOn}?draft=true&depth=0`)
  expect(body).toMatchObject({
    from: 'month4',
    to: 'month6',
    areas: ['浜地区'],
    validTo: '2030-03-31',
    municipality: town,
    timing: 'once',
    topics: ['local'],
  })
})

scene('finds how to send a notice from the home, and reads whom it will reach', async () => {
  const day = addDays(localDayOf(new Date()), 3)
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, kizuna.admin)
    await page.getByRole('link', { name: 'お知らせを出す' }).click()
    await page.locator('#field-title').fill('両親学級のお知らせ')
    await addBlock(page, '文章')
    await page.locator('#field-blocks__0__text').fill('土曜に保健センターで開きます。')
    await page.locator('#field-from').selectOption('week')
    await page.locator('.kizuna-stage').first().locator('input').first().fill('20')
    await chooseMonths(page, 'ここまで', 12)
    await page.getByLabel('送る日').fill(day)
    await looksSound(page, 'clerk-notice')
    await page.getByRole('button', { name: '下書きを保存' }).click()
    await page.waitForURL(/add-ons\/[0-9a-f]{24}/)
    await reviewPanel(page)
      .getByText(/このお知らせは、.*届/)
      .waitFor()
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const { body } = await clerk.get(`/kizuna-add-ons/${id}?draft=true&depth=0`)
    expect(body).toMatchObject({ timing: 'notice', from: '20w0d', validFrom: day, validTo: day })
    await openPage(page, `${kizuna.admin}/calendar?month=${day.slice(0, 7)}`)
    await page.getByRole('link', { name: '両親学級のお知らせ' }).first().waitFor()
  })
})

scene('a part added just before the form answers about the heading is there too', async () => {
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, `${kizuna.admin}/collections/kizuna-add-ons/create`)
    const answers = holdFormAnswers(page)
    await page.locator('#field-title').fill(TITLE)
    await answers.untilHeld
    await addBlock(page, 'リンク')
    answers.release()
    await page.locator('#field-blocks__0__url').waitFor()
  })
})

scene('the municipality’s approver first, then the team', async () => {
  await as({ browser, kizuna }, 'shiokaze-approver', async (page) => {
    await openPage(page, `${kizuna.admin}/collections/kizuna-add-ons/${addOn}`)
    await takeStep(page, '承認する')
    await reviewPanel(page).getByText('✓ 自治体の承認者').waitFor()
  })
  const chief = await openCmsApi(kizuna, 'chief')
  expect((await chief.approve(`/kizuna-add-ons/${addOn}`)).status).toBe(200)
  expect((await chief.publish(`/kizuna-add-ons/${addOn}`)).status).toBe(200)
})

scene('changes a telephone number once, and is told where it arrives', async () => {
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, `${kizuna.admin}/collections/kizuna-municipalities/${town}`)
    const panel = page.getByRole('region', { name: '名前・問い合わせ先の変更' })
    await panel.getByRole('button', { name: '変更を提案する' }).click()
    await panel.getByLabel(`内容(${WORD})`).fill('000-0100-0099')
    await panel.getByText('差し込み語の変更は、公開中の自治体原稿 1 件に反映されます。').waitFor()
    await panel.getByText(`${TITLE}(${WORD})`).waitFor()
    await looksSound(page, 'clerk-words')
    await panel.getByRole('button', { name: 'この変更を提案する' }).click()
    await panel.getByText('確かめを待っている変更があります。').waitFor()
    expect(await panel.getByRole('button', { name: '確かめたので反映する' }).count()).toBe(0)
    expect(await releases()).toHaveLength(1)
  })
  await as({ browser, kizuna }, APPROVER, async (page) => {
    await openPage(page, `${kizuna.admin}/desk`)
    const waiting = page.getByRole('region', { name: '確かめを待っている自治体の変更' })
    await waiting.getByRole('link').click()
    await page.waitForURL(/collections\/kizuna-municipalities\//)
    const panel = page.getByRole('region', { name: '名前・問い合わせ先の変更' })
    await panel.getByText('000-0100-0090').waitFor()
    await looksSound(page, 'clerk-words-approver')
    await panel.getByRole('button', { name: '確かめたので反映する' }).click()
    await panel.getByRole('button', { name: '変更を提案する' }).waitFor()
    await expectSoon(async () => (await releases()).length, 2)
  })
  const [newest] = await releases()
  expect(newest).toMatchObject({ revision: 2, variables: { [WORD]: '000-0100-0099' } })
})

scene('keeps a common text from the town’s readers, with a reason', async () => {
  const query = 'where[slot][equals]=month113&where[_status][equals]=published&depth=0&limit=1'
  const any = 'where[_status][equals]=published&where[topics][not_in]=safety&depth=0&limit=1'
  const found = (await clerk.get(`/kizuna-manuscripts?${query}`)).body.docs ?? []
  const [text] =
    found.length > 0 ? found : ((await clerk.get(`/kizuna-manuscripts?${any}`)).body.docs ?? [])
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, `${kizuna.admin}/collections/kizuna-manuscripts/${String(text?.id)}`)
    const panel = page.getByRole('region', { name: '出さない自治体' })
    await panel.getByRole('button', { name: 'この自治体では出さない' }).click()
    await panel.getByLabel(/出さない理由/).fill('見本: 町では行っていないため')
    await panel.getByRole('button', { name: 'この自治体では出さない' }).click()
    await panel.getByText('この原稿は、読者に届きません。').waitFor()
    await looksSound(page, 'clerk-hidden')
    await panel.getByRole('button', { name: 'また届ける' }).click()
    await panel.getByText('この原稿は、配信日になった読者に届きます。').waitFor()
  })
})

scene('copies another town’s example as a draft of their own', async () => {
  await as({ browser, kizuna }, CLERK, async (page) => {
    await openPage(page, `${kizuna.admin}/collections/kizuna-add-ons/${addOn}`)
    const panel = page.getByRole('region', { name: 'お手本' })
    await panel.getByRole('button', { name: 'どう見えるか確かめる' }).click()
    await panel.getByText('親子で遊べます。電話 {{電話}}').waitFor()
    await panel
      .getByText('自治体や人が分かりそうな言葉が残っています')
      .waitFor({ state: 'detached' })
    await looksSound(page, 'clerk-share')
    await panel.getByRole('button', { name: 'お手本として見せる' }).click()
    await panel.getByRole('button', { name: 'お手本をやめる' }).waitFor()
  })
  await as({ browser, kizuna }, 'hinatano-editor', async (page) => {
    await openPage(page, `${kizuna.admin}/library`)
    const card = page.getByRole('listitem').filter({ hasText: TITLE })
    await card.getByText('しおかぜ町').waitFor()
    expect(await card.innerText()).not.toContain('000-0100')
    await looksSound(page, 'clerk-library')
    await card.getByRole('button', { name: /写して使う/ }).click()
    await page.waitForURL(/add-ons\/[0-9a-f]{24}/)
    const text = page.locator('#field-blocks__0__text')
    await text.waitFor()
    await eventually(async () => {
      expect(await text.inputValue()).toBe('親子で遊べます。電話 {{電話}}')
    })
    await page.getByText('写したときに変わったところ').waitFor()
  })
})

interface Word {
  name: string
  value: string
}

async function words(): Promise<Word[]> {
  const { body } = await clerk.get(`/kizuna-municipalities/${town}?depth=0`)
  return body.contactVariables as Word[]
}

/** Proposed by the clerk, confirmed by the approver. */
async function saveWords(change: (words: Word[]) => Word[]): Promise<void> {
  const kept = (await words()).filter(({ name }) => name !== WORD)
  const variables = change(kept.map(({ name, value }) => ({ name, value })))
  const path = `/kizuna-municipalities/${town}/propose-words`
  const { status, body } = await clerk.send('POST', path, { words: { variables } })
  expect(status).toBe(200)
  const approver = await openCmsApi(kizuna, APPROVER)
  const { id } = body.change as { id: string }
  const answer = await approver.send('POST', `/kizuna-municipality-changes/${id}/confirm`, {})
  expect(answer.status).toBe(200)
}

async function releases() {
  const query = `where[key][equals]=add-on:${addOn}&sort=-revision&depth=0`
  return (await clerk.get(`/kizuna-releases?${query}`)).body.docs ?? []
}

async function addBlock(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: '部品を追加' }).click()
  await page.getByRole('button', { name: label, exact: true }).click()
}

/** Keeps back what the server says about the form until it is released, as a slow line would. */
function holdFormAnswers(page: Page) {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  const untilHeld = new Promise<void>((resolve, reject) => {
    const hold = async (route: Route) => {
      if (route.request().method() !== 'POST') return route.continue()
      const response = await route.fetch()
      resolve()
      await released
      await route.fulfill({ response })
    }
    page.route(/\/kizuna-add-ons\/create/, hold).catch(reject)
  })
  return { untilHeld, release }
}

async function chooseMonths(page: Page, label: string, months: number): Promise<void> {
  const group = page.getByRole('group', { name: label })
  await group.getByLabel('数え方').selectOption('month')
  await group.getByLabel('か月').fill(String(months))
}

async function expectSoon(read: () => Promise<number>, expected: number): Promise<void> {
  const until = Date.now() + 60_000
  while ((await read()) !== expected && Date.now() < until) {
    await new Promise((wake) => setTimeout(wake, 500))
  }
  expect(await read()).toBe(expected)
}

function scene(name: string, play: () => Promise<void>): void {
  onChromium(name, play, SCENE_MS)
}
