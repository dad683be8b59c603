import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { Browser, BrowserContext, Page } from 'playwright-core'

import { PATIENCE } from '../patience.mjs'

/** A clerk's screen. */
export const DESK = { width: 1280, height: 800 }
/** A reader's phone. */
export const PHONE = { width: 390, height: 844 }

/** How long a page may take to show what is waited for. */
export const PATIENCE_MS = 30_000 * PATIENCE

/**
 * Asks until it holds what is said of a screen, which is drawn piece by piece: a part that is there may
 * for a moment be hidden again. What never holds fails with its own words after {@link PATIENCE_MS}.
 */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

interface PersonOptions {
  viewport?: { width: number; height: number }
  /** Called with each other host that a page asks something of. */
  onStranger?: (host: string) => void
}

/** A person's own browser window: Japanese, in Japan, with no host but this one. */
export async function openPerson(
  browser: Browser,
  { viewport = DESK, onStranger }: PersonOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    bypassCSP: true,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await context.route(
    ({ protocol, hostname }) => protocol.startsWith('http') && !OUR_HOSTS.has(hostname),
    async (route) => {
      onStranger?.(new URL(route.request().url()).host)
      await route.abort()
    },
  )
  return context
}

const OUR_HOSTS = new Set(['localhost', '127.0.0.1'])

/** Writes a picture of each open page of a browser, and tells where they are. */
export async function picturesOfAll(browser: Browser, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const pages = browser.contexts().flatMap((context) => context.pages())
  return Promise.all(
    pages.map(async (page, index) => {
      const path = join(folder, `failure-${index + 1}.png`)
      await page.screenshot({ path }).catch(() => undefined)
      return `${path} ${page.url()}`
    }),
  )
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[]
}

/** Until all that moves for a while is still: a colour on its way to another one is no finding. */
const AT_REST = `Promise.race([
  Promise.all(
    document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      .map(({ finished }) => finished.catch(() => undefined)),
  ),
  new Promise((resolve) => setTimeout(resolve, 2000)),
]).then(() => undefined)`

/** Serious and critical findings of axe in a page, or in some parts of it; by these rules, or by all. */
export async function findingsOf(
  page: Page,
  parts: readonly string[] = [],
  rules?: readonly string[],
): Promise<string[]> {
  await page.evaluate(axe)
  await page.evaluate(AT_REST)
  const include = parts.map((part) => [part])
  const scope = parts.length === 0 ? 'document' : JSON.stringify({ include })
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  const asked = `axe.run(${scope}, ${JSON.stringify(options)})`
  const { violations } = (await page.evaluate(asked)) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Least height of what a finger presses, in CSS pixels. */
const FINGER_PX = 44

/** What can be pressed in a part of a page and is lower than a finger needs, by its words. */
export function smallTargetsOf(page: Page, part: string): Promise<string[]> {
  const targets = page
    .locator(part)
    .locator('button:visible, a:visible, summary:visible, select:visible')
  return targets.evaluateAll(
    (found, least) =>
      found
        .filter((target) => target.getBoundingClientRect().height < least)
        .map((target) => `${target.textContent} ${target.getBoundingClientRect().height}`),
    FINGER_PX,
  )
}
