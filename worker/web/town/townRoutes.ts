import { randomBytes } from 'node:crypto'

import { Router, type Request, type Response } from 'express'

import type { MunicipalitySettings } from '../../../src/plan/settings'
import { addressToSendTo, checkMailAddress } from '../../../src/release/mailAddress'
import { CONSENT_VERSION } from '../../readers/consentVersion'
import type { NewTown } from '../../readers/moveTown'

import { newKey } from '../browserCookie'
import { askForWelcome } from '../completeRegistration'
import { sendContactMail } from '../contact/contactMail'
import { linePage, sentPage } from '../contact/contactPages'
import { changeAnswered } from '../contact/changeAnswered'
import { contactLabels } from '../contact/contactLabels'
import type { FieldErrors } from '../field'
import { findTyped, formIdOf, keepTyped, openForm, type Typed } from '../formMemory'
import { backToPage, openVisit, showPage, type Visit } from '../myPageVisit'
import { limitPageLinks } from '../pageLinkMail'
import { activeMunicipality, type WebContext } from '../webContext'
import { aboutPage, checkPage, choosePage, takenPage, type TownView } from './townPages'
import { accountOf, isNewOnLine, wayTo } from './townWay'

type VisitRequest = Request<{ visit: string }>

/**
 * /me/:visit/town: a reader has moved house. The new town is chosen, what it asks is asked, and its
 * consent is given again; where it sends through another account or channel, the move waits until it
 * is confirmed there, and the old town goes on.
 */
export function townRoutes(web: WebContext): Router {
  const router = Router()
  const path = '/me/:visit/town'
  router.get(path, opened(web, choose))
  router.post(path, opened(web, take))
  for (const [place, show] of [
    ['about', askAbout],
    ['check', sayBack],
    ['sent', showSent],
    ['line', showLine],
    ['taken', showTaken],
  ] as const) {
    router.get(`${path}/${place}`, opened(web, withTown(web, show)))
  }
  router.post(`${path}/about`, opened(web, withTown(web, takeAbout)))
  router.post(`${path}/move`, limitPerVisit(), opened(web, withTown(web, move)))
  return router
}

type Answer = (web: WebContext, request: VisitRequest, visit: Visit) => Promise<void> | void
type TownAnswer = (web: WebContext, request: VisitRequest, view: TownView) => Promise<void> | void

function opened(web: WebContext, answer: Answer) {
  return async (request: VisitRequest, response: Response): Promise<void> => {
    const visit = await openVisit(web, request, response)
    if (visit) await answer(web, request, visit)
  }
}

/** Answers with the town that was chosen; without one the answer is the choice. */
function withTown(web: WebContext, answer: TownAnswer): Answer {
  return async (_, request, visit) => {
    const typed = (await findTyped(web, request)) ?? {}
    const town = await activeMunicipality(web, typed.town ?? '')
    if (!town) return visit.response.redirect(303, `${visit.base}/town`)
    // Done meanwhile, in the talk or by mail: nobody is asked for the same once more.
    if (town.code === visit.reader.municipality) return backToPage(visit, 'town')
    const formId = formIdOf(request) ?? ''
    await answer(web, request, {
      visit,
      town,
      typed,
      formId,
      way: await wayTo(web, visit.reader, town),
      editionLabels: web.editionLabels,
    })
  }
}

async function choose(web: WebContext, request: VisitRequest, visit: Visit): Promise<void> {
  const form = await openForm(web, request, visit.response)
  if (!form) return
  // Moved since: going back asks nothing once more.
  if (form.typed?.town === visit.reader.municipality) return backToPage(visit, 'town')
  const towns = await townsFor(web, visit)
  const { town: chosen = '', faulty } = form.typed ?? {}
  const errors: FieldErrors = faulty ? { town: visit.words.town.choose } : {}
  showPage(visit, choosePage(visit, { towns, chosen, errors, formId: form.id }))
}

async function townsFor(web: WebContext, { reader }: Visit): Promise<MunicipalitySettings[]> {
  const all = await web.settings.municipalities()
  return all.filter(({ isActive, code }) => isActive && code !== reader.municipality)
}

async function take(web: WebContext, request: VisitRequest, visit: Visit): Promise<void> {
  const { town: code } = typedIn(request.body)
  const town = await activeMunicipality(web, code)
  const isKnown = town !== null && town.code !== visit.reader.municipality
  const before = (await findTyped(web, request)) ?? {}
  const typed = { ...before, town: isKnown ? code : '', faulty: isKnown ? '' : 'yes' }
  const id = await keepTyped(web, request, typed)
  visit.response.redirect(303, `${visit.base}/town${isKnown ? '/about' : ''}?d=${id}`)
}

function askAbout(_: WebContext, __: VisitRequest, view: TownView): void {
  const { typed, visit, town, way, formId } = view
  const { base, response } = visit
  // Nothing to ask or to say where the town has one edition, no areas, and texts come as now.
  const isOtherWay = way === 'mail' || isNewOnLine(way, visit.reader)
  const isAsked = isOtherWay || town.editions.length > 1 || town.areas.length > 0
  if (!isAsked) return response.redirect(303, `${base}/town/check?d=${formId}`)
  showPage(visit, aboutPage(view, typed.faulty ? faultsOf(view, typed) : {}))
}

async function takeAbout(web: WebContext, request: VisitRequest, view: TownView): Promise<void> {
  const { edition, area, mail } = typedIn(request.body)
  const typed = { ...view.typed, edition, area, mail, faulty: '' }
  const isFaulty = Object.keys(faultsOf(view, typed)).length > 0
  const id = await keepTyped(web, request, { ...typed, faulty: isFaulty ? 'yes' : '' })
  const { base, response } = view.visit
  response.redirect(303, `${base}/town/${isFaulty ? 'about' : 'check'}?d=${id}`)
}

function sayBack(web: WebContext, _: VisitRequest, view: TownView): void {
  const { visit, typed, formId } = view
  if (Object.keys(faultsOf(view, typed)).length > 0) {
    return visit.response.redirect(303, `${visit.base}/town/about?d=${formId}`)
  }
  const errors: FieldErrors =
    typed.faulty === 'consent' ? { consent: visit.words.registration.agree } : {}
  const { keptDays } = web
  const said = newTown(web, view)
  showPage(visit, checkPage(view, { ...said, errors, once: newKey(), keptDays }))
}

async function move(web: WebContext, request: VisitRequest, view: TownView): Promise<void> {
  const { visit, typed, way } = view
  const { base, response, reader } = visit
  const { consent, once } = typedIn(request.body)
  if (Object.keys(faultsOf(view, typed)).length > 0 || way === 'none') {
    return response.redirect(303, `${base}/town/about?d=${view.formId}`)
  }
  if (consent !== 'yes') {
    const id = await keepTyped(web, request, { ...typed, faulty: 'consent' })
    return response.redirect(303, `${base}/town/check?d=${id}`)
  }
  if (way === 'mail') return askByMail(web, view, once)
  if (way === 'line') return askByLine(web, request, view)
  const readerId = reader._id
  const { status } = await web.readers.moveTown({ readerId, town: newTown(web, view) })
  if (status === 'taken') return response.redirect(303, `${base}/town/taken?d=${view.formId}`)
  if (status === 'moved') await askForWelcome(web, readerId)
  backToPage(visit, status === 'moved' ? 'town' : '')
}

async function askByMail(web: WebContext, view: TownView, once: string): Promise<void> {
  const { visit, town, typed, formId } = view
  const { reader, words, base, response } = visit
  const address = addressToSendTo(typed.mail ?? '') ?? ''
  const change = { readerId: reader._id, municipality: town.code, town: newTown(web, view) }
  const asked = await web.readers.askContactByMail({ ...change, address, once })
  if (asked) await sendContactMail(web, { ...asked, to: address, municipality: town, words })
  response.redirect(303, `${base}/town/sent?d=${formId}`)
}

async function askByLine(web: WebContext, request: VisitRequest, view: TownView): Promise<void> {
  const { visit, town, typed } = view
  const account = await accountOf(web, town)
  if (!account) return visit.response.redirect(303, `${visit.base}/town`)
  const key = typed.key || randomBytes(16).toString('hex')
  await web.readers.askContactByLine({
    readerId: visit.reader._id,
    municipality: town.code,
    town: newTown(web, view),
    key,
    lineAccount: account.id,
  })
  const id = await keepTyped(web, request, { ...typed, key })
  visit.response.redirect(303, `${visit.base}/town/line?d=${id}`)
}

function showSent(_: WebContext, __: VisitRequest, { visit, typed }: TownView): void {
  showPage(visit, sentPage({ visit }, addressToSendTo(typed.mail ?? '')))
}

async function showLine(web: WebContext, _: VisitRequest, view: TownView): Promise<void> {
  const { visit, town, formId, typed } = view
  const { key } = typed
  const answered = key ? await changeAnswered(web, key, 'town') : null
  if (answered) return backToPage(visit, answered)
  const account = await accountOf(web, town)
  if (!account || !key) return visit.response.redirect(303, `${visit.base}/town`)
  const there = { visit: { ...visit, municipality: town } }
  const friendUrl = web.friendUrl?.(account)
  const here = `${visit.base}/town/line?d=${formId}`
  showPage(visit, linePage(there, { account, key, friendUrl, here }))
}

function showTaken(web: WebContext, _: VisitRequest, view: TownView): void {
  showPage(view.visit, takenPage(view, contactLabels(web, view.visit)))
}

/** What the new town is told; what it does not have is its first edition, and no area. */
function newTown({ now }: WebContext, { town, typed, visit }: TownView): NewTown {
  const { editions, areas, code } = town
  const wished = typed.edition || visit.reader.edition
  return {
    municipality: code,
    edition: editions.includes(wished) ? wished : (editions[0] ?? ''),
    area: areas.includes(typed.area ?? '') ? (typed.area ?? null) : null,
    consentedAt: now(),
    consentVersion: CONSENT_VERSION,
  }
}

function faultsOf({ visit, way }: TownView, typed: Typed): FieldErrors {
  if (way !== 'mail') return {}
  const checked = checkMailAddress(typed.mail ?? '')
  const { registration } = visit.words
  return checked.isValid ? {} : { mail: registration.mailFault(checked.code, checked.message) }
}

const MAX_TYPED = 300
const FIELDS = ['town', 'edition', 'area', 'mail', 'consent', 'once'] as const

function typedIn(body: unknown): Record<(typeof FIELDS)[number], string> {
  const given = (body ?? {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, MAX_TYPED) : '')
  const typed = FIELDS.map((name) => [name, text(given[name])] as const)
  return Object.fromEntries(typed) as Record<(typeof FIELDS)[number], string>
}

function limitPerVisit() {
  return limitPageLinks({
    keyOf: ({ params }) => `town ${String(params.visit)}`,
    placeOf: ({ params }) => `/me/${String(params.visit)}`,
    // A forgotten tick sends nothing.
    isCounted: ({ body }) => typedIn(body).consent === 'yes',
  })
}
