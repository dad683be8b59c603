// The README's pictures: `npm run pictures` starts a kizuna of its own, takes
// .readme/admin.png and .readme/inbox.png in Debian's Chromium, and stops it again.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { Browser, Page } from 'playwright-core'

import { logIn } from './admin'
import { DESK, openPerson } from './browser'
import { openBrowser } from './chromium'
import { choosePlace, startKizuna, type RunningKizuna } from './launcher'
import { endAll } from './processes'

const target = resolve(import.meta.dirname, '../../.readme')
const MANUSCRIPT = '(見本)妊娠24週 健診が2週間に1回に'

/** Debian's Chromium comes without Japanese: its empty date field would say mm/dd/yyyy. */
const ENGLISH_DATE_FIELD = 'input[type=date]::-webkit-datetime-edit { visibility: hidden }'

const folder = await mkdtemp(join(tmpdir(), 'kizuna-pictures-'))
try {
  const kizuna = await startKizuna(await choosePlace(join(folder, 'data')))
  const browser = await openBrowser()
  await mkdir(target, { recursive: true })
  await takePicture(browser, 'admin', (page) => showManuscript(page, kizuna))
  await takePicture(browser, 'inbox', (page) => showInbox(page, kizuna))
  await browser.close()
  await kizuna.interrupt()
} finally {
  await endAll(folder)
  await rm(folder, { recursive: true, force: true })
}

async function takePicture(browser: Browser, name: string, show: (page: Page) => Promise<void>) {
  const context = await openPerson(browser, { viewport: DESK })
  const page = await context.newPage()
  await show(page)
  const path = join(target, `${name}.png`)
  await page.screenshot({ path })
  process.stdout.write(`${path}\n`)
  await context.close()
}

async function showManuscript(page: Page, kizuna: RunningKizuna) {
  await logIn(page, kizuna, 'editor')
  await page.goto(`${kizuna.admin}/collections/kizuna-manuscripts`)
  await page.locator('.search-filter__input').fill(MANUSCRIPT)
  await page.getByRole('link', { name: MANUSCRIPT }).click()
  await page.locator('.kizuna-line__bubble').first().waitFor()
  await page.locator('.kizuna-state').waitFor()
  await page.waitForLoadState('networkidle')
}

/** A conversation with the card of a picture book beside a mail. */
async function showInbox(page: Page, { inbox }: RunningKizuna) {
  const list = await (await fetch(inbox)).text()
  const [mail] = readersIn(list, 'mail')
  for (const line of readersIn(list, 'line')) {
    const address = `${inbox}?line=${line}&mail=${mail ?? ''}`
    const conversation = await (await fetch(address)).text()
    if (!/class="card[^]*絵本/.test(conversation)) continue
    await page.goto(address)
    await page.addStyleTag({ content: ENGLISH_DATE_FIELD })
    await page.locator('#mails iframe').first().waitFor()
    await page.waitForLoadState('networkidle')
    return page.locator('#talk .card:not(:has(.press))').last().evaluate(showWhole)
  }
  throw new Error('Nobody got a card today')
}

function showWhole(card: Element): void {
  card.scrollIntoView({ block: 'end' })
}

function readersIn(list: string, kind: 'line' | 'mail'): string[] {
  const links = list.matchAll(new RegExp(`href="/\\?${kind}=([^"&]+)"`, 'g'))
  return [...links].map(([, id]) => id ?? '')
}
