import { createHash } from 'node:crypto'

import { z } from 'zod'

import type { LineLoginChannel } from '../../src/plan/settings'

/**
 * Where LINE asks people who they are. What the API's real address is asked for goes here; a
 * stand-in serves both.
 *
 * Source: https://developers.line.biz/en/docs/line-login/integrate-line-login/#making-an-authorization-request
 */
export const LINE_ACCESS_ORIGIN = 'https://access.line.me'

/** What LINE calls itself in its id tokens. */
export const LINE_ISSUER = 'https://access.line.me'

const LINE_API_ORIGIN = 'https://api.line.me'
const TIMEOUT_MS = 10_000

/** What a browser is sent to LINE with. */
export interface LineLoginRequest {
  login: LineLoginChannel
  redirectUri: string
  /** Comes back, so that an answer to somebody else's question is known for one. */
  state: string
  /** Comes back inside the id token. */
  nonce: string
  /** Only its hash goes to LINE before the code is exchanged (PKCE). */
  verifier: string
  /** False after LINE could not tell by itself who it is; then it asks. */
  isAutomatic: boolean
}

/** What a browser has come back with. */
export interface LineLoginAnswer extends Pick<
  LineLoginRequest,
  'login' | 'redirectUri' | 'nonce' | 'verifier'
> {
  code: string
}

/** `refused`: LINE or its token says no; `unavailable`: LINE gave no answer. */
export type LineLoginOutcome =
  { status: 'known'; userId: string } | { status: 'refused' | 'unavailable'; code: string }

/** LINE Login: asks LINE who holds a browser. */
export interface LineLogin {
  /** Where browsers are sent to. */
  origin: string
  /** *Pure.* */
  authorizationUrl: (request: LineLoginRequest) => string
  /** Exchanges the code, once, and gives the user id of a sound id token. */
  userOf: (answer: LineLoginAnswer) => Promise<LineLoginOutcome>
  /**
   * The user of an id token that a page inside LINE has brought. It holds no nonce of ours: who else
   * gets hold of it could bring it too, as long as it is good.
   */
  userOfIdToken: (brought: BroughtIdToken) => Promise<LineLoginOutcome>
}

/** An id token that a page inside LINE (LIFF) was given for a channel. */
export interface BroughtIdToken {
  login: LineLoginChannel
  idToken: string
}

interface LineLoginOptions {
  /** Origin of the API, e.g. `https://api.line.me`. */
  apiUrl: string
  now: () => Date
}

/** Creates the client; nothing is asked before it is used. */
export function createLineLogin({ apiUrl, now }: LineLoginOptions): LineLogin {
  const api = new URL(apiUrl).origin
  const origin = api === LINE_API_ORIGIN ? LINE_ACCESS_ORIGIN : api
  return {
    origin,
    authorizationUrl: (request) => authorizationUrl(origin, request),
    userOf: (answer) => userOf({ api, now }, answer),
    userOfIdToken: (brought) => userOfIdToken({ api, now }, brought),
  }
}

/** Only the id is asked for: no name, no picture, no address. */
function authorizationUrl(origin: string, request: LineLoginRequest): string {
  const { login, redirectUri, state, nonce, verifier, isAutomatic } = request
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: login.channelId,
    redirect_uri: redirectUri,
    state,
    scope: 'openid',
    nonce,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    ui_locales: 'ja-JP',
    ...(!isAutomatic && { disable_auto_login: 'true' }),
  })
  return `${origin}/oauth2/v2.1/authorize?${query.toString()}`
}

/** The hash of a PKCE verifier: https://www.rfc-editor.org/rfc/rfc7636#section-4.2 *Pure.* */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

const issued = z.object({ id_token: z.string().min(1) })

/** Source: https://developers.line.biz/en/reference/line-login/#verify-id-token */
const claims = z.object({
  iss: z.string(),
  sub: z.string().regex(/^U[0-9a-f]{32}$/),
  aud: z.string(),
  exp: z.number(),
  nonce: z.string().optional(),
})

interface Asked {
  api: string
  now: () => Date
}

async function userOf(asked: Asked, answer: LineLoginAnswer): Promise<LineLoginOutcome> {
  const { login, redirectUri, nonce, verifier, code } = answer
  const token = await ask(`${asked.api}/oauth2/v2.1/token`, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: login.channelId,
    client_secret: login.channelSecret,
    code_verifier: verifier,
  })
  if (!token.isOk) return token.outcome
  const given = issued.safeParse(token.body)
  if (!given.success) return { status: 'refused', code: 'line-login-no-id-token' }
  return verify(asked, { login, nonce, idToken: given.data.id_token })
}

/** Source: https://developers.line.biz/en/docs/liff/using-user-profile/#sending-id-token */
function userOfIdToken(asked: Asked, brought: BroughtIdToken): Promise<LineLoginOutcome> {
  return verify(asked, { ...brought, nonce: null })
}

async function verify(
  asked: Asked,
  { login, idToken, nonce }: BroughtIdToken & { nonce: string | null },
): Promise<LineLoginOutcome> {
  const verified = await ask(`${asked.api}/oauth2/v2.1/verify`, {
    id_token: idToken,
    client_id: login.channelId,
    ...(nonce !== null && { nonce }),
  })
  if (!verified.isOk) return verified.outcome
  return userIn(verified.body, { login, nonce, now: asked.now() })
}

/**
 * The user of what LINE says is in a token. LINE has checked it; that it is for this channel and
 * this question, and still good, is not left to the other side alone. *Pure.*
 */
export function userIn(
  body: unknown,
  { login, nonce, now }: { login: LineLoginChannel; nonce: string | null; now: Date },
): LineLoginOutcome {
  const read = claims.safeParse(body)
  if (!read.success) return { status: 'refused', code: 'line-login-claims' }
  const { iss, aud, exp, sub, nonce: given } = read.data
  const isOurs = nonce === null || given === nonce
  const isSound = iss === LINE_ISSUER && aud === login.channelId && isOurs
  if (!isSound) return { status: 'refused', code: 'line-login-claims' }
  if (exp * 1000 <= now.getTime()) return { status: 'refused', code: 'line-login-expired' }
  return { status: 'known', userId: sub }
}

type Answer =
  | { isOk: true; body: unknown }
  | { isOk: false; outcome: { status: 'refused' | 'unavailable'; code: string } }

async function ask(url: string, form: Record<string, string>): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (response.ok) return { isOk: true, body: await response.json() }
    const isRefusal = response.status >= 400 && response.status < 500 && response.status !== 429
    const status = isRefusal ? 'refused' : 'unavailable'
    return { isOk: false, outcome: { status, code: `line-login-${response.status}` } }
  } catch {
    return { isOk: false, outcome: { status: 'unavailable', code: 'line-login-no-answer' } }
  }
}
