import { resolve } from 'node:path'

import type { Browser, Page } from 'playwright-core'

import { buildCms, isBuildStale } from '../../src/launch/build'
import { freePort } from '../../src/local/port'
import { waitUntilReady } from '../../src/launch/ready'
import { DESK } from '../e2e/browser'
import { openBrowser } from '../e2e/chromium'
import { insertManuscripts } from '../src/review/insertManuscripts'
import { openCmsFixture } from './cmsFixture'
import { spawnProgram, stopProgram, type Host } from './host'
import { createMeter, type Meter } from './meter'
import { repeat } from './repeat'

const SLOTS = 2500
const ROUNDS = 9
const root = resolve(import.meta.dirname, '../..')

/**
 * The map of the manuscripts as somebody at a desk gets it: the production build, Chromium, 2,500
 * slots, in milliseconds. The first visit, which fills the browser's cache, is not counted.
 */
export async function benchCoverage(host: Host): Promise<object> {
  const rounds = host.isQuick ? 1 : ROUNDS
  const fixture = await openCmsFixture(host, 'coverage')
  const ids = await insertManuscripts(fixture, textsOf(fixture.series))
  if (await isBuildStale(root)) await buildCms({ root, env: process.env })
  const port = await freePort()
  const cms = spawnProgram('src/launch/cms.ts', [], {
    NODE_ENV: 'production',
    CMS_PORT: String(port),
  })
  const admin = `http://localhost:${port}/admin`
  const browser = await openBrowser()
  try {
    await waitUntilReady({ url: `${admin}/login`, name: 'CMS', timeoutMs: 90_000 })
    const page = await openAs(browser, admin, fixture.token)
    const server = createMeter(Number(cms.pid))
    const visits = await repeat(rounds, () => visit(page, `${admin}/coverage`, server))
    const opens = await repeat(rounds, () => openSlot(page, admin, ids[SLOTS / 2] ?? ''))
    return { slots: SLOTS, rounds, ...visits, ...opens }
  } finally {
    await browser.close()
    await stopProgram(cms)
    await fixture.payload.destroy()
  }
}

/** One text a day of a childhood: most are out, some wait for their review or are being written. */
function textsOf(series: { id: string; code: string }) {
  return Array.from({ length: SLOTS }, (_, day) => ({
    series,
    slot: `day${day}`,
    standing: (['draft', 'in_review'] as const)[day % 10] ?? ('published' as const),
  }))
}

async function openAs(browser: Browser, admin: string, token: string): Promise<Page> {
  // Not as the tests open it: whoever looks at each request loses the browser's cache.
  const context = await browser.newContext({ viewport: DESK, locale: 'ja-JP' })
  await context.addCookies([{ name: 'payload-token', value: token, url: admin }])
  return context.newPage()
}

/** From the address to the map: the server's answer, the first words, all cells, a filter that answers. */
async function visit(page: Page, address: string, server: Meter) {
  await page.goto('about:blank')
  // The meter's database is the CMS here: its own work, however busy the machine is.
  const { databaseCpuSeconds } = await server(() => show(page, address))
  return { serverCpuMs: databaseCpuSeconds * 1000, ...(await timesOf(page)) }
}

async function show(page: Page, address: string) {
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction((count) => {
    if (document.querySelectorAll('[role=gridcell] a').length < count) return false
    Object.assign(window, { cellsAt: (window as Marks).cellsAt ?? performance.now() })
    const filter = document.querySelector<HTMLElement>('.kizuna-coverage__legend button')
    if (filter?.getAttribute('aria-pressed') === 'true') {
      return Object.assign(window, { usableAt: performance.now() }).usableAt > 0
    }
    filter?.click() // in vain until the page's script is there
    return false
  }, SLOTS)
}

function timesOf(page: Page) {
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const { responseStart, responseEnd, encodedBodySize } =
      navigation as PerformanceNavigationTiming
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return {
      firstByteMs: responseStart,
      serverMs: responseEnd,
      pageKb: encodedBodySize / 1024,
      firstPaintMs: paint?.startTime ?? NaN,
      cellsMs: (window as Marks).cellsAt ?? NaN,
      usableMs: (window as Marks).usableAt ?? NaN,
    }
  })
}

type Marks = Window & { cellsAt?: number; usableAt?: number }

/** From a click on a slot in the middle of the map to the manuscript's form. */
async function openSlot(page: Page, admin: string, id: string) {
  await page.goto(`${admin}/coverage`, { waitUntil: 'networkidle' })
  const cell = page.locator(`[role=gridcell] a[href$="${id}"]`)
  await cell.scrollIntoViewIfNeeded()
  const startedAt = performance.now()
  await cell.click()
  await page.locator('#field-title').waitFor()
  return { openMs: performance.now() - startedAt }
}
