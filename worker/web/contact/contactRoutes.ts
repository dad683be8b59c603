import { randomBytes } from 'node:crypto'

import { Router, type Request } from 'express'

import type { MunicipalitySettings } from '../../../src/plan/settings'
import { addressToSendTo, checkMailAddress, mailAddressKey } from '../../../src/release/mailAddress'
import type { Reader } from '../../readers/reader'

import { newKey } from '../browserCookie'
import type { FieldErrors } from '../field'
import { findTyped, formIdOf, keepTyped, openForm, type Typed } from '../formMemory'
import { backToPage, openVisit, showPage, type Visit } from '../myPageVisit'
import { limitPageLinks } from '../pageLinkMail'
import { channelsOf } from '../registrationCheck'
import type { WebContext } from '../webContext'
import { changeAnswered } from './changeAnswered'
import { contactLabels } from './contactLabels'
import { sendContactMail } from './contactMail'
import { askPage, checkPage, linePage, sentPage, type ContactView } from './contactPages'
import { lineToMoveTo } from './lineToMoveTo'

type VisitRequest = Request<{ visit: string }>

/**
 * /me/:visit/contact: a reader changes where their texts come. It is said back, then the owner of the
 * new contact is asked there; until they answer, everything goes on as it was. The answer is the
 * same whoever the address is known by.
 */
export function contactRoutes(web: WebContext): Router {
  const router = Router()
  const path = '/me/:visit/contact'
  router.get(path, opened(web, ask))
  router.post(path, opened(web, take))
  router.get(`${path}/check`, opened(web, sayBack))
  router.post(`${path}/send`, limitPerVisit(), opened(web, send))
  router.get(`${path}/sent`, opened(web, showSent))
  router.get(`${path}/line`, opened(web, showLine))
  return router
}

type Answer = (web: WebContext, request: VisitRequest, view: ContactView) => Promise<void> | void

function opened(web: WebContext, answer: Answer) {
  return async (request: VisitRequest, response: Visit['response']): Promise<void> => {
    const visit = await openVisit(web, request, response)
    if (visit) await answer(web, request, await viewOf(web, visit))
  }
}

/** A town may have one channel only, and a reader what they have already. */
async function viewOf(web: WebContext, visit: Visit): Promise<ContactView> {
  const { municipality, reader } = visit
  const town = municipality?.isActive ? municipality : null
  const wantsLine = !reader.identities.some(({ channel }) => channel === 'line')
  const account = wantsLine
    ? await lineToMoveTo(web, town && (await asMoving(web, town, reader)))
    : null
  const isOffered = { line: account !== null, mail: true }
  const channels = town ? channelsOf(town).filter((channel) => isOffered[channel]) : []
  const isLineMissing = wantsLine && account === null && (town?.channels.includes('line') ?? false)
  return { visit, channels, account, isLineMissing, contacts: contactLabels(web, visit) }
}

/** Who tries a move before it begins comes to the account that is tried, not to the town's own yet. */
async function asMoving(
  { readers }: WebContext,
  town: MunicipalitySettings,
  { _id: readerId }: Reader,
): Promise<MunicipalitySettings> {
  const { move } = town
  const isMoving = move?.kind === 'mailToLine' && (await readers.moves.mayMove({ move, readerId }))
  return isMoving ? { ...town, lineAccount: move.to } : town
}

async function ask(web: WebContext, request: VisitRequest, view: ContactView): Promise<void> {
  const form = await openForm(web, request, view.visit.response)
  if (!form) return
  const typed = form.typed ?? {}
  const errors = typed.faulty ? faultsOf(web, view, typed) : {}
  showPage(view.visit, askPage(view, { formId: form.id, typed, errors }))
}

async function take(web: WebContext, request: VisitRequest, view: ContactView): Promise<void> {
  const { visit } = view
  const typed = typedIn(request.body)
  const isFaulty = Object.keys(faultsOf(web, view, typed)).length > 0
  const id = await keepTyped(web, request, { ...typed, faulty: isFaulty ? 'yes' : '' })
  visit.response.redirect(303, `${visit.base}/contact${isFaulty ? '' : '/check'}?d=${id}`)
}

async function sayBack(web: WebContext, request: VisitRequest, view: ContactView): Promise<void> {
  const typed = await soundTyped(web, request, view)
  if (!typed) return
  const formId = formIdOf(request) ?? ''
  showPage(view.visit, checkPage(view, { formId, typed, once: newKey() }))
}

async function send(web: WebContext, request: VisitRequest, view: ContactView): Promise<void> {
  const typed = await soundTyped(web, request, view)
  if (!typed) return
  if (chosenChannel(view, typed) === 'line') return askByLine(web, request, { view, typed })
  const { base, response } = view.visit
  const { once } = (request.body ?? {}) as { once?: unknown }
  const { status } = await askByMail(web, view, {
    address: addressToSendTo(typed.mail ?? '') ?? '',
    once: typeof once === 'string' ? once : '',
  })
  const isSent = status !== 'rejected' && status !== 'deferred'
  const id = await keepTyped(web, request, { ...typed, faulty: isSent ? '' : status })
  response.redirect(303, `${base}/contact${isSent ? '/sent' : ''}?d=${id}`)
}

/** Asked too often, or pressed twice, looks the same as sent: it tells nothing of the address. */
async function askByMail(
  web: WebContext,
  { visit }: ContactView,
  { address, once }: { address: string; once: string },
): Promise<{ status: string }> {
  const { reader, municipality, words } = visit
  if (!municipality) return { status: 'rejected' }
  const change = { readerId: reader._id, municipality: municipality.code }
  const asked = await web.readers.askContactByMail({ ...change, address, once })
  if (!asked) return { status: 'accepted' }
  return sendContactMail(web, { ...asked, to: address, municipality, words })
}

async function askByLine(
  web: WebContext,
  request: VisitRequest,
  { view, typed }: { view: ContactView; typed: Typed },
): Promise<void> {
  const { reader, base, response } = view.visit
  const { account } = view
  if (!account) return response.redirect(303, `${base}/contact`)
  // A second press goes on with the key of the first: what was copied from its page stays good.
  const key = typed.key || randomBytes(16).toString('hex')
  const { _id: readerId, municipality } = reader
  const change = { readerId, municipality, key, lineAccount: account.id }
  const move = view.visit.municipality?.move
  const isOfMove = move?.to === account.id && (await web.readers.moves.mayMove({ move, readerId }))
  await web.readers.askContactByLine({ ...change, ...(isOfMove && { move: move.id }) })
  const id = await keepTyped(web, request, { ...typed, key })
  response.redirect(303, `${base}/contact/line?d=${id}`)
}

async function showSent(web: WebContext, request: VisitRequest, view: ContactView): Promise<void> {
  const typed = await findTyped(web, request)
  const { visit } = view
  if (isNow(web, visit, typed?.mail ?? '')) return backToPage(visit, 'contact')
  showPage(visit, sentPage(view, typed && addressToSendTo(typed.mail ?? '')))
}

async function showLine(web: WebContext, request: VisitRequest, view: ContactView): Promise<void> {
  const { visit, account } = view
  const { base, response } = visit
  const { key } = (await findTyped(web, request)) ?? {}
  const answered = key ? await changeAnswered(web, key, 'contact') : null
  if (answered) return backToPage(visit, answered)
  if (!key || !account) return response.redirect(303, `${base}/contact`)
  const friendUrl = web.friendUrl?.(account)
  const here = `${base}/contact/line?d=${formIdOf(request)}`
  showPage(visit, linePage(view, { account, key, friendUrl, here }))
}

/** What was typed without a mistake; else the answer is the form, and null. */
async function soundTyped(
  web: WebContext,
  request: VisitRequest,
  view: ContactView,
): Promise<Typed | null> {
  const typed = await findTyped(web, request)
  if (typed && Object.keys(faultsOf(web, view, typed)).length === 0) return typed
  const { base, response } = view.visit
  response.redirect(303, `${base}/contact`)
  return null
}

function faultsOf(web: WebContext, view: ContactView, typed: Typed): FieldErrors {
  const { contact, registration } = view.visit.words
  const channel = chosenChannel(view, typed)
  if (!view.channels.some((one) => one === channel)) return { channel: contact.chooseChannel }
  if (channel === 'line') return {}
  const checked = checkMailAddress(typed.mail ?? '')
  if (!checked.isValid) return { mail: registration.mailFault(checked.code, checked.message) }
  if (isNow(web, view.visit, checked.address)) return { mail: contact.same }
  if (typed.faulty === 'rejected') return { mail: registration.mailRefused }
  return typed.faulty === 'deferred' ? { mail: registration.mailLater } : {}
}

/** Whether texts come to a mail address already. */
function isNow({ readers }: WebContext, { reader }: Visit, address: string): boolean {
  return reader.identities
    .filter(({ channel, status }) => channel === 'mail' && status === 'active')
    .some((one) => mailAddressKey(readers.openAddress(one)) === mailAddressKey(address))
}

/** The channel that was chosen, or the only one. */
function chosenChannel({ channels }: ContactView, { channel = '' }: Typed): string {
  return channels.length === 1 ? (channels[0] ?? '') : channel
}

const MAX_TYPED = 300

function typedIn(body: unknown): Typed {
  const { channel, mail } = (body ?? {}) as { channel?: unknown; mail?: unknown }
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, MAX_TYPED) : '')
  return { channel: text(channel), mail: text(mail) }
}

/** Whoever has the page open fills nobody's inbox: past the limit they are led on all the same. */
function limitPerVisit() {
  return limitPageLinks({
    keyOf: ({ params }) => `contact ${String(params.visit)}`,
    placeOf: (request) => {
      const id = formIdOf(request)
      return `/me/${String(request.params.visit)}/contact/sent${id ? `?d=${id}` : ''}`
    },
  })
}
