import type { FrameLocator, Locator, Page } from 'playwright-core'

/** What a reader types. */
export interface Answers {
  /** Absent for a reader who comes from LINE. */
  mail?: string
  /** `2026-11-23` */
  dueDate: string
  relation: '母' | '父'
}

/** Fills in every screen of the registration that is asked, from the page that is open. */
export async function register(page: Page, { mail, dueDate, relation }: Answers): Promise<void> {
  if (mail) {
    await page.getByLabel('メールで受け取る').check()
    await page.getByLabel('メールアドレス').fill(mail)
    await next(page)
  }
  const [year = '', month = '', day = ''] = dueDate.split('-')
  await page.getByLabel('妊娠中', { exact: true }).check()
  await page.getByLabel('年', { exact: true }).fill(year)
  await page.getByLabel('月', { exact: true }).fill(month)
  await page.getByLabel('日', { exact: true }).fill(day)
  await next(page)
  await page.getByLabel(relation, { exact: true }).check()
  await next(page)
  // A town with districts asks for one.
  if (new URL(page.url()).pathname.endsWith('/area')) await next(page)
  await page.getByLabel('読んで、同意します').check()
  await page.getByRole('button', { name: 'この内容で登録する' }).click()
}

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: '次へ' }).click()
}

/** The newest mail in the inbox page. */
export function newestMail(inbox: Page): FrameLocator {
  return inbox.locator('#mails details').first().frameLocator('iframe')
}

/** Follows a link of the inbox into the reader's browser. */
export async function follow(inbox: Page, link: Locator): Promise<Page> {
  const [opened] = await Promise.all([inbox.waitForEvent('popup'), link.click()])
  await opened.waitForLoadState()
  return opened
}
