import type { Endpoint } from 'payload'
import { z } from 'zod'

import { CONTENT_COLLECTIONS } from '../../release/contentKind'
import { endpoint, jsonBody, loggedIn, saying } from '../../cms/endpoint'
import { createApproveSet } from './approveSet'
import { MAX_SET } from './set'
import type { InboxOptions } from './reviewInbox'
import { compareUnsaved } from './unsavedComparison'
import type { ReviewedCollection } from '../queries/load'

const body = z.object({
  texts: z
    .array(
      z.object({
        collection: z.enum(CONTENT_COLLECTIONS),
        id: z.string().regex(/^[0-9a-f]{24}$/),
        contentHash: z.string().min(1),
        submission: z.string().nullable().optional(),
      }),
    )
    .min(1)
    .max(MAX_SET),
})

const CHOOSE = `承認する原稿を 1 件から ${MAX_SET} 件まで選んでください。`

/** `POST /review-set/approve` with `{ texts }`; answers `{ outcomes }`, one for each text. */
export function inboxEndpoints(options: Pick<InboxOptions, 'policy' | 'now'>): Endpoint[] {
  const approveSet = createApproveSet(options)
  return [
    endpoint({
      method: 'post',
      path: '/review-set/approve',
      who: loggedIn,
      input: jsonBody(body, saying(CHOOSE)),
      run: async ({ req, input: { texts } }) => ({ outcomes: await approveSet(req, texts) }),
    }),
  ]
}

const typedBody = z.object({ typed: z.record(z.string(), z.unknown()) })

/** `POST /:id/unsaved` with `{ typed }`, the fields of a form; answers an {@link UnsavedComparison}. */
export function unsavedEndpoint(
  options: InboxOptions & { collection: ReviewedCollection },
): Endpoint {
  const { collection } = options
  return endpoint({
    method: 'post',
    path: '/:id/unsaved',
    who: loggedIn,
    input: jsonBody(typedBody),
    run: ({ req, id, input: { typed } }) => compareUnsaved(req, { collection, id, typed }, options),
  })
}
