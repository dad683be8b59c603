import { join } from 'node:path'

import type { Browser, Page } from 'playwright-core'

import { logIn } from './admin'
import { DESK, findingsOf, openPerson, PHONE } from './browser'
import type { RunningKizuna } from './launcher'
import { PATIENCE } from '../patience.mjs'
import { share } from '../share'

/** A page that people look at. */
interface Screen {
  name: string
  /** Who looks; absent for pages without a log-in. */
  login?: string
  show: (page: Page, kizuna: RunningKizuna) => Promise<void>
}

const WARD = '131997'

/** In place of a path: the first document of a list. */
const FIRST_OF = 'first of '

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
  ...adminScreens('editor', {
    dashboard: '',
    coverage: '/coverage',
    'this-day': '/this-day',
    texts: '/texts',
    plain: '/plain',
    renewal: '/renewal',
    links: '/links',
    'due-reviews': '/due-reviews',
    manuscripts: '/collections/kizuna-manuscripts',
    media: '/collections/kizuna-media',
    manuscript: FIRST_OF + 'kizuna-manuscripts',
    series: FIRST_OF + 'kizuna-series',
  }),
  ...adminScreens('chief', {
    desk: '/desk',
    operation: '/operation',
    'account-moves': '/account-moves',
    'audit-log': '/collections/kizuna-audit-log',
    'manuscript-chief': FIRST_OF + 'kizuna-manuscripts',
    release: FIRST_OF + 'kizuna-releases',
    report: FIRST_OF + 'kizuna-reports',
  }),
  ...adminScreens('shiokaze-editor', {
    'add-ons': '/collections/kizuna-add-ons',
    'add-on': FIRST_OF + 'kizuna-add-ons',
    calendar: '/calendar',
    municipality: FIRST_OF + 'kizuna-municipalities',
    account: '/account',
    sheets: '/sheets',
    numbers: '/numbers',
    alerts: '/alerts',
    posters: '/posters',
    surveys: '/surveys',
    funding: '/funding',
    counter: '/counter',
    library: '/library',
    proposals: '/proposals',
    voices: '/collections/kizuna-voices',
  }),
  ...adminScreens('contributor', { proposal: '/proposals' }),
  ...adminScreens('admin', {
    'municipality-admin': FIRST_OF + 'kizuna-municipalities',
    users: '/collections/users',
    user: FIRST_OF + 'users',
    'line-account': FIRST_OF + 'kizuna-line-accounts',
    takeout: '/takeout',
  }),
]

/** At which width axe looks at a screen, and at which one also in the dark: its share, or all. */
const AUDITED = {
  [DESK.width]: new Set(share(SCREENS, { nth: 2 })),
  [PHONE.width]: new Set(share(SCREENS, { nth: 2, from: 1 })),
}
const AUDITED_DARK = new Set(share(SCREENS, { nth: 3 }))

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
  for (const screen of SCREENS.filter((one) => one.login === login)) {
    const { name, show } = screen
    await page.setViewportSize(DESK)
    await show(page, kizuna)
    for (const viewport of [DESK, PHONE]) {
      const path = folder && join(folder, `${name}-${viewport.width}.png`)
      const faults = await lastingFaults(page, { screen, viewport, path })
      found.push(...faults.map((fault) => `${name} at ${viewport.width}: ${fault}`))
    }
    found.push(...[...strangers].map((host) => `${name}: asks ${host}`))
    strangers.clear()
  }
  await context.close()
  return found
}

interface Looked {
  screen: Screen
  viewport: typeof DESK
  /** Where its picture is kept. */
  path: string | undefined
}

/** How long a page's script may take until it has mended what it mends, as names of Payload's buttons. */
const MENDED_MS = 10_000 * PATIENCE

async function lastingFaults(page: Page, looked: Looked): Promise<string[]> {
  const end = Date.now() + MENDED_MS
  for (;;) {
    const faults = await faultsAt(page, looked)
    if (faults.length === 0 || Date.now() > end) return faults
    await page.waitForTimeout(500)
  }
}

async function faultsAt(page: Page, { screen, viewport, path }: Looked): Promise<string[]> {
  await page.setViewportSize(viewport)
  const isAdmin = new URL(page.url()).pathname.startsWith('/admin')
  const isDark = isAdmin && viewport === DESK && AUDITED_DARK.has(screen)
  if (path) await page.screenshot({ path, fullPage: isAdmin })
  const { isTooWide, text } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return { isTooWide: scrollWidth > clientWidth, text: document.body.innerText }
  })
  return [
    ...(AUDITED[viewport.width]?.has(screen) ? await findingsOf(page) : []),
    ...(isDark ? await darkFaults(page) : []),
    ...(isTooWide ? ['wider than the screen'] : []),
    ...englishIn(text).map((words) => `English: ${words}`),
  ]
}

/** What cannot be read where the admin is dark. */
async function darkFaults(page: Page): Promise<string[]> {
  const setTheme = (theme: string) =>
    page.evaluate((one) => document.documentElement.setAttribute('data-theme', one), theme)
  await setTheme('dark')
  const found = await findingsOf(page, [], ['color-contrast'])
  await setTheme('light')
  return found.map((fault) => `dark: ${fault}`)
}

/** Where clerks set what no API tells, as LINE itself calls it in Japanese. */
const LONG_NAMES = /LINE Official Account Manager/g

/** Three Latin words in a row are no name any more. *Pure.* */
function englishIn(text: string): string[] {
  return text.replace(LONG_NAMES, '').match(/[A-Za-z]{2,}(?: [A-Za-z']+){2,}/g) ?? []
}

/** Screens of the admin that one person looks at, by path. */
function adminScreens(login: string, paths: Readonly<Record<string, string>>): Screen[] {
  return Object.entries(paths).map(([name, path]) => {
    const isFirst = path.startsWith(FIRST_OF)
    return { name, login, show: isFirst ? openFirst(path.slice(FIRST_OF.length)) : openAdmin(path) }
  })
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
