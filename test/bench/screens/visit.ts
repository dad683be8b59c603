import type { Page } from 'playwright-core'

import type { Screen, ShownIds } from './screens'

interface Visited {
  page: Page
  admin: string
  ids: ShownIds
}

/**
 * Opens a screen as its viewer does; resolves with the milliseconds until it is usable;
 * Infinity where that takes half a minute.
 */
export async function visit({ page, admin, ids }: Visited, screen: Screen): Promise<number> {
  const { path, press, usable } = screen
  const address = `${admin}${path(ids)}`
  await page.goto(press ? address : 'about:blank', { waitUntil: 'networkidle' })
  const startedAt = performance.now()
  if (press) await page.locator(press).first().click({ noWaitAfter: true })
  else await page.goto(address, { waitUntil: 'commit' })
  const isUsable = await untilUsable(page, usable).then(
    () => true,
    () => false,
  )
  return isUsable ? performance.now() - startedAt : Infinity
}

/**
 * Until all of these are shown and React answers for them, and no part of the page is still on its
 * way: what is pressed before that is lost.
 */
async function untilUsable(page: Page, selectors: readonly string[]): Promise<void> {
  // No function has a name in here: the page knows nothing of what tsx calls it by.
  await page.waitForFunction(
    (found) =>
      document.querySelector('template[id^="B:"]') === null &&
      found
        .map((one) => document.querySelector(one))
        .every(
          (element) =>
            element !== null &&
            element.getClientRects().length > 0 &&
            !element.closest('fieldset:disabled') &&
            Object.keys(element).some((name) => name.startsWith('__reactFiber$')),
        ),
    selectors,
  )
}
