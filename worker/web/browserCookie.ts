import { randomBytes } from 'node:crypto'

import type { Request, Response } from 'express'

import type { WebContext } from './webContext'

const COOKIE = 'kizuna-visit'
const VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{22})(?:;|$)`)

/** What tells one browser from the others, until it is closed; null without cookies. *Pure.* */
export function browserOf({ headers }: Pick<Request, 'headers'>): string | null {
  return VALUE.exec(headers.cookie ?? '')?.[1] ?? null
}

/**
 * Gives a browser that has none its cookie. It says nothing and opens nothing by itself; scripts
 * and other sites' forms never have it.
 */
export function giveCookie(
  { publicUrl }: Pick<WebContext, 'publicUrl'>,
  request: Request,
  response: Response,
): void {
  if (browserOf(request) !== null) return
  response.cookie(COOKIE, newKey(), cookieOptions(publicUrl))
}

/** No script reads our cookies, no form of another site brings them; beside TLS they need it. *Pure.* */
export function cookieOptions(publicUrl: string) {
  return { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https://') } as const
}

/** The key of one press of a button, sent twice by a double press; also of an open form. */
export function newKey(): string {
  return randomBytes(16).toString('base64url')
}
