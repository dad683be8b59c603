import type { Request, Response } from 'express'

import { html } from '../../src/release/escape'
import type { Child } from '../readers/reader'

import { browserOf } from './browserCookie'
import { keepTyped } from './formMemory'
import { wordsAt } from './languageCookie'
import type { PageLink } from './link'
import { typedDateOf } from './typedDate'
import { sendExpired, sendNotice, type WebContext } from './webContext'
import type { Words } from './words/standard'

/** Answers that a link to an own page has ended, and how to get another. */
export function sendEndedPageLink(response: Response): void {
  sendExpired(response, wordsAt(response).entrance.newLink, newLinkPage(wordsAt(response)))
}

/** Where a new link is sent from by mail. *Pure.* */
export function newLinkPage({ entrance }: Words): { href: string; label: string } {
  return { href: '/me', label: entrance.newLinkPage }
}

/**
 * Uses a link up and leads its browser to the reader's own page, where it was left or to what has
 * to be asked. Another browser is told how to get a link of its own, and nothing else.
 */
export async function enterPage(
  web: WebContext,
  request: Request,
  { response, link }: { response: Response; link: PageLink },
): Promise<void> {
  if (await isFromBefore(web, link)) return sendEndedPageLink(response)
  const browser = browserOf(request)
  if (browser === null) return sendCookiesNeeded(response)
  const visit = await web.readers.openVisit({ ...link, browser })
  if (!visit) return sendTaken(response, { isAsked: link.asked !== undefined })
  const base = `/me/${visit.id}`
  const place = (await placeOf(web, request, link)) ?? visit.place
  response.redirect(303, `${base}${place ?? ''}`)
}

/** Whether a link went to a contact that is the reader's no more: whoever has it opens nothing. */
export async function isFromBefore(
  { readers }: WebContext,
  { readerId, madeAt = 0 }: PageLink,
): Promise<boolean> {
  const since = (await readers.findReader(readerId))?.contactSince
  return since !== undefined && madeAt < since.getTime()
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
  { dates, count, childId: key }: NonNullable<PageLink['asked']>,
): Promise<string> {
  const { birthDate, dueDate } = dates
  const anchor = birthDate ? 'birthDate' : 'dueDate'
  const typed = {
    anchor,
    ...typedDateOf(birthDate ?? dueDate),
    ...(count && { count: String(count) }),
    key,
  }
  return `/add/which?d=${await keepTyped(web, request, typed)}`
}

/** Answers that a link was used in another browser; `isAsked`: it led to a question first. */
export function sendTaken(response: Response, { isAsked }: { isAsked: boolean }): void {
  const { taken, takenWhy, unanswered } = wordsAt(response).entrance
  sendNewLink(response, taken, `${takenWhy}${isAsked ? unanswered : ''}`)
}

/** Answers that a page is another browser's. */
export function sendElsewhere(response: Response): void {
  const { elsewhere, elsewhereWhy } = wordsAt(response).entrance
  sendNewLink(response, elsewhere, elsewhereWhy)
}

/** Answers that the page was open for an hour; `isKept`: what was typed is there afterwards. */
export function sendEndedVisit(response: Response, isKept: boolean): void {
  const { ended, endedKept, endedWhy } = wordsAt(response).entrance
  sendNewLink(response, ended, isKept ? endedKept : endedWhy)
}

function sendCookiesNeeded(response: Response): void {
  const { cookies: title, cookiesWhy } = wordsAt(response).entrance
  sendNotice(response, { title, status: 400 }, cookiesWhy)
}

function sendNewLink(response: Response, title: string, why: string): void {
  const words = wordsAt(response)
  const { href, label } = newLinkPage(words)
  const another = html`<a href="${href}">${label}</a>`
  sendNotice(response, { title, status: 410 }, [why, words.entrance.newLink, another])
}
