import type { PayloadRequest } from 'payload'

import { relatedId, type Related } from '../../cms/relation'
import {
  standingReviewRequests,
  type RequestEntry,
  type ReviewRequest,
} from '../rules/reviewRequests'
import { findAbout } from './aboutTexts'
import type { Review } from './load'

/** Slug of the collection of the requests' steps. */
export const REVIEW_REQUESTS = 'kizuna-review-requests' as const

interface StoredStep extends Omit<RequestEntry, 'reviewer' | 'by' | 'at'> {
  document: Related
  reviewer: Related
  by: Related
  createdAt: string
}

/** The requests that stand on many texts, by the text's id. */
export async function findReviewRequests(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<(id: string) => ReviewRequest[]> {
  const steps = await findAbout<StoredStep>(req, REVIEW_REQUESTS, reviews)
  const found = new Map(
    reviews.map(({ id, reviewInput }) => [
      id,
      standingReviewRequests(reviewInput, (steps.get(id) ?? []).map(asEntry)),
    ]),
  )
  return (id) => found.get(id) ?? []
}

function asEntry({
  step,
  reviewer,
  by,
  discipline,
  day,
  askedOn,
  createdAt,
}: StoredStep): RequestEntry {
  return {
    step,
    discipline,
    day,
    askedOn,
    reviewer: relatedId(reviewer) ?? '',
    by: relatedId(by) ?? '',
    at: createdAt,
  }
}
