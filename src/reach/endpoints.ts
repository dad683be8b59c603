import type { Endpoint, PayloadRequest } from 'payload'

import { findNewestRelease, releaseKey } from '../release/findReleases'
import type { ReviewOptions } from '../review/operations/act'
import { loadReview, type ReviewedCollection } from '../review/queries/load'
import { ReviewRefusal } from '../cms/refusal'
import { canPublish } from '../review/rules/rights'
import { loadReach } from './reach'
import { reachSentence } from './sentence'
import { loadWithdrawn, withdrawnSentence } from './withdrawn'

/**
 * What the chief is told of readers: `GET /:id/reach` before publishing, `GET /:id/withdrawn` after
 * a withdrawal; numbers and a Japanese sentence.
 */
export function reachEndpoints({
  collection,
  policy,
  now,
}: ReviewOptions & { collection: ReviewedCollection }): Endpoint[] {
  return [
    {
      path: '/:id/reach',
      method: 'get',
      handler: async (req) => {
        const { content } = await loadReview(req, { collection, id: chiefsId(req) }, policy)
        const reach = await loadReach(req, content, now())
        return Response.json({ reach, sentence: reachSentence(reach) })
      },
    },
    {
      path: '/:id/withdrawn',
      method: 'get',
      handler: async (req) => {
        const key = releaseKey(collection, chiefsId(req))
        const at = await withdrawnAt(req, key)
        const found = at && (await loadWithdrawn(req, { key, at }))
        return Response.json({ found, sentence: at ? withdrawnSentence(found) : null })
      },
    },
  ]
}

function chiefsId(req: PayloadRequest): string {
  if (canPublish(req.user)) return String(req.routeParams?.id ?? '')
  throw new ReviewRefusal('NOT_ALLOWED', '届く人数を見られるのは監修責任者だけです。')
}

/** When the newest release of a key withdrew it, or null. */
async function withdrawnAt(req: PayloadRequest, key: string): Promise<Date | null> {
  const newest = await findNewestRelease(req, key, { overrideAccess: false })
  return newest?.action === 'withdraw' ? new Date(newest.publishedAt) : null
}
