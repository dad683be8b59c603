import type { Browser, BrowserContext, Page } from 'playwright-core'

import { openPerson, PATIENCE_MS } from './browser'
import { PATIENCE } from '../patience.mjs'
import { inTurn } from './fixture'
import type { Addresses } from './launcher'

/** A demo log-in of the sample, without its domain. */
export type Login = string

/** Logs a person in through the form and shows the dashboard. */
export async function logIn(page: Page, kizuna: Addresses, login: Login): Promise<void> {
  await page.goto(`${kizuna.admin}/login`)
  await page.locator('#field-email').fill(`${login}@kizuna.example`)
  await page.locator('#field-password').fill(kizuna.password)
  await inTurn(async () => {
    await page.getByRole('button', { name: 'ログイン' }).click()
    await page.locator('.kizuna-note').waitFor()
  })
}

/**
 * Gives somebody a window of their own, logged in as by the form ({@link logIn} is for what begins
 * there), for as long as it is used.
 */
export async function as<T>(
  { browser, kizuna }: { browser: Browser; kizuna: Addresses },
  login: Login,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await openPerson(browser)
  await inTurn(() => enter(context, kizuna, login))
  const page = await context.newPage()
  const result = await inTime(use(page)).catch((error: unknown) => tellWhatIsShown(page, error))
  // A window that does not close is the browser's; what was seen in it holds.
  await inTime(context.close(), PATIENCE_MS).catch(() => undefined)
  return result
}

async function enter({ request }: BrowserContext, { admin, password }: Addresses, login: Login) {
  const data = { email: `${login}@kizuna.example`, password }
  const answer = await request.post(new URL('/api/users/login', admin).href, { data })
  if (!answer.ok()) throw new Error(`${login} was not let in: ${await answer.text()}`)
}

/** How long one window may be used: what hangs without a limit of its own is told before jest ends it. */
const WINDOW_MS = 110_000 * PATIENCE

async function inTime<T>(use: Promise<T>, limitMs = WINDOW_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not done after ${limitMs / 1000} s.`)), limitMs)
  })
  return Promise.race([use, late]).finally(() => clearTimeout(timer))
}

/** What stood on the screen when a scene broke off: it says more than what was waited for. */
async function tellWhatIsShown(page: Page, error: unknown): Promise<never> {
  const shown = await page.locator('body').innerText()
  throw new Error(`${String(error)}\n\n${page.url()} shows:\n${shown}`, { cause: error })
}

/**
 * Opens a page and waits until its buttons answer: what is clicked or typed before that, faster than
 * a person could, is lost or leaves a new part of a form loading.
 */
export async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
}

/** The panel of a document with the state of its review and the next steps. */
export function reviewPanel(page: Page) {
  return page.getByRole('region', { name: '監修と公開' })
}

/** Takes a step of the review as a person does: the button, the question, the button again. */
export async function takeStep(page: Page, label: string): Promise<void> {
  const panel = reviewPanel(page)
  await panel.getByRole('button', { name: label, exact: true }).click()
  await panel.getByRole('button', { name: 'やめる' }).waitFor()
  await panel.getByRole('button', { name: label, exact: true }).click()
}

/** The state of the review on the screen. */
export function stateOf(page: Page, state: string) {
  return reviewPanel(page).locator('.kizuna-state', { hasText: state })
}
