import type { PayloadRequest } from 'payload'

import { CONTENT_COLLECTIONS } from '../../release/contentKind'
import type { ReviewOptions } from '../operations/act'
import type { Review } from '../queries/load'
import { loadReviews } from '../queries/loadMany'
import type { WaitingPart } from '../queries/textState'
import type { LocalDay } from '../../stage/day'
import { askedDay, findWaiting, type WaitingList } from './waitingStates'

/** What waits for one person, in each part the longest first. */
export interface WaitingReviews extends Record<WaitingPart, Review[]> {
  /** Conversations about a text in which something is left to do. */
  openOf: (review: Review) => number
  /** By when the person was asked to look at a text; empty where they were not. */
  askedDayOf: (review: Review) => LocalDay
  /** Of each part, how many texts wait besides these. */
  more: Record<WaitingPart, number>
}

/** Reads what waits for the person of the request, with a handful of queries. */
export async function findWaitingReviews(
  req: PayloadRequest,
  options: ReviewOptions,
): Promise<WaitingReviews> {
  const waiting = await findWaiting(req, options)
  const states = Object.values(waiting).flatMap(({ texts }) => texts)
  const reviews = new Map<string, Review>()
  for (const collection of CONTENT_COLLECTIONS) {
    const ids = [
      ...new Set(states.filter((one) => one.collection === collection).map((one) => one.document)),
    ]
    if (ids.length === 0) continue
    for (const review of await loadReviews(req, { collection, ids }, options.policy)) {
      reviews.set(review.id, review)
    }
  }
  const open = new Map(states.map(({ document, openComments }) => [document, openComments]))
  const asked = new Map(states.map((state) => [state.document, askedDay(req.user, state)]))
  const reviewsOf = ({ texts }: WaitingList) =>
    texts.flatMap(({ document }) => reviews.get(document) ?? [])
  const moreOf = ({ texts, count }: WaitingList) => count - texts.length
  return {
    toReview: reviewsOf(waiting.toReview),
    toPublish: reviewsOf(waiting.toPublish),
    toRevise: reviewsOf(waiting.toRevise),
    openOf: ({ id }) => open.get(id) ?? 0,
    askedDayOf: ({ id }) => asked.get(id) ?? '',
    more: {
      toReview: moreOf(waiting.toReview),
      toPublish: moreOf(waiting.toPublish),
      toRevise: moreOf(waiting.toRevise),
    },
  }
}
