import type { Request, RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'

import type { Reader } from '../readers/reader'

import { sendMyPageMail } from './confirmationMail'
import type { WebContext } from './webContext'
import { wordsOf } from './words/words'

const HOUR_MS = 3600_000
const MAX_LINKS_AN_HOUR = 3

/**
 * Sends a reader a new link to their page, to an address of theirs. Nobody is written to whose
 * deliveries have ended, unless they may still undo it.
 */
export async function sendPageLink(web: WebContext, reader: Reader, to: string): Promise<void> {
  const { _id: readerId, edition } = reader
  if (!(await hasPage(web, reader))) return
  const municipality = await web.settings.municipality(reader.municipality)
  if (!municipality) return
  const id = `my-page-${readerId}-${web.now().getTime()}`
  await sendMyPageMail(web, { readerId, to, municipality, id, words: wordsOf(edition) })
}

async function hasPage({ readers }: WebContext, { _id, status }: Reader): Promise<boolean> {
  return status === 'active' || (await readers.openStops({ readerId: _id })).length > 0
}

/** Fills nobody's inbox: past the limit of one key the browser is led on as if a link was sent. */
export function limitPageLinks(of: {
  /** By what requests are counted together. */
  keyOf: (request: Request) => string
  /** Where the answer leads. */
  placeOf: (request: Request) => string
  /** Whether a request may lead to a message. @default every one */
  isCounted?: (request: Request) => boolean
}): RequestHandler {
  const { isCounted } = of
  return rateLimit({
    windowMs: HOUR_MS,
    limit: MAX_LINKS_AN_HOUR,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: of.keyOf,
    skip: (request) => isCounted?.(request) === false,
    handler: (request, response) => response.redirect(303, of.placeOf(request)),
  })
}
