import type { PayloadRequest } from 'payload'

import type { ReviewOptions, ReviewTarget } from '../operations/act'
import { findThreads } from '../queries/commentThreads'
import { loadReview } from '../queries/load'
import { canComment } from '../rules/rights'
import { step } from './comment'
import { inConversation } from './inConversation'
import { insertEntry } from './insertEntry'

/** Notes that the person of the request has looked at what they were called to; answers how often. */
export async function noteSeen(
  req: PayloadRequest,
  target: Pick<ReviewTarget, 'collection' | 'id'>,
  { policy }: Pick<ReviewOptions, 'policy'>,
): Promise<number> {
  const me = String(req.user?.id)
  return inConversation(req, target, async () => {
    const review = await loadReview(req, target, policy)
    if (!canComment(req.user, review)) return 0
    const awaiting = (await findThreads(req, review)).filter(({ awaited }) => awaited.includes(me))
    for (const thread of awaiting) {
      await insertEntry(req, review, { ...step(thread), kind: 'seen' })
    }
    return awaiting.length
  })
}
