import { Router, type Request, type Response } from 'express'

import type { MunicipalitySettings } from '../../src/plan/settings'

import { completeRegistration } from './completeRegistration'
import {
  draftToKeep,
  keptDraft,
  linkQuery,
  parseDraft,
  parseLink,
  SCREENS,
  type Draft,
  type KeptDraft,
  type Screen,
} from './draft'
import type { FieldErrors } from './field'
import { browserOf, giveCookie, newKey } from './browserCookie'
import { findTyped, formIdOf, keepTyped, openForm, sendEndedForm } from './formMemory'
import { findFormerTowns } from './formerTown'
import { friendPage } from './friendPage'
import { startLogin } from './lineLogin'
import { sendLoginPage } from './lineLoginRoutes'
import type { LineInvitation } from './link'
import { findOutlook, findReadersOutlook } from './outlook'
import type { Page } from './page'
import {
  chosenChannel,
  chosenEdition,
  channelsOf,
  datesOf,
  checkScreen,
  firstFault,
  screensFor,
  type RegistrationContext,
} from './registrationCheck'
import {
  askedPage,
  chooseMunicipalityPage,
  donePage,
  knownPage,
  laterPage,
  sentPage,
  usedLinkPage,
} from './registrationEnds'
import { registrationPage } from './registrationPage'
import { lineFriendUrl, lineMessageUrl, shareMessage } from './shareMessage'
import {
  activeMunicipality,
  sendClosed,
  sendExpired,
  sendNotFound,
  sendPage,
  todayOf,
  type WebContext,
} from './webContext'

/**
 * /r/:code: the registration of one municipality. Each screen is a GET of its own with what was
 * typed so far, and a POST leads to the next one: Back, Forward and Reload ask nothing and lose
 * nothing. What is typed is checked in registrationCheck.ts; the last screen's answers go to
 * completeRegistration.ts.
 */
export function registrationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/r', (request, response) => chooseMunicipality(web, request, response))
  router.get('/r/:code/done', (request, response) => sendDone(web, request, response))
  router.get('/r/:code/known', sendEnd(web, knownPage))
  router.get('/r/:code/asked', sendEnd(web, askedPage))
  router.get('/r/:code/sent', sendEnd(web, sentPage))
  router.get('/r/:code/line', (request, response) => openFriendPage(web, request, response))
  router.get('/r/:code', (request, response) => begin(web, request, response))
  router.get('/r/:code/:screen', (request, response) => openScreen(web, request, response))
  router.post('/r/:code/login', (request, response) => goToLogin(web, request, response))
  router.post('/r/:code', (request, response) => take(web, request, response))
  return router
}

type RegistrationRequest = Request<{ code: string; screen?: string }>

const ANOTHER_LINK =
  'LINE から開いたときは、トークで「登録」と送ると新しいリンクが届きます。ご家族からのリンクのときは、もう一度送ってもらってください。'

interface Visit {
  web: WebContext
  request: RegistrationRequest
  response: Response
  kept: KeptDraft
  context: RegistrationContext
}

/** A link: on to the first screen, which has an address of its own. */
async function begin(web: WebContext, request: RegistrationRequest, response: Response) {
  const draft = parseLink(request.query)
  const visit = await openVisit({ web, request, response }, asKept(draft))
  if (!visit) return
  const first = firstScreen(visit.context)
  if (first === 'channel' && isLineOnly(visit.context)) return showFriendPage(visit)
  response.redirect(303, `/r/${request.params.code}/${first}${linkQuery(draft)}`)
}

async function openScreen(web: WebContext, request: RegistrationRequest, response: Response) {
  const screen = SCREENS.find((one) => one === request.params.screen)
  if (!screen) return sendNotFound(response)
  const form = await openForm(web, request, response)
  if (!form) return
  const link = parseLink(request.query)
  const kept = form.typed ? keptDraft(form.typed) : asKept(link)
  const visit = await openVisit({ web, request, response }, kept)
  if (!visit) return
  const screens = screensFor(visit.context)
  if (!screens.includes(screen) || (!form.typed && screen !== screens[0])) {
    return sendEndedForm(response, `/r/${visit.context.municipality.code}${linkQuery(link)}`)
  }
  await show(visit, screen, form.id)
}

/** The municipality, LINE friend and shared child of a visit; null when the answer is given. */
async function openVisit(
  { web, request, response }: Pick<Visit, 'web' | 'request' | 'response'>,
  kept: KeptDraft,
): Promise<Visit | null> {
  const context = await contextOf(web, request, kept.draft)
  if (context === 'unknown') await sendClosed(web, request.params.code, response)
  if (context === 'expired') sendExpired(response, ANOTHER_LINK)
  if (context === 'unknown' || context === 'expired') return null
  const { municipality, visitor } = context
  if (visitor && (await web.readers.isLineLinkUsed(visitor.key))) {
    // Asked after the link: a press that came meanwhile was noted before it used the link up.
    const pressed = request.method === 'POST' ? (await findTyped(web, request))?.pressed : undefined
    if (isPressed({ ...kept, pressed: pressed ?? kept.pressed }))
      response.redirect(303, `/r/${municipality.code}/asked`)
    else sendPage(response, usedLinkPage(municipality), 410)
    return null
  }
  if (visitor && !(await isChecked(web, request, visitor))) {
    await askForLogin(web, request, { response, kept, municipality })
    return null
  }
  return { web, request, response, kept, context }
}

/** Whether LINE has said, where it is asked at all, that the friend holds this browser. */
async function isChecked(
  web: WebContext,
  request: Request,
  visitor: LineInvitation,
): Promise<boolean> {
  const account = await web.settings.lineAccount(visitor.lineAccount)
  return !account?.login || web.links.isProven(visitor, browserOf(request))
}

/** Before anything is asked or shown; what a form has brought nevertheless is kept. */
async function askForLogin(
  web: WebContext,
  request: RegistrationRequest,
  {
    response,
    kept,
    municipality,
  }: { response: Response; kept: KeptDraft; municipality: MunicipalitySettings },
): Promise<void> {
  giveCookie(web, request, response)
  const isForm = request.method === 'POST'
  const formId = isForm ? await keepTyped(web, request, draftToKeep(kept)) : formIdOf(request)
  const { s, area, line, with: share } = kept.draft
  await sendLoginPage(web, response, {
    municipality,
    fields: { s, area, line, with: share },
    formId,
  })
}

/** The button of that page: off to LINE. */
async function goToLogin(web: WebContext, request: RegistrationRequest, response: Response) {
  const link = parseLink(request.body)
  const context = await contextOf(web, request, link)
  if (context === 'unknown') return sendClosed(web, request.params.code, response)
  if (context === 'expired' || !context.visitor) return sendExpired(response, ANOTHER_LINK)
  const { municipality, visitor } = context
  const { line: token, s, area, with: share } = link
  const given = Object.entries({ s, area, with: share }).filter(([, value]) => value !== '')
  const formId = formIdOf(request)
  await startLogin(web, request, {
    response,
    goal: {
      kind: 'registration',
      token,
      lineAccount: visitor.lineAccount,
      path: `/r/${municipality.code}${formId ? `/${firstScreen(context)}` : ''}`,
      query: Object.fromEntries(given),
      formId,
    },
  })
}

/** Whether the button was pressed before: its second press is answered like the first. */
function isPressed({ draft, pressed }: KeptDraft): boolean {
  return pressed !== '' && pressed === draft.once
}

async function contextOf(
  web: WebContext,
  request: RegistrationRequest,
  draft: Draft,
): Promise<RegistrationContext | 'unknown' | 'expired'> {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return 'unknown'
  const visitor = draft.line ? web.links.openLine(draft.line) : null
  const childId = draft.with ? web.links.openShare(draft.with) : null
  const shared = childId ? await web.readers.findChild(childId) : null
  const isExpired = (draft.line && !visitor) || (draft.with && shared?.status !== 'active')
  if (isExpired) return 'expired'
  if (visitor && visitor.lineAccount !== municipality.lineAccount) return 'unknown'
  if (shared && shared.municipality !== municipality.code) return 'unknown'
  return { municipality, today: todayOf(web), visitor, shared }
}

function firstScreen(context: RegistrationContext): Screen {
  return screensFor(context)[0] ?? 'confirm'
}

function isLineOnly({ municipality }: RegistrationContext): boolean {
  const channels = channelsOf(municipality)
  return channels.length === 1 && channels[0] === 'line'
}

function asKept(draft: Draft): KeptDraft {
  return { draft, faulty: null, mailFault: null, pressed: '' }
}

async function show({ web, response, kept, context }: Visit, screen: Screen, formId: string) {
  const { editionLabels, keptDays } = web
  const { draft, faulty, mailFault } = kept
  const errors: FieldErrors = {
    ...(faulty === screen && checkScreen(screen, draft, context)),
    ...(screen === 'channel' && mailFault && { mail: MAIL_FAULTS[mailFault] }),
  }
  const isTold = screen === 'about' || screen === 'confirm'
  const expected = isTold ? await expectedOf(web, draft, context) : null
  const once = newKey()
  const shown = { screen, draft, errors, context, formId, once, expected }
  sendPage(response, registrationPage({ ...shown, editionLabels, keptDays }))
}

/** What the family of a draft has to expect, as soon as its dates are known. */
async function expectedOf(web: WebContext, draft: Draft, context: RegistrationContext) {
  const { municipality, shared, today, visitor } = context
  const dates = shared ?? datesOf(draft, today)
  if (!dates) return null
  const isLine = visitor !== null || chosenChannel(draft, municipality) === 'line'
  return findOutlook(web, {
    municipality,
    dates,
    edition: chosenEdition(draft, municipality),
    area: municipality.areas.includes(draft.area) ? draft.area : null,
    channel: isLine ? 'line' : 'mail',
  })
}

const MAIL_FAULTS = {
  address: 'このメールアドレスには送れませんでした。入れまちがいがないか確かめてください。',
  later: 'いまメールを送れません。数分あとで、もう一度「次へ」を押してください。',
} as const

/** LINE is joined in LINE itself, with the family's message where there is one. */
async function openFriendPage(web: WebContext, request: RegistrationRequest, response: Response) {
  const typed = await findTyped(web, request)
  const kept = typed ? keptDraft(typed) : asKept(parseLink(request.query))
  const visit = await openVisit({ web, request, response }, kept)
  if (visit) await showFriendPage(visit)
}

async function showFriendPage({ web, kept, context, response }: Visit): Promise<void> {
  const { municipality } = context
  const account = await web.settings.lineAccount(municipality.lineAccount ?? '')
  if (!account) return sendNotFound(response)
  const message = context.shared && shareMessage(kept.draft.with)
  const messageUrl = message && !web.friendUrl ? lineMessageUrl(account.basicId, message) : null
  const links = {
    friendUrl: web.friendUrl?.(account) ?? lineFriendUrl(account),
    answers: account.answers ?? 'all',
    ...(message && { share: { message, messageUrl } }),
  }
  sendPage(response, friendPage(municipality, links))
}

async function take(web: WebContext, request: RegistrationRequest, response: Response) {
  const before = await findTyped(web, request)
  const pressed = before ? keptDraft(before).pressed : ''
  const draft = parseDraft(request.body)
  const visit = await openVisit({ web, request, response }, { ...asKept(draft), pressed })
  if (visit) await step(visit)
}

async function step(visit: Visit): Promise<void> {
  const { kept, context } = visit
  const { draft } = kept
  const screens = screensFor(context)
  const back = SCREENS.find((screen) => screen === draft.go)
  if (back) return goTo(visit, screens.includes(back) ? back : firstScreen(context))
  const errors = checkScreen(draft.screen, draft, context)
  if (Object.keys(errors).length > 0) {
    return goTo(visit, draft.screen, { ...kept, faulty: draft.screen })
  }
  const next = screens[screens.indexOf(draft.screen) + 1]
  const isAskedByLine = !context.visitor && chosenChannel(draft, context.municipality) === 'line'
  if (isAskedByLine && (draft.screen === 'channel' || !next)) return goTo(visit, 'line')
  if (next) return goTo(visit, next)
  const fault = firstFault(draft, context)
  if (fault) return goTo(visit, fault.screen, { ...kept, faulty: fault.screen })
  return complete(visit)
}

async function complete(visit: Visit): Promise<void> {
  const { web, request, kept, context } = visit
  const { draft } = kept
  // Before the answers go out: a second press that comes meanwhile is known for one.
  const pressed = { ...kept, pressed: draft.once }
  await keepTyped(web, request, draftToKeep(pressed))
  const outcome = await completeRegistration(web, draft, context)
  switch (outcome.status) {
    case 'friendAsked':
      return goTo(visit, 'asked', pressed)
    case 'confirmationAsked':
      return goTo(visit, 'sent', pressed)
    case 'mailFailed':
      return goTo(visit, 'channel', {
        ...kept,
        mailFault: outcome.isAddressFault ? 'address' : 'later',
      })
  }
}

/** Keeps what was typed and leads the browser on, or back. */
async function goTo(
  { web, request, response, kept, context }: Visit,
  place: Screen | 'line' | 'asked' | 'sent',
  changed: KeptDraft = kept,
): Promise<void> {
  const path = `/r/${context.municipality.code}/${place}`
  const id = await keepTyped(web, request, draftToKeep(changed))
  response.redirect(303, place === 'asked' ? path : `${path}?d=${id}`)
}

/** Says when the next text comes, in the browser that has confirmed, for as long as it is new. */
async function sendDone(web: WebContext, request: RegistrationRequest, response: Response) {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return sendNotFound(response)
  const { readerId, childId } = (await findTyped(web, request)) ?? {}
  const registered = readerId && childId ? { readerId, childId } : null
  const expected = registered && (await findReadersOutlook(web, municipality, registered))
  if (!registered || !expected) return sendPage(response, laterPage(municipality))
  const formerTowns = await findFormerTowns(web, registered.readerId)
  const { editionLabels } = web
  sendPage(response, donePage(municipality, { expected, editionLabels, formerTowns }))
}

function sendEnd(
  web: WebContext,
  page: (municipality: MunicipalitySettings, formId: string | null) => Page,
) {
  return async (request: Request<{ code: string }>, response: Response): Promise<void> => {
    const municipality = await activeMunicipality(web, request.params.code)
    if (!municipality) return sendNotFound(response)
    sendPage(response, page(municipality, formIdOf(request)))
  }
}

async function chooseMunicipality(web: WebContext, request: Request, response: Response) {
  const { line } = parseLink(request.query)
  const visitor = line ? web.links.openLine(line) : null
  if (line && !visitor) return sendExpired(response, ANOTHER_LINK)
  const isOffered = (municipality: MunicipalitySettings) =>
    municipality.isActive && (!visitor || municipality.lineAccount === visitor.lineAccount)
  const offered = (await web.settings.municipalities()).filter(isOffered)
  sendPage(response, chooseMunicipalityPage(offered, line))
}
