// The page inside LINE in Debian's Chromium: our script with LINE's, which is played here because no
// test leaves this machine; the practice LINE signs and checks the token.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { claimsFor, signIdToken } from '../../../../worker/sandbox/idToken'
import type { Sandbox } from '../../../../worker/sandbox/sandbox'
import { LIFF_SDK } from '../../../../worker/web/liff/liffSecurity'
import { isBrowserTested, openBrowser } from '../../../e2e/chromium'
import { HANAKO } from '../../readers/openStore'
import { MINATO, testSandbox } from '../../sandbox/testSandbox'
import { ACCOUNT, openWeb } from '../openWeb'

const LOGIN = { channelId: '2000000099', channelSecret: 'login-secret' }
const LIFF_ID = `${LOGIN.channelId}-AbCdEfGh`
const FOLDER = process.env.SCREENSHOTS
const SLOW_MS = 120_000
const onChromium = isBrowserTested ? test : test.skip

let web: Awaited<ReturnType<typeof openWeb>>
let sandbox: Sandbox
let browser: Browser | null = null

beforeAll(async () => {
  const channels = [{ ...MINATO, loginChannel: { ...LOGIN, callbackUrls: [] } }]
  sandbox = await testSandbox({ now: () => web.clock.now, channels })
  const account = { ...ACCOUNT, login: { ...LOGIN, liffId: LIFF_ID } }
  web = await openWeb({ account, lineApiUrl: sandbox.url })
  if (!isBrowserTested) return
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await web.close()
  await sandbox.stop()
})
beforeEach(() => web.empty())

/** What LINE's script does, by what stands for it. */
const INSIDE = () => {
  const claims = claimsFor(LOGIN, { userId: HANAKO.address, nonce: null, now: web.clock.now })
  const token = signIdToken(claims, LOGIN.channelSecret)
  return `globalThis.liff = { init: async ({ liffId }) => { if (liffId !== '${LIFF_ID}') throw liffId }, getIDToken: () => '${token}' }`
}
const OUTSIDE = () => 'globalThis.liff = { init: async () => {}, getIDToken: () => null }'
const FAILING = () => "globalThis.liff = { init: async () => { throw new Error('INIT_FAILED') } }"

async function opened(sdk: (() => string) | null, look: (page: Page) => Promise<void>) {
  const context = await browser!.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'ja-JP',
    javaScriptEnabled: sdk !== null,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (entry) => {
    if (/Content Security Policy/.test(entry.text())) faults.push(entry.text())
  })
  await page.route(LIFF_SDK, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: sdk?.() ?? '' }),
  )
  await page.goto(`${web.url}/liff/${LIFF_ID}?town=999016`)
  await look(page)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect({ faults, isTooWide: width > 390 }).toEqual({ faults: [], isTooWide: false })
  await context.close()
}

async function picture(page: Page, name: string): Promise<void> {
  if (FOLDER) await page.screenshot({ path: `${FOLDER}/liff-${name}.png`, fullPage: true })
}

onChromium(
  'inside LINE it goes on by itself to the first question',
  () =>
    opened(INSIDE, async (page) => {
      await page.waitForURL(/\/r\/999016\/date\?/)
      await picture(page, 'inside')
      expect(await page.locator('h1').textContent()).not.toBe('')
      expect(page.url()).not.toContain(HANAKO.address)
    }),
  SLOW_MS,
)

onChromium.each([
  ['outside of LINE', OUTSIDE],
  ['where LINE’s script fails', FAILING],
  ['without JavaScript', null],
] as const)(
  '%s it stays, and leads to the talk',
  (name, sdk) =>
    opened(sdk, async (page) => {
      await page.locator('#asking').waitFor({ state: 'hidden' })
      await picture(page, name.replace(/\W+/g, '-'))
      const way = page.getByRole('link', { name: '友だちに追加する' })
      expect(await way.getAttribute('href')).toBe('https://line.me/R/ti/p/%40minato')
      expect(page.url()).toContain('/liff/')
    }),
  SLOW_MS,
)

onChromium(
  'the page before it, and the one after, are whole on a phone',
  () =>
    opened(null, async (page) => {
      await page.goto(`${web.url}/r/999024`)
      await picture(page, 'before')
      await page.goto(`${web.url}/r/999016/asked`)
      await picture(page, 'asked')
      await page.goto(`${web.url}/r/999024?lang=easy`)
      await picture(page, 'before-easy')
    }),
  SLOW_MS,
)
