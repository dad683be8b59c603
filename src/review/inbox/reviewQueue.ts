import type { PayloadRequest } from 'payload'

import type { ReviewOptions } from '../operations/act'
import { loadOverview, type ReviewSummary } from '../queries/overview'
import { collectionsFor, isBackWith, waitsForApproval, waitsForPublication } from './waiting'

type User = PayloadRequest['user'] | undefined

/** What one person has to do, each list oldest first. */
export interface ReviewQueue {
  /** Waits for this person's approval. */
  toApprove: ReviewSummary[]
  /** Came back to this person, who wrote it, with a request for a change. */
  cameBack: ReviewSummary[]
  /** Has all approvals and waits for this person to publish it. */
  toPublish: ReviewSummary[]
}

/** What a person has to do among these documents, as the digest tells it. *Pure.* */
export function reviewQueueOf(user: User, summaries: readonly ReviewSummary[]): ReviewQueue {
  const oldest = summaries.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
  return {
    toApprove: oldest.filter((summary) => waitsForApproval(user, summary)),
    cameBack: oldest.filter((summary) => isBackWith(user, summary)),
    toPublish: oldest.filter((summary) => waitsForPublication(user, summary)),
  }
}

/** All documents the person may read, for the digests; a page asks `findWaiting`. */
export async function loadAll(
  req: PayloadRequest,
  options: ReviewOptions,
): Promise<ReviewSummary[]> {
  const found = await Promise.all(
    collectionsFor(req.user).map((collection) => loadOverview(req, { collection }, options)),
  )
  return found.flat()
}
