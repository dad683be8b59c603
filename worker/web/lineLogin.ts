import { randomBytes } from 'node:crypto'

import type { Request, Response } from 'express'
import { z } from 'zod'

import { open, seal } from '../../src/secret/seal'

import { cookieOptions, giveCookie } from './browserCookie'
import { sendNotFound, type WebContext } from './webContext'

/** Where somebody goes on whom LINE has named. */
export type LoginGoal = PageGoal | RegistrationGoal | OwnGoal

/** A reader's own page, by its link. */
interface PageGoal {
  kind: 'page'
  token: string
  lineAccount: string
}

/** The registration, by the link of a LINE friend. */
export interface RegistrationGoal {
  kind: 'registration'
  token: string
  lineAccount: string
  path: string
  /** What else the link began with. */
  query: Record<string, string>
  /** Of what was typed before; or null. */
  formId: string | null
}

/** The page of whoever it is, among the readers of a municipality. */
export interface OwnGoal {
  kind: 'own'
  lineAccount: string
  municipality: string
}

/** A question to LINE that a browser has been sent away with. */
export interface PendingLogin {
  state: string
  nonce: string
  verifier: string
  goal: LoginGoal
}

const COOKIE = 'kizuna-login'
const VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w.-]+)(?:;|$)`)
const CONTEXT = 'line-login-pending'

/** As long as LINE's code is good. */
const LIFE_MS = 10 * 60_000

const goal = { token: z.string(), lineAccount: z.string() }
const shape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  expiresAt: z.number(),
  goal: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('page'), ...goal }),
    z.object({
      kind: z.literal('registration'),
      ...goal,
      path: z.string(),
      query: z.record(z.string(), z.string()),
      formId: z.string().nullable(),
    }),
    z.object({ kind: z.literal('own'), lineAccount: z.string(), municipality: z.string() }),
  ]),
})

/**
 * Sends a browser to LINE. What it has to come back with is sealed in a cookie of that browser
 * alone: an answer that is brought into another one, or that nobody asked for, is known for one.
 */
export async function startLogin(
  web: WebContext,
  request: Request,
  { response, goal, isAutomatic = true }: StartedLogin,
): Promise<void> {
  const account = await web.settings.lineAccount(goal.lineAccount)
  if (!account?.login) return sendNotFound(response)
  const [state, nonce] = [randomHex(), randomHex()]
  const verifier = randomBytes(32).toString('base64url')
  const expiresAt = web.now().getTime() + LIFE_MS
  const pending = { state, nonce, verifier, goal, expiresAt }
  giveCookie(web, request, response)
  response.cookie(COOKIE, seal(web.ring, JSON.stringify(pending), CONTEXT), {
    ...cookieOf(web),
    maxAge: LIFE_MS,
  })
  const redirectUri = web.links.pageUrl('/login/line')
  const { login } = account
  response.redirect(
    303,
    web.lineLogin.authorizationUrl({ login, redirectUri, state, nonce, verifier, isAutomatic }),
  )
}

interface StartedLogin {
  response: Response
  goal: LoginGoal
  /** False asks LINE not to guess. @default true */
  isAutomatic?: boolean
}

/** What this browser was sent away with, or null. */
export function takeLogin(web: WebContext, { headers }: Request): PendingLogin | null {
  const sealed = VALUE.exec(headers.cookie ?? '')?.[1]
  if (!sealed) return null
  try {
    const { expiresAt, ...pending } = shape.parse(JSON.parse(open(web.ring, sealed, CONTEXT)))
    return expiresAt > web.now().getTime() ? pending : null
  } catch {
    return null // of another key, or written by somebody
  }
}

/** The question is answered: the browser forgets it. */
export function forgetLogin(web: WebContext, response: Response): void {
  response.clearCookie(COOKIE, cookieOf(web))
}

/** The answer comes from another site, as a link that is followed: `lax` lets it bring the cookie. */
function cookieOf({ publicUrl }: WebContext) {
  return { ...cookieOptions(publicUrl), path: '/login' }
}

/** LINE asks for letters and digits alone. */
function randomHex(): string {
  return randomBytes(16).toString('hex')
}
