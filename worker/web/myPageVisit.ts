import type { Request, Response } from 'express'
import { z } from 'zod'

import { html } from '../../src/release/escape'
import type { LocalDay } from '../../src/stage/day'
import type { Child, Reader } from '../readers/reader'
import type { MunicipalitySettings } from '../../src/plan/settings'

import { browserOf } from './browserCookie'
import { keepTyped } from './formMemory'
import { notice, type Page } from './page'
import { sendElsewhere, sendEndedVisit } from './pageEntrance'
import { sendPage, todayOf, type WebContext } from './webContext'
import type { Words } from './words/standard'
import { wordsOf } from './words/words'

/** A reader on their own page. */
export interface Visit {
  reader: Reader
  municipality: MunicipalitySettings | null
  /** Their active children, youngest first. */
  children: Child[]
  /** Path of their page; it opens nothing in another browser. */
  base: string
  today: LocalDay
  /** In the language of the reader's edition. */
  words: Words
  response: Response
  form: MyPageForm
}

/** A visit to the page of one child. */
export interface ChildVisit extends Visit {
  child: Child
}

const text = z.string().max(300).catch('').default('')
/** Boxes of one name: what is ticked, with blanks between. */
const ticked = z.preprocess((value) => (Array.isArray(value) ? value.join(' ') : value), text)

const formShape = z.object({
  go: text,
  anchor: text,
  year: text,
  month: text,
  day: text,
  era: text,
  corrected: text,
  edition: text,
  relation: text,
  area: text,
  notice: text,
  hour: text,
  /** What is searched for in texts. */
  words: text,
  themes: ticked,
  answer: z.enum(['same', 'correction', 'twin', 'another']).or(z.literal('')).catch('').default(''),
  /** Id of a child to add, made with the form: a form sent twice adds once. */
  key: text,
  /** How many children of one date were said at a registration that had to ask; empty is one. */
  count: text,
})

/** What the forms of the reader's page send; nothing in it is trusted. */
export type MyPageForm = z.infer<typeof formShape>

/**
 * Opens the reader's page in the browser that its link was pressed in, or answers how to get a new
 * link.
 */
export function openVisit(
  web: WebContext,
  request: VisitRequest,
  response: Response,
): Promise<Visit | null> {
  return visitOf(web, request, { response })
}

/** {@link openVisit} to stop, which never waits for a new link: it goes on when the page has ended. */
export function openStopVisit(
  web: WebContext,
  request: VisitRequest,
  response: Response,
): Promise<Visit | null> {
  return visitOf(web, request, { response, isStop: true })
}

/** {@link openVisit} for what those may do too who have stopped. */
export function openOwnVisit(
  web: WebContext,
  request: VisitRequest,
  response: Response,
): Promise<Visit | null> {
  return visitOf(web, request, { response, isForStopped: true })
}

type VisitRequest = Request<{ visit: string }>

interface VisitFor {
  response: Response
  /** To stop: it goes on when the page has ended. */
  isStop?: boolean
  /** Who has stopped may do it too. */
  isForStopped?: boolean
}

async function visitOf(
  web: WebContext,
  request: VisitRequest,
  { response, isStop = false, isForStopped = isStop }: VisitFor,
): Promise<Visit | null> {
  const { visit: id } = request.params
  const browser = browserOf(request)
  const found = browser === null ? null : await web.readers.findVisit({ id, browser })
  const reader = found && (await web.readers.findReader(found.readerId))
  if (!reader) {
    sendElsewhere(response)
    return null
  }
  if (!found.isOpen && !isStop) {
    sendEndedVisit(response, await isPlaceKept(web, request))
    return null
  }
  const base = `/me/${id}`
  if (reader.status === 'stopped' && !isForStopped && request.path !== base) {
    // Stopped since, in another window: nothing is asked that would not be taken.
    response.redirect(303, base)
    return null
  }
  const [municipality, children] = await Promise.all([
    web.settings.municipality(reader.municipality),
    web.readers.childrenOf(reader._id),
  ])
  const form = formShape.parse(request.body ?? {})
  const words = wordsOf(reader.edition)
  return { reader, municipality, children, base, today: todayOf(web), words, response, form }
}

/** Keeps what a form has brought too late, and where: a new link leads back to it. */
async function isPlaceKept(web: WebContext, request: VisitRequest): Promise<boolean> {
  if (request.method !== 'POST') return false
  const { visit: id } = request.params
  const formId = await keepTyped(web, request, { ...formShape.parse(request.body ?? {}) })
  const form = request.path.slice(`/me/${id}`.length)
  await web.readers.keepPlace({ id, place: `${form}?d=${formId}` })
  return true
}

/** {@link openVisit} for one of the reader's own children. */
export async function openChildVisit(
  web: WebContext,
  request: Request<{ visit: string; childId: string }>,
  response: Response,
): Promise<ChildVisit | null> {
  const visit = await openVisit(web, request, response)
  const child = visit?.children.find(({ _id }) => _id === request.params.childId)
  if (visit && child) return { ...visit, child }
  if (visit) showPage(visit, goneChild(visit), 404)
  return null
}

/** A child that was stopped since its page was opened, or is another family's. */
function goneChild({ base, words: { me } }: Visit): Omit<Page, 'municipality'> {
  const own = html`<a href="${base}">${me.own}</a>`
  return { title: me.gone, body: notice(me.gone, me.unchanged, own) }
}

/** Shows a page of the visit. */
export function showPage(
  { response, municipality, words }: Visit,
  page: Omit<Page, 'municipality'>,
  status = 200,
): void {
  sendPage(response, { words, ...page, municipality }, status)
}

/** Goes back to the reader's page, which says what was done. */
export function backToPage({ response, base }: Visit, done: string): void {
  response.redirect(303, `${base}?done=${done}`)
}
