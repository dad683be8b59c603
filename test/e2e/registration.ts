import type { FrameLocator, Locator, Page } from 'playwright-core'

import { createHand, type Hand } from './hand'

/** What a reader types. */
export interface Answers {
  /** Absent for a reader who comes from LINE. */
  mail?: string
  /** `2026-11-23` */
  dueDate: string
  relation: '母' | '父'
}

/** Answers every screen of the registration that is asked, from the page that is open. */
export async function register(
  page: Page,
  { mail, dueDate, relation }: Answers,
  { tap, type }: Hand = createHand(),
): Promise<void> {
  const next = () => tap(page.getByRole('button', { name: '次へ' }))
  if (mail) {
    await tap(page.getByLabel('メールで受け取る'))
    await type(page.getByLabel('メールアドレス'), mail)
    await next()
  }
  const [year = '', month = '', day = ''] = dueDate.split('-')
  await tap(page.getByLabel('妊娠中', { exact: true }))
  await type(page.getByLabel('年', { exact: true }), year)
  await type(page.getByLabel('月', { exact: true }), month)
  await type(page.getByLabel('日', { exact: true }), day)
  await next()
  await tap(page.getByLabel(relation, { exact: true }))
  await next()
  // A town with districts asks for one.
  await page.waitForURL(/\/(area|confirm)\?/)
  if (new URL(page.url()).pathname.endsWith('/area')) await next()
  await tap(page.getByLabel('読んで、同意します'))
  await tap(page.getByRole('button', { name: 'この内容で登録する' }))
}

/** The newest mail in the inbox page. */
export function newestMail(inbox: Page): FrameLocator {
  return inbox.locator('#mails details').first().frameLocator('iframe')
}

/** Follows a link of the inbox into the reader's browser. */
export async function follow(
  inbox: Page,
  link: Locator,
  { tap }: Hand = createHand(),
): Promise<Page> {
  const [opened] = await Promise.all([inbox.waitForEvent('popup'), tap(link)])
  await opened.waitForLoadState()
  return opened
}
