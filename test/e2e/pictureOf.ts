import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import { DESK, PHONE } from './browser'

/** Keeps a picture of a page in SCREENSHOTS, named after the width it has; without it nothing. */
export async function pictureOf(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  await mkdir(folder, { recursive: true })
  const width = page.viewportSize()?.width ?? 0
  await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
}

/** The same on a desk and on a phone; the window is as it was afterwards. */
export async function picturesOf(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return
  const size = page.viewportSize()
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport)
    await pictureOf(page, name)
  }
  if (size) await page.setViewportSize(size)
}
