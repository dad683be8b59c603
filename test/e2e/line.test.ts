// The whole line on one command: from an approved text to a family's phone, in a real browser.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { addDays, localDayOf } from '../../src/stage/day'
import { isBrowserTested, openBrowser } from './chromium'
import { as, reviewPanel, stateOf, takeStep } from './admin'
import { eventually, openPerson, PHONE, picturesOfAll } from './browser'
import { openCmsApi } from './cmsApi'
import { findFirstStart } from './fixture'
import { choosePlace, logOf, startKizuna, type Place, type RunningKizuna } from './launcher'
import { countIn, untilMoreIn } from './lines'
import { endAll, processesOf } from './processes'
import { follow, newestMail, register } from './registration'
import { lookAtScreens } from './screens'

/** The first start builds the CMS when its build is stale, on a machine that runs other tests too. */
const START_MS = 600_000
const SCENE_MS = 180_000
/** Some fifty screens, each in two widths. */
const SCREENS_MS = 480_000

/** Needs three approvals: the midwife's, the doctor's and the editor-in-chief's. */
const SLOT = { title: '(見本)妊娠23週 おなかの張り', week: 23 }
const WARD = '131997'
const ADDED = 'この一文は、編集者がきょう書き足しました。'
const SYNCED = 'content synced'
/** What the launcher says while it makes what is there for good: the sample's texts. */
const ONLY_ONCE = /見本の原稿を取り込み/

if (!isBrowserTested)
  process.stderr.write('Chromium がないので、ブラウザーの通し試験を飛ばします。\n')
const onChromium = isBrowserTested ? test : test.skip

let folder: string
let place: Place
let kizuna: RunningKizuna
let browser: Browser
let manuscript: string
let syncsBefore: number

beforeAll(async () => {
  if (!isBrowserTested) return
  const first = await findFirstStart()
  process.stderr.write(`kizuna のはじめての起動: ${first.seconds.toFixed(1)} 秒\n`)
  expect(first.printed).toMatch(ONLY_ONCE)
  folder = first.dataDir
  place = await choosePlace(folder)
  await start()
  browser = await openBrowser()
}, START_MS)

afterAll(async () => {
  if (!isBrowserTested) return
  await browser?.close()
  await endAll(folder)
}, SCENE_MS)

scene('the launcher says where to look, and today’s texts have arrived', async () => {
  for (const login of ['editor', 'chief', 'midwife', 'shiokaze-editor']) {
    expect(kizuna.printed()).toContain(`${login}@kizuna.example`)
  }
  const inbox = await openPage()
  await inbox.goto(`${kizuna.inbox}?date=${today()}`)
  expect(await inbox.locator('#readers a').count()).toBeGreaterThan(10)
  expect(await inbox.locator('#talk .said-account').count()).toBeGreaterThan(0)
  await inbox.locator('#talk').getByText('見本').first().waitFor()
  await newestMail(inbox).getByText('見本').first().waitFor()
  expect((await taken()).line.length).toBeGreaterThan(0)
})

scene(
  'the editor changes a text in its form, sees it as it will arrive and hands it in',
  async () => {
    await as({ browser, kizuna }, 'editor', async (page) => {
      await page.goto(`${kizuna.admin}/collections/kizuna-manuscripts`)
      await page.locator('.search-filter__input').fill(SLOT.title)
      await page.getByRole('link', { name: SLOT.title }).click()
      await stateOf(page, '公開中').waitFor()
      manuscript = new URL(page.url()).pathname.split('/').at(-1) ?? ''
      const body = page.locator('#field-body')
      await body.fill(`${ADDED}\n\n${await body.inputValue()}`)
      await page.locator('.kizuna-line').getByText(ADDED).waitFor()
      await page.getByRole('button', { name: '下書きを保存' }).click()
      await takeStep(page, '監修に出す')
      await stateOf(page, '監修中').waitFor()
    })
  },
)

scene('those whose approval is needed give it', async () => {
  await as({ browser, kizuna }, 'midwife', async (page) => {
    await openManuscript(page)
    await takeStep(page, '承認する')
    await reviewPanel(page).getByText('✓ 助産').waitFor()
  })
  const doctor = await openCmsApi(kizuna, 'doctor')
  const { body } = await doctor.get(`/kizuna-manuscripts/${manuscript}/review`)
  const { contentHash, submission } = body
  const seen = { contentHash, submission, discipline: 'medical' }
  expect(
    await doctor.send('POST', `/kizuna-manuscripts/${manuscript}/approve`, seen),
  ).toMatchObject({
    status: 200,
  })
  await as({ browser, kizuna }, 'chief', async (page) => {
    await openManuscript(page)
    await takeStep(page, '承認する')
    await stateOf(page, '承認済み').waitFor()
  })
})

scene('the editor may not publish, even what is approved', async () => {
  const editor = await openCmsApi(kizuna, 'editor')
  const published = { _status: 'published' }
  const path = `/kizuna-manuscripts/${manuscript}`
  expect(await editor.send('POST', `${path}/publish`)).toMatchObject({ status: 403 })
  expect(await editor.send('PATCH', path, published)).toMatchObject({ status: 403 })
})

scene('the editor-in-chief publishes', async () => {
  syncsBefore = await countIn(logOf(place, 'worker'), SYNCED)
  await as({ browser, kizuna }, 'chief', async (page) => {
    await openManuscript(page)
    await takeStep(page, '公開する')
    await stateOf(page, '公開中').waitFor()
    await reviewPanel(page).getByText('第2版').waitFor()
  })
})

scene('a family that registers by mail gets the new text', async () => {
  await untilMoreIn(logOf(place, 'worker'), SYNCED, syncsBefore)
  const mail = 'hanako@example.jp'
  const phone = await openPage(PHONE)
  await phone.goto(`${kizuna.web}/r/${WARD}`)
  await register(phone, { mail, dueDate: dueDate(), relation: '母' })
  await phone.getByRole('heading', { name: '確認のメールを送りました' }).waitFor()
  const inbox = await openPage()
  await inbox.goto(`${kizuna.inbox}?mail=${mail}`)
  const confirmation = await follow(inbox, newestMail(inbox).getByRole('link').first())
  await confirmation.getByRole('button', { name: '登録を完了する' }).click()
  await confirmation.getByRole('heading', { name: '登録しました' }).waitFor()
  await newestMail(inbox).getByText(ADDED, { exact: true }).waitFor()
  await newestMail(inbox).locator('p', { hasText: 'ご登録ありがとうございます' }).waitFor()
  await eventually(async () => {
    expect(await inbox.locator('#mails details').count()).toBe(2)
  })
})

scene('a family that becomes a friend on LINE gets the new text', async () => {
  const inbox = await openPage()
  await inbox.goto(kizuna.inbox)
  await inbox.getByText('LINE で友だちになる').click()
  await inbox.getByRole('button', { name: /光が森区/ }).click()
  const talk = inbox.locator('#talk')
  const phone = await follow(inbox, talk.getByRole('link').first())
  await register(phone, { dueDate: dueDate(), relation: '父' })
  await phone.getByRole('heading', { name: 'LINE のトークで確認してください' }).waitFor()
  await talk.getByRole('button', { name: '登録する' }).click()
  await talk.getByText('登録しました').waitFor()
  await talk.getByText(ADDED).waitFor()
  await talk.locator('.bubble', { hasText: 'ご登録ありがとうございます' }).waitFor()
})

scene('a clerk sees the add-ons of their own municipality alone', async () => {
  const clerk = await openCmsApi(kizuna, 'shiokaze-editor')
  const own = await clerk.get('/kizuna-add-ons?limit=0&depth=1')
  const names = (own.body.docs ?? []).map(({ municipality }) => (municipality as Named).name)
  expect(names.length).toBeGreaterThan(10)
  expect(new Set(names)).toEqual(new Set(['しおかぜ町']))
  const neighbour = await openCmsApi(kizuna, 'hinatano-editor')
  const [other] = (await neighbour.get('/kizuna-add-ons?limit=1&depth=0')).body.docs ?? []
  expect(await clerk.get(`/kizuna-add-ons/${String(other?.id)}`)).toMatchObject({ status: 404 })
  await as({ browser, kizuna }, 'shiokaze-editor', async (page) => {
    await page.goto(`${kizuna.admin}/collections/kizuna-add-ons?limit=100`)
    await page.getByRole('link', { name: '(見本)町の産後ケア' }).waitFor()
    await eventually(async () => {
      expect(await page.locator('.table tbody tr').count()).toBe(names.length)
    })
    await page.goto(`${kizuna.admin}/collections/kizuna-add-ons/${String(other?.id)}`)
    await page.getByText('見つかりません').first().waitFor()
  })
})

scene(
  'every screen is sound on a desk and on a phone, and Japanese',
  async () => {
    const pictures = process.env.SCREENSHOTS
    expect(await lookAtScreens({ browser, kizuna, folder: pictures })).toEqual([])
  },
  SCREENS_MS,
)

scene('Ctrl-C ends everything, and the next start sends nothing twice', async () => {
  const before = await taken()
  const day = today()
  expect((await processesOf(folder)).length).toBeGreaterThanOrEqual(6)
  expect(await kizuna.interrupt()).toBe(0)
  expect(await processesOf(folder)).toEqual([])
  await start()
  // After midnight the new day's texts are due.
  if (today() === day) expect(await taken()).toEqual(before)
  expect(await kizuna.interrupt()).toBe(0)
  expect(await processesOf(folder)).toEqual([])
})

async function start(): Promise<void> {
  kizuna = await startKizuna(place)
  process.stderr.write(`kizuna のつぎの起動: ${kizuna.seconds.toFixed(1)} 秒\n`)
  expect(kizuna.printed()).not.toMatch(ONLY_ONCE)
}

interface Named {
  name: string
}

/** Everything the sandbox took so far. */
async function taken(): Promise<{ line: unknown[]; mail: unknown[] }> {
  const response = await fetch(new URL('/sandbox/log', kizuna.inbox))
  const { line, mail } = (await response.json()) as { line: unknown[]; mail: unknown[] }
  return { line, mail }
}

async function openManuscript(page: Page): Promise<void> {
  await page.goto(`${kizuna.admin}/collections/kizuna-manuscripts/${manuscript}`)
}

async function openPage(viewport?: { width: number; height: number }): Promise<Page> {
  const context = await openPerson(browser, viewport ? { viewport } : {})
  return context.newPage()
}

function today(): string {
  return localDayOf(new Date())
}

/** The due date that makes today the day of the text. */
function dueDate(): string {
  return addDays(today(), 280 - SLOT.week * 7)
}

/** One scene of the story; when it fails, pictures of all windows are kept and named. */
function scene(name: string, play: () => Promise<void>, limitMs = SCENE_MS): void {
  onChromium(
    name,
    async () => {
      try {
        await play()
      } catch (error) {
        const kept = await picturesOfAll(browser, await mkdtemp(join(tmpdir(), 'kizuna-see-')))
        throw new Error([(error as Error).message, ...kept].join('\n'), { cause: error })
      } finally {
        await Promise.all(browser.contexts().map((context) => context.close()))
      }
    },
    limitMs,
  )
}
