import { createHmac, timingSafeEqual } from 'node:crypto'

import { z } from 'zod'

import { LINE_ISSUER } from '../channel/lineLogin'

import type { SandboxLogin } from './lineState'

/** How long an id token is good. */
export const ID_TOKEN_MS = 3600_000

/** What an id token says. */
export interface IdTokenClaims {
  iss: string
  /** User id. */
  sub: string
  /** Id of the LINE Login channel. */
  aud: string
  exp: number
  iat: number
  nonce?: string
  amr: string[]
}

/** The claims LINE writes for somebody who has just logged in. *Pure.* */
export function claimsFor(
  login: Pick<SandboxLogin, 'channelId'>,
  { userId, nonce, now }: { userId: string; nonce: string | null; now: Date },
): IdTokenClaims {
  return {
    iss: LINE_ISSUER,
    sub: userId,
    aud: login.channelId,
    exp: Math.floor((now.getTime() + ID_TOKEN_MS) / 1000),
    iat: Math.floor(now.getTime() / 1000),
    ...(nonce !== null && { nonce }),
    amr: ['linesso'],
  }
}

/**
 * Signs as LINE does for web logins: HS256 with the channel secret. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/line-login/verify-id-token/#signature
 */
export function signIdToken(claims: IdTokenClaims, channelSecret: string): string {
  const parts = [{ typ: 'JWT', alg: 'HS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const text = parts.join('.')
  return `${text}.${signatureOf(text, channelSecret)}`
}

const shape = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string().optional(),
  amr: z.array(z.string()),
})

/** The claims of a token this channel has signed, or null. *Pure.* */
export function readIdToken(token: string, channelSecret: string): IdTokenClaims | null {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const expected = Buffer.from(signatureOf(`${header}.${payload}`, channelSecret))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  try {
    return shape.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  } catch {
    return null
  }
}

function signatureOf(text: string, channelSecret: string): string {
  return createHmac('sha256', channelSecret).update(text).digest('base64url')
}
