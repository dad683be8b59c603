import {
  isAsReleased,
  isSubmitted,
  missingForPublish,
  openRequests,
  type ReviewInput,
} from './decide'
import type { ReviewPolicy } from './policy'
import type { ReviewState } from './state'

/** The state of a document at an instant. *Pure.* */
export function reviewState(
  reviewInput: ReviewInput,
  policy: ReviewPolicy,
  now: Date,
): ReviewState {
  const { release } = reviewInput
  const isReleased = isAsReleased(reviewInput)
  if (release && isReleased && release.action === 'publish') {
    return isOverdue(release.reviewDueAt, now) ? 'review_overdue' : 'published'
  }
  if (openRequests(reviewInput).length > 0) return 'needs_changes'
  if (!isSubmitted(reviewInput)) return isReleased ? 'withdrawn' : 'draft'
  return missingForPublish(reviewInput, policy).length === 0 ? 'approved' : 'in_review'
}

function isOverdue(reviewDueAt: string | null, now: Date): boolean {
  return reviewDueAt !== null && new Date(reviewDueAt) <= now
}
