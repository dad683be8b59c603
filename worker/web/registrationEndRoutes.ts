import { Router, type Request, type Response } from 'express'

import { lineIdsOf } from '../../src/accounts/topology'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'
import { addressToSendTo } from '../../src/release/mailAddress'

import { registerWord } from './answered'
import { newKey } from './browserCookie'
import { registeredIn } from './confirmationRoutes'
import { keptDraft, linkQuery, parseLink, type KeptDraft } from './draft'
import { findTyped, formIdOf, sendEndedForm } from './formMemory'
import { findFormerTowns } from './formerTown'
import { friendPage } from './friendPage'
import { liffUrl } from './liff/liffUrl'
import { findReadersChildren, findReadersOutlook } from './outlook'
import { childrenOf } from './registrationCheck'
import {
  askedPage,
  chooseMunicipalityPage,
  donePage,
  knownPage,
  laterPage,
  nothingPage,
  sentPage,
  unknownPage,
  type EndPage,
} from './registrationEnds'
import {
  asKept,
  openRegistration,
  type RegistrationRequest,
  type RegistrationVisit,
} from './registrationVisit'
import { lineFriendUrl, lineMessageUrl, shareMessage } from './shareMessage'
import {
  activeMunicipality,
  sendEndedLink,
  sendNotFound,
  sendPage,
  sendPaused,
  todayOf,
  type WebContext,
} from './webContext'
import { standard } from './words/standard'
import { wordsOf } from './words/words'
import { wordsFor } from './languageCookie'

/** Where a registration begins without a municipality, and the pages it ends on. */
export function registrationEndRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/r', (request, response) => chooseMunicipality(web, request, response))
  router.get('/r/:code/done', (request, response) => sendDone(web, request, response))
  router.get('/r/:code/known', sendEnd(web, knownPage))
  router.get('/r/:code/asked', (request, response) => sendAsked(web, request, response))
  router.get('/r/:code/sent', (request, response) => sendSent(web, request, response))
  router.get('/r/:code/unknown', (request, response) => sendUnknown(web, request, response))
  router.get('/r/:code/nothing', (request, response) => sendNothing(web, request, response))
  router.get('/r/:code/line', (request, response) => openFriendPage(web, request, response))
  return router
}

async function chooseMunicipality(web: WebContext, request: Request, response: Response) {
  const { line, lang } = parseLink(request.query)
  const visitor = line ? web.links.openLine(line) : null
  if (line && !visitor) return sendEndedLink(response, wordsFor(response, lang))
  const isOffered = (municipality: MunicipalitySettings) =>
    municipality.isActive && (!visitor || lineIdsOf(municipality).includes(visitor.lineAccount))
  const offered = (await web.settings.municipalities()).filter(isOffered)
  sendPage(
    response,
    chooseMunicipalityPage(offered, { line, lang, words: wordsFor(response, lang) }),
  )
}

async function sendUnknown(web: WebContext, request: RegistrationRequest, response: Response) {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return sendPausedHere(web, request, { response })
  const link = parseLink(request.query)
  const formId = (await findTyped(web, request)) ? formIdOf(request) : null
  const words = wordsFor(response, link.lang)
  sendPage(response, unknownPage(municipality, { link, formId, words }))
}

async function sendNothing(web: WebContext, request: RegistrationRequest, response: Response) {
  const kept = await keptOf(web, request)
  const visit = await openRegistration({ web, request, response }, kept)
  if (!visit) return
  const { context } = visit
  const path = `/r/${context.municipality.code}`
  const children = childrenOf(kept.draft, context)
  if (!children) return sendEndedForm(response, `${path}${linkQuery(kept.draft)}`, context.words)
  const dateUrl = context.shared ? null : `${path}/date?d=${formIdOf(request) ?? ''}`
  sendPage(response, nothingPage(context, { children, dateUrl }))
}

/** LINE is joined in LINE itself, with the family's message where there is one. */
async function openFriendPage(web: WebContext, request: RegistrationRequest, response: Response) {
  const kept = await keptOf(web, request)
  const visit = await openRegistration({ web, request, response }, kept)
  if (visit) await showFriendPage(visit)
}

async function keptOf(web: WebContext, request: RegistrationRequest): Promise<KeptDraft> {
  const typed = await findTyped(web, request)
  return typed ? keptDraft(typed) : asKept(parseLink(request.query))
}

/** How to register on LINE. */
export async function showFriendPage({
  web,
  kept,
  context,
  response,
}: RegistrationVisit): Promise<void> {
  const { municipality } = context
  const account = await web.settings.lineAccount(municipality.lineAccount ?? '')
  if (!account) return sendNotFound(response)
  const { answers = 'all' } = account
  const isShared = context.shared !== null
  const message = answers === 'none' ? null : messageFor(context, kept.draft.with)
  const messageUrl = message && !web.friendUrl ? lineMessageUrl(account.basicId, message) : null
  const links = {
    friendUrl: web.friendUrl?.(account) ?? lineFriendUrl(account),
    answers,
    liffUrl: liffOf(web, account, { context, kept }),
    hrefIn: (lang: string) => `/r/${municipality.code}/line${linkQuery({ ...kept.draft, lang })}`,
    ...(message && { send: { message, messageUrl, isShared } }),
  }
  sendPage(response, friendPage(municipality, links, context.words))
}

/** The registration inside LINE with what this one began with; null where the account has no app. */
function liffOf(
  { friendUrl }: WebContext,
  { login, answers }: LineAccount,
  { context, kept }: Pick<RegistrationVisit, 'context' | 'kept'>,
): string | null {
  // Where another friend link is set, LINE's own scheme leads nowhere.
  if (!login?.liffId || answers === 'none' || friendUrl) return null
  const { s, area, lang, with: share } = kept.draft
  return liffUrl(login.liffId, { town: context.municipality.code, s, area, lang, with: share })
}

/** What brings into the talk what the page knows; null where a friend's greeting says it all. *Pure.* */
function messageFor({ shared, words }: RegistrationVisit['context'], token: string): string | null {
  const language = words === standard ? null : registerWord(words)
  return shared ? shareMessage(token, language) : language
}

/** Says when the next text comes, in the browser that has confirmed, for as long as it is new. */
async function sendDone(web: WebContext, request: RegistrationRequest, response: Response) {
  const family = registeredIn(await findTyped(web, request))
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality)
    return sendPausedHere(web, request, { response, isRegistered: family !== null })
  const found = family ? await findReadersChildren(web, family) : []
  const expected = family && (await findReadersOutlook(web, municipality, family))
  const [first] = found
  if (!first || !expected)
    return sendPage(response, laterPage(municipality, wordsFor(response, langOf(request))))
  const { reader } = first
  const { edition, area, relation } = reader
  const formerTowns = await findFormerTowns(web, reader._id)
  // The address was shown before it was confirmed; the page that says it worked needs it no more.
  const children = found.map(({ child }) => child)
  const answers = { children, address: '', relation, edition, area }
  const done = donePage(municipality, {
    answers,
    expected,
    editionLabels: web.editionLabels,
    formerTowns,
    wasRefused: family.wasRefused ?? false,
    today: todayOf(web),
    pageUrl: new URL(web.links.askedPageUrl(reader._id)).pathname,
    words: wordsOf(edition),
  })
  sendPage(response, done)
}

/** Repeats the address in the browser that it was typed in, and lets it be sent to again. */
async function sendSent(web: WebContext, request: RegistrationRequest, response: Response) {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return sendPausedHere(web, request, { response })
  const { draft } = await keptOf(web, request)
  const sent = sentPage(municipality, {
    address: (addressToSendTo(draft.mail) ?? draft.mail) || null,
    formId: formIdOf(request),
    once: newKey(),
    isAgain: request.query.again === 'yes',
    words: wordsFor(response, draft.lang, draft.edition),
  })
  sendPage(response, sent)
}

/** The talk, in which the question waits, is a tap away; who is no friend yet becomes one there. */
async function sendAsked(web: WebContext, request: RegistrationRequest, response: Response) {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return sendPausedHere(web, request, { response })
  const account = await web.settings.lineAccount(municipality.lineAccount ?? '')
  const friendUrl = account && (web.friendUrl?.(account) ?? lineFriendUrl(account))
  const words = wordsFor(response, langOf(request))
  sendPage(response, askedPage(municipality, { words, friendUrl }))
}

function sendEnd(web: WebContext, page: EndPage) {
  return async (request: Request<{ code: string }>, response: Response): Promise<void> => {
    const municipality = await activeMunicipality(web, request.params.code)
    if (!municipality) return sendPausedHere(web, request, { response })
    sendPage(response, page(municipality, wordsFor(response, langOf(request))))
  }
}

function sendPausedHere(
  web: WebContext,
  request: RegistrationRequest,
  { response, isRegistered = false }: { response: Response; isRegistered?: boolean },
): Promise<void> {
  const words = wordsFor(response, langOf(request))
  return sendPaused(web, request.params.code, { response, words, isRegistered })
}

function langOf(request: Pick<Request, 'query'>): string {
  return parseLink(request.query).lang
}
