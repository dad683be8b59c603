import { resolve } from 'node:path'

import type { Browser, Page } from 'playwright-core'

import { buildCms, isBuildStale } from '../../../src/launch/build'
import { waitUntilReady } from '../../../src/launch/ready'
import { freePort } from '../../../src/local/port'
import { DESK } from '../../e2e/browser'
import { openBrowser } from '../../e2e/chromium'
import { countReadDocuments } from '../../readDocuments'
import { spawnProgram, stopProgram, type Host } from '../host'
import { createMeter } from '../meter'
import type { Figures } from './figures'
import { openSet } from './openSet'
import { SCREENS, type Screen, type ShownIds, type Viewer } from './screens'
import type { SetSize } from './textSet'
import { visit } from './visit'

/** The whole set of the target, and the part it is compared with. */
export const WHOLE: SetSize = { manuscripts: 2500, addOns: 20_000, municipalities: 200 }
const TENTH: SetSize = { manuscripts: 250, addOns: 2000, municipalities: 20 }

const root = resolve(import.meta.dirname, '../../..')

/**
 * Every screen as its people get it: the production build, Chromium, the whole set; and what MongoDB
 * looks at for it there and in a tenth of the set. A first visit, which fills caches, is not counted.
 */
export async function measureScreens(
  host: Host,
  { rounds, isAsked }: { rounds: number; isAsked: (screen: Screen) => boolean },
): Promise<Figures[]> {
  const set = await openSet(host, 'screens')
  if (await isBuildStale(root)) await buildCms({ root, env: process.env })
  const port = await freePort()
  host.progress('十分の一の原稿を入れています…')
  const ids = await set.grow(TENTH)
  const cms = spawnProgram('src/launch/cms.ts', [], {
    NODE_ENV: 'production',
    CMS_PORT: String(port),
  })
  // The meter's database is the CMS here: its own work, however busy the machine is.
  const server = createMeter(Number(cms.pid))
  const admin = `http://localhost:${port}/admin`
  const browser = await openBrowser()
  try {
    await waitUntilReady({ url: `${admin}/login`, name: 'CMS', timeoutMs: 90_000 })
    const pages = await openPages(browser, admin, set.tokens)
    const screens = SCREENS.filter(isAsked)
    const look = { admin, ids, pages, payload: set.payload, progress: host.progress }
    const before: Awaited<ReturnType<typeof readFor>>[] = []
    for (const screen of screens) before.push(await readFor(look, screen))
    host.progress('残りの原稿を入れています…')
    await set.grow(WHOLE)
    const figures: Figures[] = []
    for (const [at, screen] of screens.entries()) {
      const whole = await readFor(look, screen)
      let ms: number[] = []
      const { databaseCpuSeconds } = await server(async () => {
        ms = await timesOf(look, screen, rounds)
      })
      const cpuMs = (databaseCpuSeconds * 1000) / rounds
      figures.push({ screen, ms, cpuMs, tenth: before[at] ?? whole, whole })
      host.progress(`${screen.viewer} ${screen.name}: ${ms.map(Math.round).join(', ')}`)
    }
    return figures
  } finally {
    await browser.close()
    await stopProgram(cms)
    await set.payload.destroy()
  }
}

interface Look {
  admin: string
  ids: ShownIds
  pages: Record<Viewer, Page>
  payload: Awaited<ReturnType<typeof openSet>>['payload']
}

/** A window for each of them, logged in. */
async function openPages(browser: Browser, admin: string, tokens: Record<Viewer, string>) {
  const pages = {} as Record<Viewer, Page>
  for (const [viewer, value] of Object.entries(tokens) as [Viewer, string][]) {
    // Not as the tests open it: whoever looks at each request loses the browser's cache.
    const context = await browser.newContext({ viewport: DESK, locale: 'ja-JP' })
    await context.addCookies([{ name: 'payload-token', value, url: admin }])
    pages[viewer] = await context.newPage()
  }
  return pages
}

/** What MongoDB looks at for a screen and for all it asks afterwards, and how large its page is. */
async function readFor({ pages, payload, ...look }: Look, screen: Screen) {
  const page = pages[screen.viewer]
  await visit({ page, ...look }, screen)
  await page.waitForLoadState('networkidle')
  const { documents, keys, read } = await countReadDocuments(payload, async () => {
    await visit({ page, ...look }, screen)
    await page.waitForLoadState('networkidle')
  })
  return { documents, keys, read, kb: await page.evaluate(pageBytes).then((bytes) => bytes / 1024) }
}

function pageBytes(): number {
  const [navigation] = performance.getEntriesByType('navigation')
  return (navigation as PerformanceNavigationTiming).decodedBodySize
}

async function timesOf({ pages, ...look }: Look, screen: Screen, rounds: number) {
  const page = pages[screen.viewer]
  const ms: number[] = []
  for (let round = 0; round < rounds; round += 1) ms.push(await visit({ page, ...look }, screen))
  return ms
}
