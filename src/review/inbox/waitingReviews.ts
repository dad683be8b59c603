import type { PayloadRequest } from 'payload'

import type { ReviewOptions } from '../operations/act'
import { findManyThreads } from '../queries/commentThreads'
import type { Review } from '../queries/load'
import { loadReviews } from '../queries/loadMany'
import { summarise, type ReviewSummary } from '../queries/overview'
import { currentVerdicts, openRequests } from '../rules/decide'
import { canSubmit } from '../rules/rights'
import { inboxCandidates } from './candidates'
import { collectionsFor, isBackWith, waitsForApproval, waitsForPublication } from './waiting'

/** The parts of what waits for one person, as they are named everywhere. */
export type WaitingPart = 'toReview' | 'toPublish' | 'toRevise'

/** What waits for one person, in each part the longest first. */
export interface WaitingReviews extends Record<WaitingPart, Review[]> {
  /** Conversations about a text in which something is left to do. */
  openOf: (review: Review) => number
}

/** Reads what waits for the person of the request, with a handful of queries. */
export async function findWaitingReviews(
  req: PayloadRequest,
  options: ReviewOptions,
): Promise<WaitingReviews> {
  const reviews: Review[] = []
  for (const collection of collectionsFor(req.user)) {
    const where = await inboxCandidates(req, collection, options.now())
    reviews.push(...(await loadReviews(req, { collection, where }, options.policy)))
  }
  const summaries = new Map(reviews.map((review) => [review, summarise(review, options)]))
  const those = (isWaiting: (summary: ReviewSummary, review: Review) => boolean) =>
    [...summaries].flatMap(([review, summary]) => (isWaiting(summary, review) ? [review] : []))
  const toReview = those((summary) => waitsForApproval(req.user, summary))
  const toPublish = those((summary) => waitsForPublication(req.user, summary))
  const mine = those((_, review) => canSubmit(req.user, review))
  const threads = await findManyThreads(req, [...new Set([...mine, ...toReview, ...toPublish])])
  const openOf = ({ id }: Review) =>
    (threads.get(id) ?? []).filter(({ isResolved }) => !isResolved).length
  const toRevise = those((summary, review) =>
    isBackWith(req.user, summary, { kind: 'writers', openComments: openOf(review) }),
  )
  return {
    toReview: inOrder(toReview, 'toReview'),
    toPublish: inOrder(toPublish, 'toPublish'),
    toRevise: inOrder(toRevise, 'toRevise'),
    openOf,
  }
}

/** The same as the home shows it: where each text stands, and no more. */
export async function findWaitingSummaries(
  req: PayloadRequest,
  options: ReviewOptions,
): Promise<Record<WaitingPart, ReviewSummary[]>> {
  const { toReview, toPublish, toRevise } = await findWaitingReviews(req, options)
  const summaries = (reviews: readonly Review[]) =>
    reviews.map((review) => summarise(review, options))
  return {
    toReview: summaries(toReview),
    toPublish: summaries(toPublish),
    toRevise: summaries(toRevise),
  }
}

function inOrder(reviews: readonly Review[], part: WaitingPart): Review[] {
  const since = new Map(reviews.map((review) => [review, waitingSince(review, part)]))
  const at = (review: Review) => since.get(review) ?? ''
  return reviews.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) < at(b) ? -1 : 1))
}

/**
 * Since when a text waits: handed over; sent back; approved by the last; of one that is overdue,
 * due. *Pure.*
 */
export function waitingSince({ reviewInput, document }: Review, part: WaitingPart): string {
  const [asked] = part === 'toRevise' ? openRequests(reviewInput) : []
  const verdict = asked ?? currentVerdicts(reviewInput).at(part === 'toPublish' ? -1 : 0)
  return verdict?.at ?? reviewInput.release?.reviewDueAt ?? String(document.updatedAt ?? '')
}
