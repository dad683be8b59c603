import type { Request, RequestHandler, Response } from 'express'

import type { MunicipalitySettings } from '../../../src/plan/settings'
import { openEntrance } from '../../../src/secret/entrance'
import type { LocalDay } from '../../../src/stage/day'
import type { CounterVisit } from '../../readers/collections'
import { COUNTER_LIFE_MS } from '../../readers/counter'
import type { Child, Reader } from '../../readers/reader'

import { browserOf, cookieOptions, giveCookie } from '../browserCookie'
import { actions } from '../field'
import { notice, type Page } from '../page'
import { isFromElsewhere } from '../protection'
import { html } from '../../../src/release/escape'
import { sendPage, todayOf, type WebContext } from '../webContext'
import { standard } from '../words/standard'

const COOKIE = 'kizuna-counter'
const VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]{64})(?:;|$)`)

/** Where all pages of the counter are; its cookie goes nowhere else. */
export const COUNTER = '/counter'

/** Where all that is the municipality's is given; for those alone who came for it. */
export const TAKEOUT = `${COUNTER}/takeout`

/** Somebody of a municipality at its counter. */
export interface Desk {
  visit: CounterVisit
  municipality: MunicipalitySettings
  today: LocalDay
  response: Response
}

/** A counter with a reader in front of it. */
export interface ServedDesk extends Desk {
  reader: Reader
  /** Their active children, youngest first. */
  children: Child[]
  /** Path of the reader's pages, at this counter alone. */
  base: string
}

/** A request to a page of the counter. */
export type DeskRequest = Request<Record<string, string>>

/** A form of another site, or of another place of this one, does nothing at the counter. */
export const fromHere: RequestHandler = (request, response, next) => {
  if (isFromElsewhere(request)) return sendShut(response)
  next()
}

/** GET of an entrance that the CMS has given: a page with one button, because a GET opens nothing. */
export function showEntrance(web: WebContext, request: DeskRequest, response: Response): void {
  const entrance = openEntrance(web.ring, request.params.token ?? '', web.now())
  if (!entrance) return sendShut(response)
  giveCookie(web, request, response)
  const title = entrance.isTakeout ? 'すべてを持ち出す' : '窓口をひらく'
  const body = html`<h1>${title}</h1>
    <p>
      ${
        entrance.isTakeout
          ? 'この自治体の読者の連絡先や、お子さんの日付も入ったファイルを受け取る画面です。'
          : '窓口や電話で頼まれたときに、その方に代わって、登録・変更・停止をする画面です。'
      }
    </p>
    <form method="post">${actions(entrance.isTakeout ? '画面をひらく' : '窓口をひらく')}</form>`
  sendPage(response, { title, body })
}

/** POST of an entrance: opens the counter in this browser, once. */
export async function enterCounter(
  web: WebContext,
  request: DeskRequest,
  response: Response,
): Promise<void> {
  const entrance = openEntrance(web.ring, request.params.token ?? '', web.now())
  const browser = browserOf(request)
  const entered = entrance && browser && (await web.readers.counter.enter({ ...entrance, browser }))
  if (!entered) return sendShut(response)
  response.cookie(COOKIE, entered.cookie, { ...counterCookie(web), maxAge: COUNTER_LIFE_MS })
  response.redirect(303, entrance.isTakeout ? TAKEOUT : COUNTER)
}

/** Closes the counter in this browser. */
export async function leaveCounter(
  web: WebContext,
  request: DeskRequest,
  response: Response,
): Promise<void> {
  const visit = await visitOf(web, request)
  if (visit) await web.readers.counter.close(visit)
  response.clearCookie(COOKIE, counterCookie(web))
  response.redirect(303, `${COUNTER}/closed`)
}

/** The counter of this browser; without one the answer is where to open it, and null. */
export async function openDesk(
  web: WebContext,
  request: DeskRequest,
  response: Response,
): Promise<Desk | null> {
  const visit = await visitOf(web, request)
  const municipality = visit && (await web.settings.municipality(visit.municipality))
  if (municipality) return { visit, municipality, today: todayOf(web), response }
  sendShut(response)
  return null
}

/** {@link openDesk} with the reader that was looked up; another visit's handle is nobody's. */
export async function openServedDesk(
  web: WebContext,
  request: DeskRequest,
  response: Response,
): Promise<ServedDesk | null> {
  const desk = await openDesk(web, request, response)
  if (!desk) return null
  const { handle = '' } = request.params
  const reader = await web.readers.counter.readerOf(desk.visit, handle)
  if (!reader) {
    response.redirect(303, COUNTER)
    return null
  }
  const children = await web.readers.childrenOf(reader._id)
  return { ...desk, reader, children, base: `${COUNTER}/readers/${handle}` }
}

/** Shows a page of the counter. */
export function showDesk(
  { response, municipality }: Pick<Desk, 'response' | 'municipality'>,
  page: Pick<Page, 'title' | 'body' | 'isQuiet' | 'words'>,
  status = 200,
): void {
  // Staff's pages are in standard words, whatever a family was shown in this browser before.
  // At the desk whom to ask is there: a quiet page has nothing around it.
  const whose = page.isQuiet ? null : municipality
  sendPage(response, { words: standard, ...page, municipality: whose }, status)
}

async function visitOf({ readers }: WebContext, request: Request): Promise<CounterVisit | null> {
  const cookie = VALUE.exec(request.headers.cookie ?? '')?.[1]
  return cookie === undefined ? null : readers.counter.visitOf(cookie)
}

function counterCookie({ publicUrl }: WebContext) {
  return { ...cookieOptions(publicUrl), sameSite: 'strict', path: COUNTER } as const
}

/** One answer for whatever is wrong: it tells a stranger nothing. */
export function sendShut(response: Response): void {
  const title = '窓口は閉じています'
  const body = notice(
    title,
    '管理画面の「窓口」から、もう一度ひらいてください。ひらいてから 30 分たつと閉じます。',
    '途中だったことは、まだ行われていません。',
  )
  sendPage(response, { title, body }, 403)
}
