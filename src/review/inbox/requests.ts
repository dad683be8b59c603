import type { PayloadRequest } from 'payload'

import { grouped } from '../../release/grouped'
import { findVerdictIds } from '../queries/aboutTexts'
import type { Review } from '../queries/load'
import { openRequests, type Verdict } from '../rules/decide'
import { disciplineLabel } from '../rules/policy'
import type { ReviewPolicy } from '../rules/policy'
import { isOnThis } from '../rules/requests'
import { relatedId } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/** A verdict in words. */
export interface RequestShown {
  verdict: 'submit' | 'approve' | 'request-change'
  /** Name of the discipline it was given in; empty for handing over. */
  discipline: string
  reviewer: string
  comment: string
  /** ISO instant. */
  at: string
  /** Whether it is about the content as it is now. */
  isCurrent: boolean
  /** Whether it is a request for a change that waits to be answered. */
  isOpen: boolean
}

interface StoredRequest {
  document: Related
  verdict: RequestShown['verdict']
  discipline?: string | null
  reviewerName?: string | null
  comment?: string | null
  contentHash: string
  submission?: string | null
  createdAt: string
}

/** The requests for a change that stand, by the document's id. */
export async function findRequests(
  req: PayloadRequest,
  reviews: readonly Review[],
  { policy }: { policy: ReviewPolicy },
): Promise<Map<string, RequestShown[]>> {
  const verdicts = await findVerdictsShown(req, reviews, { policy })
  return new Map([...verdicts].map(([id, shown]) => [id, shown.filter(({ isOpen }) => isOpen)]))
}

/** Every verdict on documents that the person may read, the newest last, by the document's id. */
export async function findVerdictsShown(
  req: PayloadRequest,
  reviews: readonly Review[],
  { policy }: { policy: ReviewPolicy },
): Promise<Map<string, RequestShown[]>> {
  if (reviews.length === 0) return new Map()
  const { docs } = await req.payload.find({
    collection: 'kizuna-approvals',
    where: { id: { in: await findVerdictIds(req, reviews) } },
    sort: 'createdAt',
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
    select: {
      document: true,
      verdict: true,
      discipline: true,
      reviewerName: true,
      comment: true,
      contentHash: true,
      submission: true,
      createdAt: true,
    },
  })
  const byDocument = grouped(docs as StoredRequest[], ({ document }) => relatedId(document) ?? '')
  return new Map(
    reviews.map(({ id, reviewInput }) => [
      id,
      (byDocument.get(id) ?? []).map((stored) => ({
        verdict: stored.verdict,
        discipline: stored.discipline ? disciplineLabel(policy, stored.discipline) : '',
        reviewer: stored.reviewerName ?? '担当者',
        comment: stored.comment ?? '',
        at: stored.createdAt,
        isCurrent: isOnThis(reviewInput, stored),
        isOpen: openRequests(reviewInput).some((open) => isSame(open, stored)),
      })),
    ]),
  )
}

/** The same person speaks once at a time for a discipline. */
function isSame(open: Verdict, stored: StoredRequest): boolean {
  return (
    stored.verdict === open.verdict &&
    stored.createdAt === open.at &&
    (stored.discipline ?? null) === open.discipline
  )
}
