import type { Endpoint } from 'payload'
import { z } from 'zod'

import { CONTENT_COLLECTIONS } from '../../release/contentKind'
import { endpoint, jsonBody, loggedIn, saying, unreadable, word } from '../../cms/endpoint'
import type { ReviewOptions } from '../operations/act'
import { findEditing } from '../gate/editing'
import { createActOnSet, SET_ACTS } from './actOnSet'
import { MAX_SET } from './set'
import { findNextReviews } from './nextReviews'
import type { InboxOptions } from './reviewInbox'
import { compareUnsaved } from './unsavedComparison'
import { loadReview, type ReviewedCollection } from '../queries/load'

const body = z.object({
  texts: z
    .array(
      z.object({
        collection: z.enum(CONTENT_COLLECTIONS),
        id: z.string().regex(/^[0-9a-f]{24}$/),
        contentHash: word.min(1),
        submission: word.nullable().optional(),
      }),
    )
    .min(1)
    .max(MAX_SET),
})

const CHOOSE = `原稿を 1 件から ${MAX_SET} 件まで選んでください。`

/** `POST /review-set/approve` and `/publish` with `{ texts }`; answers `{ outcomes }`, one for each text. */
export function inboxEndpoints(options: Pick<InboxOptions, 'policy' | 'now'>): Endpoint[] {
  return SET_ACTS.map((act) => {
    const actOnSet = createActOnSet(act, options)
    return endpoint({
      method: 'post',
      path: `/review-set/${act}`,
      who: loggedIn,
      input: jsonBody(body, saying(CHOOSE)),
      run: async ({ req, input: { texts } }) => ({ outcomes: await actOnSet(req, texts) }),
    })
  })
}

/** A form as it stands; how much each field holds is asked where it is compared. */
const typedBody = z.object({ typed: z.record(word, z.unknown()) })
const MAX_TYPED = { units: 1_000_000, depth: 20 }

/** `POST /:id/unsaved` with `{ typed }`, the fields of a form; answers an {@link UnsavedComparison}. */
export function unsavedEndpoint(
  options: InboxOptions & { collection: ReviewedCollection },
): Endpoint {
  const { collection } = options
  return endpoint({
    method: 'post',
    path: '/:id/unsaved',
    who: loggedIn,
    input: jsonBody(typedBody, unreadable, MAX_TYPED),
    run: ({ req, id, input: { typed } }) => compareUnsaved(req, { collection, id, typed }, options),
  })
}

/** `GET /:id/editing`: who else is writing in it now, as `findEditing` says it. */
export function editingEndpoint(
  options: ReviewOptions & { collection: ReviewedCollection },
): Endpoint {
  const { collection, policy } = options
  return endpoint({
    method: 'get',
    path: '/:id/editing',
    who: loggedIn,
    run: async ({ req, id }) => {
      await loadReview(req, { collection, id }, policy) // who may not read it is told nothing
      return { editing: (await findEditing(req, [{ collection, id }]))(id) }
    },
  })
}

/** `GET /:id/next`: what waits for the person besides this text, as {@link findNextReviews} finds it. */
export function nextEndpoint(
  options: ReviewOptions & { collection: ReviewedCollection },
): Endpoint {
  const { collection } = options
  return endpoint({
    method: 'get',
    path: '/:id/next',
    who: loggedIn,
    run: ({ req, id }) => findNextReviews(req, { collection, id }, options),
  })
}
