import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'

import { share } from '../share'
import { DESK, eventually, findingsOf, PHONE } from './browser'
import { pictureOf } from './pictureOf'

/** Our own parts of the admin; the rest of a form is Payload's. */
const OURS = [
  ...['.kizuna-page', '.kizuna-panel', '.kizuna-input', '.kizuna-widget', '.kizuna-stored'],
  ...['.kizuna-approvals', '.kizuna-export', '.kizuna-municipality__effect'],
]

let looks = 0

/**
 * Fails for what is wider than a desk's screen or a phone's, and for what axe finds of our parts on
 * the two in turn (on both with `npm run test:all`); keeps pictures of both in SCREENSHOTS.
 */
export async function looksSound(page: Page, name: string): Promise<void> {
  const own = page.viewportSize() ?? DESK
  const audited = share([DESK, PHONE], { nth: 2, from: looks++ })
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport)
    await eventually(async () => {
      const faults = audited.includes(viewport) ? await faultsOf(page) : []
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
      const isTooWide = scrollWidth > clientWidth
      expect({ name, faults, isTooWide }).toEqual({ name, faults: [], isTooWide: false })
    })
    await pictureOf(page, name)
  }
  await page.setViewportSize(own)
}

async function faultsOf(page: Page): Promise<string[]> {
  const there: string[] = []
  for (const part of OURS) if ((await page.locator(part).count()) > 0) there.push(part)
  return findingsOf(page, there)
}
