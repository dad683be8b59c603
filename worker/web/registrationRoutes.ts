import { Router, type Request, type Response } from 'express'

import { html } from '../../src/release/escape'
import type { MunicipalitySettings } from '../../src/plan/settings'
import { ChildGoneError } from '../readers/childGone'
import type { Registration } from '../readers/store'

import { sendConfirmationMail } from './confirmationMail'
import { CONSENT_VERSION } from './consent'
import { parseDraft, SCREENS, type Draft, type Screen } from './draft'
import type { FieldErrors } from './field'
import { friendPage } from './friendPage'
import { notice } from './page'
import {
  chosenChannel,
  channelsOf,
  checkScreen,
  completeDraft,
  firstFault,
  screensFor,
  type RegistrationContext,
} from './registrationCheck'
import { registrationPage } from './registrationPage'
import { lineMessageUrl, shareMessage } from './shareMessage'
import {
  activeMunicipality,
  sendExpired,
  sendNotFound,
  sendPage,
  todayOf,
  type WebContext,
} from './webContext'
import { welcome } from './askForWelcome'

/** GET and POST /r/:code: the registration of one municipality. */
export function registrationRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/r', (request, response) => chooseMunicipality(web, request, response))
  router.get('/r/:code/done', (request, response) => done(web, request, response))
  router.get('/r/:code/sent', (request, response) => sent(web, request, response))
  router.all('/r/:code', async (request, response) => {
    const values: unknown = request.method === 'POST' ? request.body : request.query
    const draft = parseDraft(values)
    const context = await contextOf(web, request, draft)
    if (context === 'unknown') return sendNotFound(response)
    if (context === 'expired') return sendExpired(response, ANOTHER_LINK)
    const visit = { web, draft, context, response }
    return request.method === 'POST' ? step(visit) : show(visit, firstScreen(context))
  })
  return router
}

const ANOTHER_LINK =
  'LINE から開いたときは、トークで何か送ると新しいリンクが届きます。ご家族からのリンクのときは、もう一度送ってもらってください。'

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
    friendUrl: web.friendUrl?.(account) ?? defaultFriendUrl(account),
    ...(message && { share: { message, messageUrl } }),
  }
  sendPage(response, friendPage(municipality, links))
}

/** https://developers.line.biz/en/docs/messaging-api/sharing-bot/ */
function defaultFriendUrl({ basicId }: { basicId: string }): string {
  return `https://line.me/R/ti/p/${encodeURIComponent(basicId)}`
}

async function step(visit: Visit): Promise<void> {
  const { draft, context } = visit
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
  return fault ? show(visit, fault.screen, fault.errors) : complete(visit)
}

async function complete(visit: Visit): Promise<void> {
  const { web, draft, context, response } = visit
  const { municipality, visitor, shared } = context
  const registration: Registration = {
    municipality: municipality.code,
    ...completeDraft(draft, context),
    consentedAt: web.now(),
    consentVersion: CONSENT_VERSION,
    ...(visitor && { lineAccount: visitor.lineAccount }),
    ...(shared && { sharedChild: web.links.openShare(draft.with) ?? '' }),
  }
  if (!visitor) return askToConfirm(visit, registration)
  try {
    const { readerId } = await web.readers.register(registration)
    await welcome(web, readerId)
  } catch (error) {
    if (!(error instanceof ChildGoneError)) throw error
    return sendExpired(response, ANOTHER_LINK)
  }
  response.redirect(303, `/r/${municipality.code}/done`)
}

async function askToConfirm(visit: Visit, registration: Registration): Promise<void> {
  const { web, context, response } = visit
  const { municipality } = context
  const asked = await web.readers.requestConfirmation(registration)
  // Asked too often: the same page, so that it tells nothing about the address.
  const receipt =
    asked && (await sendConfirmationMail(web, { ...asked, registration, municipality }))
  if (receipt?.status === 'rejected' || receipt?.status === 'deferred') {
    const mail =
      receipt.status === 'rejected'
        ? 'このメールアドレスには送れませんでした。入れまちがいがないか確かめてください。'
        : 'いまメールを送れません。数分あとで、もう一度「次へ」を押してください。'
    return show(visit, 'channel', { mail })
  }
  response.redirect(303, `/r/${municipality.code}/sent`)
}

async function done(web: WebContext, request: Request<{ code: string }>, response: Response) {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return sendNotFound(response)
  const body = notice(
    '登録しました',
    'きょうの分があるときは、このあと届きます。',
    'それからは、お子さんの時期に合わせてお届けします。',
  )
  sendPage(response, { title: '登録しました', body, municipality })
}

async function sent(web: WebContext, request: Request<{ code: string }>, response: Response) {
  const municipality = await activeMunicipality(web, request.params.code)
  if (!municipality) return sendNotFound(response)
  const body = notice(
    '確認のメールを送りました',
    'メールの中のリンクを開くと、登録が終わります。リンクは 24 時間使えます。',
    '届かないときは、迷惑メールの設定と、入れたアドレスを確かめてください。',
    html`<a href="/r/${municipality.code}">もう一度入れる</a>`,
  )
  sendPage(response, { title: '確認のメールを送りました', body, municipality })
}

async function chooseMunicipality(web: WebContext, request: Request, response: Response) {
  const line = parseDraft(request.query).line
  const visitor = line ? web.links.openLine(line) : null
  if (line && !visitor) return sendExpired(response, ANOTHER_LINK)
  const isOffered = (municipality: MunicipalitySettings) =>
    municipality.isActive && (!visitor || municipality.lineAccount === visitor.lineAccount)
  const offered = (await web.settings.municipalities()).filter(isOffered)
  const title = 'お住まいの自治体を選んでください'
  const query = line ? `?line=${encodeURIComponent(line)}` : ''
  const body = html`<h1>${title}</h1>
    <ul class="links">
      ${offered.map(({ code, name }) => html`<li><a href="/r/${code}${query}">${name}</a></li>`)}
    </ul>`
  sendPage(response, { title, body })
}
