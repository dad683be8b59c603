import { createHash, timingSafeEqual } from 'node:crypto'

import express, { Router, type Request, type Response } from 'express'

import { MOST_BYTES, type TakeReturned } from '../bounce/mailbox'
import { limitBounces } from './protection'
import type { WebLimits } from './webOptions'

/** What whoever hands mails over has to know, and who takes them in. */
export interface BounceHook {
  secret: string
  take: TakeReturned
}

/**
 * POST /mail/bounces: a mail server hands over one mail that came back, as it is (`message/rfc822`),
 * with `Authorization: Bearer` and the secret. 204: taken, or known; 5xx: to be brought again.
 */
export function bounceRoutes({ bounces, limits }: { bounces?: BounceHook; limits?: WebLimits }) {
  const router = Router()
  if (!bounces) return router
  router.post(
    '/mail/bounces',
    limitBounces(limits ?? {}),
    (request, response, next) => (knows(request, bounces.secret) ? next() : end(response, 401)),
    express.raw({ limit: MOST_BYTES, type: () => true }),
    async (request, response) => {
      const raw: unknown = request.body
      if (!Buffer.isBuffer(raw) || raw.length === 0) return end(response, 400)
      await bounces.take({ raw, to: request.get('X-Envelope-To') ?? '' })
      end(response, 204)
    },
  )
  return router
}

/** Compared as hashes: neither length nor letters tell by the time it takes. */
function knows(request: Request, secret: string): boolean {
  const given = request.get('Authorization') ?? ''
  return timingSafeEqual(hashOf(given), hashOf(`Bearer ${secret}`))
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function end(response: Response, status: number): void {
  response.status(status).end()
}
