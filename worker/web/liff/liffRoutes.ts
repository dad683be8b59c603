import { Router, type Request, type Response } from 'express'

import type { LineAccount, LineLoginChannel } from '../../../src/plan/settings'

import { browserOf, giveCookie } from '../browserCookie'
import { parseLink } from '../draft'
import { wordsFor } from '../languageCookie'
import { sendNotFound, sendPage, sendPaused, type WebContext } from '../webContext'
import { liffPage, liffRefusedPage, type LiffView } from './liffPages'
import { allowLiff } from './liffSecurity'
import { liffQuery } from './liffUrl'

type LiffRequest = Request<{ liffId: string }>

/**
 * /liff/:liffId: the registration, opened inside LINE (LIFF or MINI App). The page brings the id
 * token that LINE gave it, LINE itself is asked whose it is, and the registration goes on for that
 * friend as by the link of their talk: the last question is asked there too, so that somebody who is
 * no friend of the account, to whom nothing would come, is not registered unawares. Nothing else
 * that a browser says of its user is believed.
 */
export function liffRoutes(web: WebContext): Router {
  const router = Router()
  router.get('/liff/:liffId', async (request, response) => {
    const view = await viewOf(web, request, { response, query: liffQuery(request.query) })
    if (!view) return
    giveCookie(web, request, response)
    allowLiff(response)
    sendPage(response, liffPage(view))
  })
  router.post('/liff/:liffId', async (request: LiffRequest, response) => {
    const query = (request.body ?? {}) as Record<string, unknown>
    const view = await viewOf(web, request, { response, query })
    if (!view) return
    await goOn(web, request, { response, view, idToken: query.idToken })
  })
  return router
}

/** The account whose app it is; null when another service answers in its talk, or there is none. */
async function accountOf(
  { settings }: WebContext,
  liffId: string,
): Promise<(LineAccount & { login: LineLoginChannel }) | null> {
  const towns = await settings.municipalities()
  for (const id of new Set(towns.flatMap(({ lineAccount }) => lineAccount ?? []))) {
    const account = await settings.lineAccount(id)
    const { login } = account ?? {}
    if (account && login?.liffId === liffId && account.answers !== 'none') {
      return { ...account, login }
    }
  }
  return null
}

/** What the app's page is made of; null when the answer is given. */
async function viewOf(
  web: WebContext,
  { params: { liffId } }: LiffRequest,
  { response, query }: { response: Response; query: Record<string, unknown> },
): Promise<LiffView | null> {
  const account = await accountOf(web, liffId)
  if (!account) {
    sendNotFound(response)
    return null
  }
  const all = await web.settings.municipalities()
  const own = all.filter(({ lineAccount }) => lineAccount === account.id)
  const open = own.filter(({ isActive }) => isActive)
  const named = own.find(({ code }) => code === query.town)
  const [only = null, ...others] = open.length > 0 ? open : own
  const town = named ?? (others.length === 0 ? only : null)
  const { s, area, lang, with: share } = parseLink(query)
  if (town?.isActive === false) {
    await sendPaused(web, town.code, { response, words: wordsFor(response, lang) })
    return null
  }
  return {
    liffId,
    account,
    town,
    fields: { town: town?.code ?? '', s, area, lang, with: share },
    words: wordsFor(response, lang),
    friendUrl: web.friendUrl?.(account),
  }
}

/** Longest id token that LINE is asked about. */
const MAX_ID_TOKEN = 8000

/** Longer than any id token is good: until then it is of use in the browser that brought it first. */
const ID_TOKEN_KEPT_MS = 24 * 3600_000

async function goOn(
  web: WebContext,
  request: LiffRequest,
  { response, view, idToken }: { response: Response; view: LiffView; idToken: unknown },
): Promise<void> {
  const { account } = view
  const browser = browserOf(request)
  const isText = typeof idToken === 'string' && idToken !== '' && idToken.length <= MAX_ID_TOKEN
  // Without our cookie it is a form of another site, which would register somebody as its author.
  if (!browser || !isText || !account.login) return refuse(response, view)
  const outcome = await web.lineLogin.userOfIdToken({ login: account.login, idToken })
  if (outcome.status !== 'known') {
    web.log.warn({ code: outcome.code }, 'LIFF id token not accepted')
    return refuse(response, view, outcome.status)
  }
  const isFirst = await web.readers.takeKey({ key: idToken, browser, keptMs: ID_TOKEN_KEPT_MS })
  if (!isFirst) return refuse(response, view)
  const place = registrationOf(web, view, { userId: outcome.userId, browser })
  response.redirect(303, place)
}

/** As by the link of the talk that LINE has been asked about. */
function registrationOf(
  { links }: WebContext,
  { account, town, fields }: LiffView,
  { userId, browser }: { userId: string; browser: string },
): string {
  const visitor = { lineAccount: account.id, provider: account.provider, userId }
  const made = new URL(links.lineRegistrationUrl(visitor))
  const line = links.provenLine(made.searchParams.get('line') ?? '', browser) ?? ''
  const { s = '', area = '', lang = '', with: share = '' } = fields
  const given = Object.entries({ line, s, area, lang, with: share })
  const query = new URLSearchParams(given.filter(([, value]) => value !== ''))
  return `/r${town ? `/${town.code}` : ''}?${query.toString()}`
}

function refuse(
  response: Response,
  view: LiffView,
  why: 'refused' | 'unavailable' = 'refused',
): void {
  sendPage(response, liffRefusedPage(view, why), why === 'refused' ? 403 : 503)
}
