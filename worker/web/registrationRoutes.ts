import { Router, type Request, type Response } from 'express'

import type { MunicipalitySettings } from '../../src/plan/settings'

import { completeRegistration, type RegistrationOutcome } from './completeRegistration'
import { parseDraft, parseLink, SCREENS, type Draft, type Screen } from './draft'
import type { FieldErrors } from './field'
import { friendPage } from './friendPage'
import type { Page } from './page'
import {
  chosenChannel,
  channelsOf,
  checkScreen,
  firstFault,
  screensFor,
  type RegistrationContext,
} from './registrationCheck'
import {
  askedPage,
  chooseMunicipalityPage,
  donePage,
  sentPage,
  usedLinkPage,
} from './registrationEnds'
import { registrationPage } from './registrationPage'
import { lineFriendUrl, lineMessageUrl, shareMessage } from './shareMessage'
import {
  activeMunicipality,
  sendExpired,
  sendNotFound,
  sendPage,
  todayOf,
  type WebContext,
} from './webContext'

/**
 * GET and POST /r/:code: the registration of one municipality, screen by screen. What is typed is
 * checked in registrationCheck.ts; the last screen's answers go to completeRegistration.ts.
 */
export function registrationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/r', (request, response) => chooseMunicipality(web, request, response))
  router.get('/r/:code/done', sendEnd(web, donePage))
  router.get('/r/:code/asked', sendEnd(web, askedPage))
  router.get('/r/:code/sent', sendEnd(web, sentPage))
  router.all('/r/:code', (request, response) => register(web, request, response))
  return router
}

async function register(web: WebContext, request: Request<{ code: string }>, response: Response) {
  const isSent = request.method === 'POST'
  const draft = isSent ? parseDraft(request.body) : parseLink(request.query)
  const context = await contextOf(web, request, draft)
  if (context === 'unknown') return sendNotFound(response)
  if (context === 'expired') return sendExpired(response, ANOTHER_LINK)
  const { municipality, visitor } = context
  if (visitor && (await web.readers.isLineLinkUsed(visitor.key))) {
    return sendPage(response, usedLinkPage(municipality), 410)
  }
  const visit = { web, draft, context, response }
  return isSent ? step(visit) : show(visit, firstScreen(context))
}

const ANOTHER_LINK =
  'LINE から開いたときは、トークで「登録」と送ると新しいリンクが届きます。ご家族からのリンクのときは、もう一度送ってもらってください。'

interface Visit {
  web: WebContext
  draft: Draft
  context: RegistrationContext
  response: Response
}

async function contextOf(
  web: WebContext,
  request: Request<{ code: string }>,
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

async function show(visit: Visit, screen: Screen, errors: FieldErrors = {}): Promise<void> {
  const { web, draft, context, response } = visit
  const channels = channelsOf(context.municipality)
  const isLineOnly = channels.length === 1 && channels[0] === 'line'
  if (screen === 'channel' && isLineOnly) return showFriendPage(visit)
  const { editionLabels } = web
  const page = registrationPage({ screen, draft, errors, context, editionLabels })
  sendPage(response, page, Object.keys(errors).length > 0 ? 422 : 200)
}

async function showFriendPage({ web, draft, context, response }: Visit): Promise<void> {
  const { municipality } = context
  const account = await web.settings.lineAccount(municipality.lineAccount ?? '')
  if (!account) return sendNotFound(response)
  const message = context.shared && shareMessage(draft.with)
  const messageUrl = message && !web.friendUrl ? lineMessageUrl(account.basicId, message) : null
  const links = {
    friendUrl: web.friendUrl?.(account) ?? lineFriendUrl(account),
    answers: account.answers ?? 'all',
    ...(message && { share: { message, messageUrl } }),
  }
  sendPage(response, friendPage(municipality, links))
}

async function step(visit: Visit): Promise<void> {
  const { web, draft, context } = visit
  const back = SCREENS.find((screen) => screen === draft.go)
  if (back) return show(visit, screensFor(context).includes(back) ? back : firstScreen(context))
  const errors = checkScreen(draft.screen, draft, context)
  if (Object.keys(errors).length > 0) return show(visit, draft.screen, errors)
  const screens = screensFor(context)
  const next = screens[screens.indexOf(draft.screen) + 1]
  const isAskedByLine = !context.visitor && chosenChannel(draft, context.municipality) === 'line'
  if (isAskedByLine && (draft.screen === 'channel' || !next)) return showFriendPage(visit)
  if (next) return show(visit, next)
  const fault = firstFault(draft, context)
  if (fault) return show(visit, fault.screen, fault.errors)
  return showOutcome(visit, await completeRegistration(web, draft, context))
}

async function showOutcome(visit: Visit, outcome: RegistrationOutcome): Promise<void> {
  const { context, response } = visit
  const path = `/r/${context.municipality.code}`
  switch (outcome.status) {
    case 'friendAsked':
      return response.redirect(303, `${path}/asked`)
    case 'confirmationAsked':
      return response.redirect(303, `${path}/sent`)
    case 'mailFailed':
      return show(visit, 'channel', {
        mail: outcome.isAddressFault
          ? 'このメールアドレスには送れませんでした。入れまちがいがないか確かめてください。'
          : 'いまメールを送れません。数分あとで、もう一度「次へ」を押してください。',
      })
  }
}

function sendEnd(web: WebContext, page: (municipality: MunicipalitySettings) => Page) {
  return async (request: Request<{ code: string }>, response: Response): Promise<void> => {
    const municipality = await activeMunicipality(web, request.params.code)
    return municipality ? sendPage(response, page(municipality)) : sendNotFound(response)
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
