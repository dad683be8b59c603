import { join } from 'node:path'

import type { Browser, Page } from 'playwright-core'

import { logIn } from './admin'
import { DESK, findingsOf, openPerson, PHONE } from './browser'
import type { RunningKizuna } from './launcher'

/** A page that people look at. */
interface Screen {
  name: string
  /** Who looks; absent for pages without a log-in. */
  login?: string
  show: (page: Page, kizuna: RunningKizuna) => Promise<void>
}

const WARD = '131997'

const SCREENS: readonly Screen[] = [
  {
    name: 'registration',
    show: async (page, { web }) => {
      await page.goto(`${web}/r/${WARD}`)
    },
  },
  {
    name: 'inbox',
    show: async (page, { inbox }) => {
      await page.goto(inbox)
      await page.locator('#readers a').first().waitFor()
    },
  },
  {
    name: 'conversation',
    show: async (page, { inbox }) => {
      const lines = page.locator('#readers a', { has: page.locator('.kind-line') })
      await page.goto(inbox)
      await lines.first().click()
      await page.locator('#talk .bubble').first().waitFor()
    },
  },
  {
    name: 'login',
    show: async (page, { admin }) => {
      await page.goto(`${admin}/login`)
      await page.locator('#field-email').waitFor()
    },
  },
  { name: 'dashboard', login: 'editor', show: openAdmin('') },
  { name: 'coverage', login: 'editor', show: openAdmin('/coverage') },
  { name: 'this-day', login: 'editor', show: openAdmin('/this-day') },
  { name: 'manuscripts', login: 'editor', show: openAdmin('/collections/kizuna-manuscripts') },
  { name: 'manuscript', login: 'editor', show: openFirst('kizuna-manuscripts') },
  { name: 'manuscript-chief', login: 'chief', show: openFirst('kizuna-manuscripts') },
  { name: 'add-ons', login: 'shiokaze-editor', show: openAdmin('/collections/kizuna-add-ons') },
  { name: 'add-on', login: 'shiokaze-editor', show: openFirst('kizuna-add-ons') },
  { name: 'calendar', login: 'shiokaze-editor', show: openAdmin('/calendar') },
  { name: 'municipality', login: 'shiokaze-editor', show: openFirst('kizuna-municipalities') },
  { name: 'account', login: 'shiokaze-editor', show: openAdmin('/account') },
  { name: 'sheets', login: 'shiokaze-editor', show: openAdmin('/sheets') },
  { name: 'municipality-admin', login: 'admin', show: openFirst('kizuna-municipalities') },
  { name: 'release', login: 'chief', show: openFirst('kizuna-releases') },
  { name: 'report', login: 'chief', show: openFirst('kizuna-reports') },
]

/** Our parts of the admin; the rest is Payload's. */
const OURS = ['.kizuna-page', '.kizuna-panel', '.kizuna-stored', '.kizuna-logo']

interface LookOptions {
  browser: Browser
  kizuna: RunningKizuna
  /** Where pictures of all screens are kept; absent keeps none. */
  folder: string | undefined
}

/** Opens every screen on a desk and on a phone and tells what is wrong with it. */
export async function lookAtScreens(options: LookOptions): Promise<string[]> {
  const found: string[] = []
  for (const login of new Set(SCREENS.map((screen) => screen.login))) {
    found.push(...(await lookAs(login, options)))
  }
  return found
}

/** Everything one person looks at. */
async function lookAs(
  login: string | undefined,
  { browser, kizuna, folder }: LookOptions,
): Promise<string[]> {
  const found: string[] = []
  const strangers = new Set<string>()
  const context = await openPerson(browser, { onStranger: (host) => strangers.add(host) })
  const page = await context.newPage()
  if (login) await logIn(page, kizuna, login)
  for (const { name, show } of SCREENS.filter((screen) => screen.login === login)) {
    await page.setViewportSize(DESK)
    await show(page, kizuna)
    for (const viewport of [DESK, PHONE]) {
      const path = folder && join(folder, `${name}-${viewport.width}.png`)
      const faults = await faultsAt(page, viewport, path)
      found.push(...faults.map((fault) => `${name} at ${viewport.width}: ${fault}`))
    }
    found.push(...[...strangers].map((host) => `${name}: asks ${host}`))
    strangers.clear()
  }
  await context.close()
  return found
}

async function faultsAt(page: Page, viewport: typeof DESK, path: string | undefined) {
  await page.setViewportSize(viewport)
  const isAdmin = new URL(page.url()).pathname.startsWith('/admin')
  if (path) await page.screenshot({ path, fullPage: isAdmin })
  const { isTooWide, text } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return { isTooWide: scrollWidth > clientWidth, text: document.body.innerText }
  })
  return [
    ...(await accessFaults(page, isAdmin)),
    ...(isTooWide ? ['wider than the screen'] : []),
    ...englishIn(text).map((words) => `English: ${words}`),
  ]
}

/** What axe finds in a page of ours, or in our parts of the admin. */
async function accessFaults(page: Page, isAdmin: boolean): Promise<string[]> {
  if (!isAdmin) return findingsOf(page)
  const ours: string[] = []
  for (const part of OURS) if ((await page.locator(part).count()) > 0) ours.push(part)
  return ours.length > 0 ? findingsOf(page, ours) : []
}

/** Three Latin words in a row are no name any more. *Pure.* */
function englishIn(text: string): string[] {
  return text.match(/[A-Za-z]{2,}(?: [A-Za-z']+){2,}/g) ?? []
}

function openAdmin(path: string): Screen['show'] {
  return async (page, { admin }) => {
    await page.goto(`${admin}${path}`)
    await page.locator('h1, .dashboard').first().waitFor()
    await page.waitForLoadState('networkidle')
  }
}

function openFirst(collection: string): Screen['show'] {
  return async (page, kizuna) => {
    await openAdmin(`/collections/${collection}`)(page, kizuna)
    const first = page.locator('.table tbody a').first()
    await page.goto(new URL((await first.getAttribute('href')) ?? '', kizuna.admin).href)
    await page.locator('.doc-header__title').waitFor()
    await page.waitForLoadState('networkidle')
  }
}
