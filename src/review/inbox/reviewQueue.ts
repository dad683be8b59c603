import type { PayloadRequest, Where } from 'payload'

import type { ReviewOptions } from '../operations/act'
import { loadOverview, type ReviewSummary } from '../queries/overview'
import { findTextStates } from '../queries/textStates'
import { whereOverdue, whereState } from '../rules/standing'
import { localDayOf } from '../../stage/day'
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

/** All texts that wait for anybody, as far as the person may read them: for the digests. */
export async function loadAllWaiting(
  req: PayloadRequest,
  options: ReviewOptions,
): Promise<ReviewSummary[]> {
  const now = options.now()
  const waits: Where = {
    or: [...WAITING.map(whereState), whereOverdue({ now, day: localDayOf(now) })],
  }
  const found = await Promise.all(
    collectionsFor(req.user).map(async (collection) => {
      const asked = { collection, where: [waits], fields: ['document'] as const, limit: 0 }
      const ids = (await findTextStates(req, asked)).map(({ document }) => document)
      return ids.length === 0 ? [] : loadOverview(req, { collection, ids }, options)
    }),
  )
  return found.flat()
}

const WAITING = ['in_review', 'needs_changes', 'approved'] as const
