import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, unreadable } from '../cms/endpoint'
import { ReviewRefusal } from '../cms/refusal'
import { MAX_ADDRESS_LENGTH } from '../release/webAddress'
import { localDayOf } from '../stage/day'
import { findChecks, lookAgain, type CheckOptions } from './checkLinks'
import { withUses } from './findLinks'
import { findingWords, partOf, type LinkPart } from './finding'

/** What is answered to who looks again. */
export interface LookedAgain {
  part: LinkPart | null
  /** What was found, in words. */
  words: string
}

const body = z.object({ address: z.string().min(1).max(MAX_ADDRESS_LENGTH) })

/**
 * `POST /links/look` with `{ address }`: looks at one address of the list now; answers
 * {@link LookedAgain}. Only an address that stands in a text of the person's own is looked at, so that
 * nobody makes the CMS ask for any page they like.
 */
export function lookAgainEndpoint(options: CheckOptions): Endpoint {
  return endpoint({
    method: 'post',
    path: '/links/look',
    who: loggedIn,
    input: jsonBody(body, unreadable),
    run: ({ req, input }) => look(req, input.address, options),
  })
}

async function look(
  req: PayloadRequest,
  address: string,
  { now, lookAt }: CheckOptions,
): Promise<LookedAgain> {
  const [known] = await withUses(req, await findChecks(req, { address: { equals: address } }))
  if (!known) throw new ReviewRefusal('NOT_FOUND', NOT_LISTED)
  const check = await lookAgain(req, known, { lookAt, day: localDayOf(now()) })
  return { part: partOf(check), words: findingWords(check) }
}

const NOT_LISTED =
  'このアドレスは、公開中の原稿にありません。直して公開したのなら、もう確かめることはありません。画面を読み直してください。'
