import type { Request, Response } from 'express'

import { blindIndex } from '../../src/secret/seal'

import { html } from '../../src/release/escape'
import { browserOf, giveCookie, newKey } from './browserCookie'
import { notice } from './page'
import { sendPage, type WebContext } from './webContext'
import type { Words } from './words/standard'

/** What was typed on the screens of one form, by field name. */
export type Typed = Record<string, string>

/** A form that is open in a browser. */
export interface OpenForm {
  /** What the address of each of its screens carries: `?d=`. */
  id: string
  /** What was typed so far; null when nothing was, or it has ended. */
  typed: Typed | null
}

const ID = /^[\w-]{22}$/

/**
 * Opens the form of a GET; without an id it sends the browser to the same address with a new one
 * and gives null. So every screen has an address that Back, Forward and Reload show again, with
 * the newest that was typed, and none asks whether to send a form again.
 *
 * The id is a key of one browser: of its cookie, which ends with it, or where cookies are off of
 * its address and name. In a log, a history that is shared, or a forwarded link it opens nothing.
 */
export async function openForm(
  web: WebContext,
  request: Request,
  response: Response,
): Promise<OpenForm | null> {
  const id = formIdOf(request)
  if (id) return { id, typed: await web.readers.findForm({ id, holder: holderOf(web, request) }) }
  // Only beside a new id: a browser without cookies must not get one in the middle of a form.
  giveCookie(web, request, response)
  response.redirect(303, `${here(request)}${queryWith(request, newKey())}`)
  return null
}

/** What was typed on the form of a POST before, or null. */
export async function findTyped(web: WebContext, request: Request): Promise<Typed | null> {
  const id = formIdOf(request)
  return id ? web.readers.findForm({ id, holder: holderOf(web, request) }) : null
}

/** Keeps what a POST has brought; gives the id for the address to go to. */
export async function keepTyped(web: WebContext, request: Request, values: Typed): Promise<string> {
  const holder = holderOf(web, request)
  const known = formIdOf(request)
  if (known && (await web.readers.keepForm({ id: known, holder, values }))) return known
  const id = newKey()
  await web.readers.keepForm({ id, holder, values })
  return id
}

/** Changes some of what was typed on a form; false where there is none in this browser. */
export async function replaceTyped(
  web: WebContext,
  request: Request,
  { id, values }: { id: string; values: Typed },
): Promise<boolean> {
  const form = { id, holder: holderOf(web, request) }
  const typed = await web.readers.findForm(form)
  return typed !== null && web.readers.keepForm({ ...form, values: { ...typed, ...values } })
}

/** Forgets what was typed: it has arrived. */
export async function forgetTyped(web: WebContext, request: Request): Promise<void> {
  const id = formIdOf(request)
  if (id) await web.readers.forgetForm({ id, holder: holderOf(web, request) })
}

/** Answers that what was typed is not there any more, and where to begin. */
export function sendEndedForm(response: Response, beginning: string, words: Words): void {
  const { ended: title, endedWhy, beginAgain } = words.form
  const body = notice(title, ...endedWhy, html`<a href="${beginning}">${beginAgain}</a>`)
  sendPage(response, { title, body, words }, 410)
}

/** The id of the form in an address, or null. *Pure.* */
export function formIdOf({ query }: Pick<Request, 'query'>): string | null {
  return typeof query.d === 'string' && ID.test(query.d) ? query.d : null
}

/** Keyed hash of a request's browser, which alone opens what it has typed. */
export function holderOf({ ring }: WebContext, request: Request): string {
  const { headers, ip } = request
  const browser = browserOf(request) ?? `${ip ?? ''} ${headers['user-agent'] ?? ''}`
  return blindIndex(ring, browser, 'form-holder')
}

function here({ originalUrl }: Request): string {
  return originalUrl.split('?')[0] ?? ''
}

function queryWith({ originalUrl }: Request, id: string): string {
  const query = new URLSearchParams(originalUrl.split('?')[1] ?? '')
  query.set('d', id)
  return `?${query.toString()}`
}
