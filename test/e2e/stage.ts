import { afterAll, beforeAll } from '@jest/globals'
import type { Browser } from 'playwright-core'

import { isBrowserTested, openBrowser } from './chromium'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'

/** What a scene is played on: the product that all scenes share, and a browser of its own. */
export interface Stage {
  kizuna: Addresses
  browser: Browser
}

/** Opens a stage before the first test of a file and leaves it after the last; filled until then. */
export function openStage(): Stage {
  const stage = {} as Stage
  beforeAll(async () => {
    if (!isBrowserTested) return
    stage.kizuna = await openFixture()
    stage.browser = await openBrowser()
  }, FIXTURE_MS)
  afterAll(async () => {
    if (isBrowserTested) await stage.browser.close()
  })
  return stage
}
