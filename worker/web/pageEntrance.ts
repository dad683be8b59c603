import type { Request, Response } from 'express'

import { html } from '../../src/release/escape'
import type { Child } from '../readers/reader'

import { browserOf } from './browserCookie'
import { keepTyped } from './formMemory'
import type { PageLink } from './link'
import { typedDateOf } from './typedDate'
import { sendNotice, type WebContext } from './webContext'

/** How to get a new link to the own page. */
export const NEW_LINK =
  'LINE の方は、トークで「登録の内容」と送ると新しいリンクが届きます。メールの方は、下のページから送れます。'

/** Where a new link is sent from by mail. */
export const NEW_LINK_PAGE = { href: '/me', label: 'メールで新しいリンクを受け取る' }

/**
 * Uses a link up and leads its browser to the reader's own page, where it was left or to what has
 * to be asked. Another browser is told how to get a link of its own, and nothing else.
 */
export async function enterPage(
  web: WebContext,
  request: Request,
  { response, link }: { response: Response; link: PageLink },
): Promise<void> {
  const browser = browserOf(request)
  if (browser === null) return sendCookiesNeeded(response)
  const visit = await web.readers.openVisit({ ...link, browser })
  if (!visit) return sendTaken(response, { isAsked: link.asked !== undefined })
  const base = `/me/${visit.id}`
  const place = (await placeOf(web, request, link)) ?? visit.place
  response.redirect(303, `${base}${place ?? ''}`)
}

/** Where a link leads besides the own page; null is wherever that was left. */
async function placeOf(web: WebContext, request: Request, link: PageLink): Promise<string | null> {
  const { readerId, asked, isForBirth } = link
  if (asked) return askedPlace(web, request, asked)
  if (!isForBirth) return null
  const [unborn, ...others] = (await web.readers.childrenOf(readerId)).filter(isUnborn)
  return unborn && others.length === 0 ? `/children/${unborn._id}/birth` : null
}

/** A child of whom no birth was told. *Pure.* */
export function isUnborn({ birthDate }: Pick<Child, 'birthDate'>): boolean {
  return birthDate === undefined
}

/** What was said at a registration and has to be asked about, as if it had been typed. */
async function askedPlace(
  web: WebContext,
  request: Request,
  { dates, childId: key }: NonNullable<PageLink['asked']>,
): Promise<string> {
  const { birthDate, dueDate } = dates
  const anchor = birthDate ? 'birthDate' : 'dueDate'
  const typed = { anchor, ...typedDateOf(birthDate ?? dueDate), key }
  return `/add/which?d=${await keepTyped(web, request, typed)}`
}

/** Answers that a link was used in another browser; `isAsked`: it led to a question first. */
export function sendTaken(response: Response, { isAsked }: { isAsked: boolean }): void {
  const title = 'このリンクは、もう使われています'
  const unanswered = isAsked ? UNANSWERED : ''
  sendNewLink(response, title, `リンクは、はじめに開いたブラウザでだけ使えます。${unanswered}`)
}

/** Whoever it is that opens the link learns neither what was asked nor whether it was answered. */
const UNANSWERED =
  '途中で聞かれたことに答えていなければ、登録はまだ終わっていません。新しいリンクを開いて、もう一度入れてください。'

/** Answers that a page is another browser's. */
export function sendElsewhere(response: Response): void {
  const title = 'このページは、ここでは開けません'
  sendNewLink(
    response,
    title,
    '登録の内容は、届いたリンクを開いたブラウザでだけ見られます。ブラウザを閉じたときや、ほかの人から受け取ったアドレスでは、開けません。',
  )
}

/** Answers that the page was open for an hour; `isKept`: what was typed is there afterwards. */
export function sendEndedVisit(response: Response, isKept: boolean): void {
  const title = '開いてから 1 時間がたちました'
  sendNewLink(
    response,
    title,
    isKept
      ? 'まだ保存していません。新しいリンクをこのブラウザで開くと、いま入れた内容から続けられます。'
      : '登録の内容をほかの人に見られないように、ページを閉じました。続けるには、新しいリンクをこのブラウザで開いてください。',
  )
}

function sendCookiesNeeded(response: Response): void {
  const title = 'このブラウザの設定では開けません'
  sendNotice(response, { title, status: 400 }, [
    '登録の内容をほかの人に見せないために、Cookie(クッキー)を使います。ブラウザの設定で Cookie を使えるようにしてから、リンクをもう一度開いてください。リンクは、まだ使えます。',
    '配信を止めるときは、リンクを開いた画面の「配信を止める・休む」から、そのまま止められます。',
  ])
}

function sendNewLink(response: Response, title: string, why: string): void {
  const { href, label } = NEW_LINK_PAGE
  const another = html`<a href="${href}">${label}</a>`
  sendNotice(response, { title, status: 410 }, [why, NEW_LINK, another])
}
