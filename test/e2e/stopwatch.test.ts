// How much a family has to do to register, counted and timed on a phone's screen.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContext } from 'playwright-core'

import { addDays, localDayOf } from '../../src/stage/day'
import { openPerson, PHONE } from './browser'
import { openBrowser } from './chromium'
import { FIXTURE_MS, openFixture } from './fixture'
import { createHand, personsSeconds, type Hand } from './hand'
import type { Addresses } from './launcher'
import { follow, newestMail, register } from './registration'

/** A town of the sample with LINE, mail and districts. */
const WARD = '131997'
const SCENE_MS = 180_000
/** What a registration may ask of a family at most. */
const MOST = { taps: 15, fields: 4, seconds: 60 }

let kizuna: Addresses
let browser: Browser

beforeAll(async () => {
  kizuna = await openFixture()
  browser = await openBrowser()
}, FIXTURE_MS)

afterAll(() => browser.close())

test.each([
  { name: 'LINE で登録', act: registerOnLine },
  { name: 'メールで登録', act: registerByMail },
])(
  '$name takes less than a minute',
  async ({ name, act }) => {
    const context = await openPerson(browser, { viewport: PHONE })
    const hand = createHand()
    const began = performance.now()
    await act(context, hand)
    const machine = (performance.now() - began) / 1000
    await context.close()
    const { taps, fields, characters } = hand.done()
    const seconds = personsSeconds(hand.done())
    process.stderr.write(
      `${name}: 押す ${taps} 回、入れる欄 ${fields}(${characters} 字)、人なら約 ${seconds} 秒(機械は ${machine.toFixed(1)} 秒)\n`,
    )
    expect(taps).toBeGreaterThan(5)
    expect(taps).toBeLessThanOrEqual(MOST.taps)
    expect(fields).toBeLessThanOrEqual(MOST.fields)
    expect(seconds).toBeLessThanOrEqual(MOST.seconds)
  },
  SCENE_MS,
)

/** From the talk's link to the talk's answer. */
async function registerOnLine(context: BrowserContext, hand: Hand): Promise<void> {
  const inbox = await context.newPage()
  await inbox.goto(kizuna.inbox)
  await inbox.getByText('LINE で友だちになる').click()
  await inbox.getByRole('button', { name: /光が森区/ }).click()
  const talk = inbox.locator('#talk')
  const phone = await follow(inbox, talk.getByRole('link').first(), hand)
  await register(phone, { dueDate: dueDate(), relation: '父' }, hand)
  await phone.getByRole('heading', { name: 'LINE のトークで確認してください' }).waitFor()
  await hand.tap(talk.getByRole('button', { name: '登録する' }))
  await talk.getByText('登録しました').first().waitFor()
}

/** From the leaflet's page to the page that says it is done. */
async function registerByMail(context: BrowserContext, hand: Hand): Promise<void> {
  const mail = 'tokei@example.jp'
  const phone = await context.newPage()
  await phone.goto(`${kizuna.web}/r/${WARD}`)
  await register(phone, { mail, dueDate: dueDate(), relation: '母' }, hand)
  await phone.getByRole('heading', { name: '確認のメールを送りました' }).waitFor()
  const inbox = await context.newPage()
  await inbox.goto(`${kizuna.inbox}?mail=${mail}`)
  const button = newestMail(inbox).getByRole('link', { name: '登録を完了する' })
  const confirmation = await follow(inbox, button, hand)
  await hand.tap(confirmation.getByRole('button', { name: '登録を完了する' }))
  await confirmation.getByRole('heading', { name: '登録しました' }).waitFor()
}

function dueDate(): string {
  return addDays(localDayOf(new Date()), 120)
}
