import type { Request, Response } from 'express'
import { z } from 'zod'

import { html } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'
import type { Child, Reader } from '../readers/reader'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { notice, type Page } from './page'
import { sendExpired, sendPage, todayOf, type WebContext } from './webContext'

/** A reader on their own page. */
export interface Visit {
  reader: Reader
  municipality: MunicipalitySettings | null
  /** Their active children, youngest first. */
  children: Child[]
  /** Path of their page, with the token. */
  base: string
  today: LocalDay
  response: Response
  form: MyPageForm
}

/** A visit to the page of one child. */
export interface ChildVisit extends Visit {
  child: Child
}

/** How to get a new link when the old one expired. */
export const NEW_LINK =
  'LINE の方は、トークで「登録」と送ると新しいリンクが届きます。メールの方は、下のページから送れます。'

const text = z.string().max(300).catch('').default('')
const formShape = z.object({
  go: text,
  anchor: text,
  year: text,
  month: text,
  day: text,
  corrected: text,
  edition: text,
  area: text,
  answer: z.enum(['same', 'correction', 'twin', 'another']).or(z.literal('')).catch('').default(''),
  /** Id of a child to add, made with the form: a form sent twice adds once. */
  key: text,
})

/** What the forms of the reader's page send; nothing in it is trusted. */
export type MyPageForm = z.infer<typeof formShape>

/** Opens the reader's page of a link, or answers that it expired. */
export async function openVisit(
  web: WebContext,
  request: Request<{ token: string }>,
  response: Response,
): Promise<Visit | null> {
  const { token } = request.params
  const readerId = web.links.openMyPage(token)
  const reader = readerId && (await web.readers.findReader(readerId))
  if (!reader) {
    sendExpired(response, NEW_LINK, { href: '/me', label: 'メールで新しいリンクを受け取る' })
    return null
  }
  const [municipality, children] = await Promise.all([
    web.settings.municipality(reader.municipality),
    web.readers.childrenOf(reader._id),
  ])
  const form = formShape.parse(request.body ?? {})
  const base = `/me/${token}`
  return { reader, municipality, children, base, today: todayOf(web), response, form }
}

/** {@link openVisit} for one of the reader's own children. */
export async function openChildVisit(
  web: WebContext,
  request: Request<{ token: string; childId: string }>,
  response: Response,
): Promise<ChildVisit | null> {
  const visit = await openVisit(web, request, response)
  const child = visit?.children.find(({ _id }) => _id === request.params.childId)
  if (visit && child) return { ...visit, child }
  if (visit) showPage(visit, goneChild(visit), 404)
  return null
}

/** A child that was stopped since its page was opened, or is another family's. */
function goneChild({ base }: Visit): Omit<Page, 'municipality'> {
  const title = 'いまの登録にないお子さんです'
  const own = html`<a href="${base}">登録の内容を見る</a>`
  return { title, body: notice(title, '何も変えていません。', own) }
}

/** Shows a page of the visit. */
export function showPage(
  { response, municipality }: Visit,
  page: Omit<Page, 'municipality'>,
  status = 200,
): void {
  sendPage(response, { ...page, municipality }, status)
}

/** Goes back to the reader's page, which says what was done. */
export function backToPage({ response, base }: Visit, done: string): void {
  response.redirect(303, `${base}?done=${done}`)
}
