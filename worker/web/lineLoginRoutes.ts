import { Router, type Request, type Response } from 'express'

import { html } from '../../src/release/escape'
import type { LineAccount, MunicipalitySettings } from '../../src/plan/settings'

import { browserOf, newKey } from './browserCookie'
import { replaceTyped } from './formMemory'
import { wordsAt, wordsFor } from './languageCookie'
import {
  forgetLogin,
  startLogin,
  takeLogin,
  type LoginGoal,
  type OwnGoal,
  type PendingLogin,
  type RegistrationGoal,
} from './lineLogin'
import { languageLinks } from './languageSwitch'
import { notice } from './page'
import { enterPage } from './pageEntrance'
import {
  activeMunicipality,
  sendExpired,
  sendNotice,
  sendPage,
  type WebContext,
} from './webContext'
import type { Words } from './words/standard'

/**
 * /login/line: where LINE sends a browser back to. Nothing is shown or changed unless the person
 * LINE names is the one whose talk the link was sent into.
 */
export function lineLoginRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/login/line', async (request, response) => {
    const pending = takeLogin(web, request)
    if (!pending || request.query.state !== pending.state) return sendFailed(response, pending)
    const { code } = request.query
    if (typeof code !== 'string' || code === '') return sendFailed(response, pending)
    await goOn(web, request, { response, pending, code })
  })
  // Once more, without LINE's guess from its own app: https://developers.line.biz/en/docs/line-login/how-to-handle-auto-login-failure/
  router.post('/login/line', async (request, response) => {
    const pending = takeLogin(web, request)
    if (!pending) return sendFailed(response, null)
    await startLogin(web, request, { response, goal: pending.goal, isAutomatic: false })
  })
  return router
}

interface Returned {
  response: Response
  pending: PendingLogin
  code: string
}

async function goOn(
  web: WebContext,
  request: Request,
  { response, pending, code }: Returned,
): Promise<void> {
  const { goal, nonce, verifier } = pending
  const account = await web.settings.lineAccount(goal.lineAccount)
  const expected = goal.kind === 'own' ? ANYBODY : await friendOf(web, goal)
  if (!account?.login || !expected) return sendExpired(response, wordsAt(response).login.newLink)
  const redirectUri = web.links.pageUrl('/login/line')
  const answer = { login: account.login, redirectUri, nonce, verifier, code }
  const outcome = await web.lineLogin.userOf(answer)
  if (outcome.status !== 'known') {
    web.log.warn({ code: outcome.code }, 'LINE login not accepted')
    return outcome.status === 'refused'
      ? sendFailed(response, pending)
      : sendUnavailable(response, wordsOfGoal(response, pending))
  }
  forgetLogin(web, response)
  if (goal.kind === 'own') {
    const { userId } = outcome
    return openOwn(web, request, { response, goal, friend: { account, userId } })
  }
  if (outcome.userId !== expected) return sendNotYours(response, wordsOfGoal(response, pending))
  if (goal.kind === 'page') return openPage(web, request, { response, token: goal.token })
  await openRegistration(web, request, { response, goal })
}

/** No link was sent to anybody: it is the page of whoever LINE names. */
const ANYBODY = Symbol('anybody')

/** The page of whom LINE has named; who has none is told whom to ask. */
async function openOwn(
  web: WebContext,
  request: Request,
  { response, goal, friend }: { response: Response; goal: OwnGoal; friend: Friend },
): Promise<void> {
  const { account, userId } = friend
  const address = { channel: 'line' as const, account: account.provider, address: userId }
  const own = (await web.readers.findByIdentity(address)).find(
    ({ status, municipality }) => status === 'active' && municipality === goal.municipality,
  )
  if (!own) return sendNothingOwn(response, goal.municipality)
  const now = web.now().getTime()
  const link = {
    readerId: own._id,
    key: newKey(),
    lineAccount: account.id,
    madeAt: now,
    expiresAt: new Date(now + OWN_PAGE_MS),
  }
  await enterPage(web, request, { response, link })
}

interface Friend {
  account: LineAccount
  userId: string
}

/** The key is used up at once; it is remembered for no longer than this. */
const OWN_PAGE_MS = 60_000

function sendNothingOwn(response: Response, municipality: string): void {
  const { login, me } = wordsAt(response)
  const contact = html`<a href="/r/${municipality}/contact">${login.contact}</a>`
  sendNotice(response, { title: login.nobody, status: 404 }, [me.unchanged, contact])
}

/** The user id of the friend whose talk the link was sent into; null when it has ended. */
async function friendOf(
  web: WebContext,
  goal: Exclude<LoginGoal, OwnGoal>,
): Promise<string | null> {
  if (goal.kind === 'registration') return web.links.openLine(goal.token)?.userId ?? null
  const link = web.links.openPageLink(goal.token)
  const [reader, account] = await Promise.all([
    link && web.readers.findReader(link.readerId),
    web.settings.lineAccount(goal.lineAccount),
  ])
  const identity = reader?.identities.find(
    ({ channel, account: provider }) => channel === 'line' && provider === account?.provider,
  )
  return identity ? web.readers.openAddress(identity) : null
}

async function openPage(
  web: WebContext,
  request: Request,
  { response, token }: { response: Response; token: string },
): Promise<void> {
  const link = web.links.openPageLink(token)
  if (link) await enterPage(web, request, { response, link })
  else sendExpired(response, wordsAt(response).login.newLink)
}

/** On to the first screen, or to the one where the check was asked for first. */
async function openRegistration(
  web: WebContext,
  request: Request,
  { response, goal }: { response: Response; goal: RegistrationGoal },
): Promise<void> {
  const browser = browserOf(request)
  const line = browser && web.links.provenLine(goal.token, browser)
  if (!line) return sendFailed(response, null)
  const { path, formId } = goal
  if (formId && (await replaceTyped(web, request, { id: formId, values: { line } }))) {
    return response.redirect(303, `${path}?d=${formId}`)
  }
  const query = new URLSearchParams({ ...goal.query, line })
  response.redirect(303, `${path}?${query.toString()}`)
}

function sendFailed(response: Response, pending: PendingLogin | null): void {
  const words = wordsOfGoal(response, pending)
  const { failed: title, untouched, failedAgain, failedElsewhere, newLink } = words.login
  const why = pending ? [failedAgain] : [failedElsewhere, newLink]
  const body = html`${notice(title, untouched, ...why)} ${pending && againForm(words)}`
  sendPage(response, { title, body, words }, 403)
}

/** Of a registration the language that was chosen is known. */
function wordsOfGoal(response: Response, pending: Pick<PendingLogin, 'goal'> | null): Words {
  const goal = pending?.goal
  return wordsFor(response, goal?.kind === 'registration' && goal.query.lang)
}

function againForm({ login }: Words) {
  return html`<form method="post" action="/login/line">
    <div class="actions"><button class="main">${login.again}</button></div>
  </form>`
}

function sendUnavailable(response: Response, words: Words): void {
  const { unavailable: title, untouched, unavailableWhy } = words.login
  sendPage(response, { title, body: notice(title, untouched, unavailableWhy), words }, 503)
}

function sendNotYours(response: Response, words: Words): void {
  const { notYours: title, notYoursWhy } = words.login
  sendPage(response, { title, body: notice(title, ...notYoursWhy), words }, 403)
}

/** Asks for the check before a registration begins: one button, nothing of the friend. */
export async function sendLoginPage(
  web: WebContext,
  response: Response,
  { municipality, fields, formId }: LoginAsked,
): Promise<void> {
  const words = wordsFor(response, fields.lang)
  const { title, why, button } = words.login
  const hidden = Object.entries(fields).filter(([, value]) => value !== '')
  const query = formId ? `?d=${formId}` : ''
  const path = `/r/${municipality.code}`
  const hrefIn = (lang: string) => {
    const given = new URLSearchParams([
      ...hidden.filter(([name]) => name !== 'lang'),
      ['lang', lang],
    ])
    return `${path}?${given.toString()}`
  }
  // What was typed already is in the language it was typed in.
  const body = html`${formId === null && languageLinks(words, hrefIn)} ${notice(title, ...why)}
    <form method="post" action="${path}/login${query}">
      ${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <div class="actions"><button class="main">${button}</button></div>
    </form>`
  sendPage(response, {
    title,
    body,
    words,
    municipality: await activeMunicipality(web, municipality.code),
  })
}

interface LoginAsked {
  municipality: MunicipalitySettings
  /** What the link began with. */
  fields: Record<string, string>
  /** Of what was typed before the check was asked for; or null. */
  formId: string | null
}
