import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, only, saying } from '../cms/endpoint'
import { hasRole } from '../people/roles'
import { kindOfCollection, type ContentCollection } from '../release/contentKind'
import { markQuote, markRead } from './acts'
import { findTextVoices, VOICE_READERS } from './voices'

const readers = only(
  (user) => hasRole(user, ...VOICE_READERS),
  '読者の声を読めるのは、制作監修チームと自治体の編集担当・承認者です。',
)

const quoteBody = z.object({ isQuote: z.boolean() })

/** `GET /:id/voices` of a text: what readers say of it, see {@link findTextVoices}. */
export function textVoicesEndpoint({ collection }: { collection: ContentCollection }): Endpoint {
  return endpoint({
    method: 'get',
    path: '/:id/voices',
    who: readers,
    run: ({ req, id }) => findTextVoices(req, { kind: kindOfCollection(collection), id }),
  })
}

/** `POST /kizuna-voices/:id/read`, and `/:id/quote` with `{ isQuote }`: marks; the words never change. */
export function voiceEndpoints(clock: { now: () => Date }): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/:id/read',
      who: readers,
      run: async ({ req, id }) => {
        await markRead(req, id, clock)
        return { isRead: true }
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/quote',
      who: readers,
      input: jsonBody(quoteBody, saying('引用に選ぶかどうか(isQuote)を送ってください。')),
      run: async ({ req, id, input: { isQuote } }) => {
        await markQuote(req, { id, isQuote }, clock)
        return { isQuote }
      },
    }),
  ]
}
