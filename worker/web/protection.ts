import type { Request, RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import helmet from 'helmet'

import { wordsAt } from './languageCookie'
import { sendNotice } from './webContext'
import type { WebLimits } from './webOptions'

const TEN_MINUTES_MS = 600_000
const MINUTE_MS = 60_000

/** What a webhook call without LINE's signature is answered. */
export const UNSIGNED = 401

/**
 * Security headers: the script of forms and styles from here, nothing else; links that carry a
 * token never leak it. A form may lead to LINE Login, which is the only other site.
 */
export function securityHeaders(publicUrl: string, loginOrigin: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'", loginOrigin],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl.startsWith('https://'),
  })
}

/** What an answer shows may be somebody's own: no cache keeps it, and no search engine lists it. */
export const keepToReader: RequestHandler = (_, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
  next()
}

/** Answers the script of forms with where to go: it cannot see where a redirect leads. */
export const answerWithPlace: RequestHandler = (request, response, next) => {
  if (request.get('X-Kizuna-Form') === 'place') {
    response.redirect = (...given: (number | string)[]) => {
      response
        .set('X-Kizuna-Place', String(given.at(-1)))
        .status(204)
        .end()
    }
  }
  next()
}

/** Whether a form was sent by another site, as far as its browser says. *Pure.* */
export function isFromElsewhere(request: Pick<Request, 'get' | 'method'>): boolean {
  const from = request.get('Sec-Fetch-Site')
  return request.method === 'POST' && from !== undefined && from !== 'same-origin'
}

/** Limits the forms one IP address may send. */
export function limitForms({ formsPer10Minutes = 600 }: WebLimits): RequestHandler {
  return rateLimit({
    windowMs: TEN_MINUTES_MS,
    limit: formsPer10Minutes,
    skip: ({ method }) => method === 'GET' || method === 'HEAD',
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    handler: (_, response) => {
      const { wait: title, waitWhy } = wordsAt(response).trouble
      sendNotice(response, { title, status: 429 }, [waitWhy])
    },
  })
}

/**
 * Limits the unsigned webhook calls of one IP address: those of LINE are never too many, and nobody else
 * can make them so.
 */
export function limitWebhooks({ forgedWebhooksPerMinute = 6000 }: WebLimits): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: forgedWebhooksPerMinute,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_, { statusCode }) => statusCode !== UNSIGNED,
    standardHeaders: false,
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    handler: (_, response) => {
      response.status(429).end()
    },
  })
}

/** Limits the mails that came back and are handed over, whoever does it. */
export function limitBounces({ bouncesPerMinute = 600 }: WebLimits): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: bouncesPerMinute,
    keyGenerator: () => 'all',
    standardHeaders: false,
    legacyHeaders: false,
    handler: (_, response) => {
      response.status(429).end()
    },
  })
}
