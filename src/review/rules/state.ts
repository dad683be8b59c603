import { isAsReleased, isSubmitted, missingForPublish, openRequests } from './decide'
import type { ReviewInput } from './decide'
import type { ReviewPolicy } from './policy'

/** Where a manuscript or add-on stands; computed, never stored. */
export type ReviewState =
  | 'draft'
  | 'in_review'
  | 'needs_changes'
  | 'approved'
  | 'published'
  | 'review_overdue'
  | 'withdrawn'

/** The states in Japanese, as lists and badges show them. */
export const REVIEW_STATE_LABELS: Readonly<Record<ReviewState, string>> = {
  draft: '下書き',
  in_review: '監修中',
  needs_changes: '修正依頼あり',
  approved: '承認済み',
  published: '公開中',
  review_overdue: '公開中(見直し期限切れ)',
  withdrawn: '取り下げ済み',
}

/** One word for a document's state and that of what readers get of it. *Pure.* */
export function stateLabel({ state, isLive }: { state: ReviewState; isLive: boolean }): string {
  const label = REVIEW_STATE_LABELS[state]
  if (!isLive || state === 'published' || state === 'review_overdue') return label
  return `${REVIEW_STATE_LABELS.published}・${state === 'draft' ? '直しかけ' : label}`
}

/**
 * How many documents stand where, by the words for it; what is live and being changed is counted
 * apart from drafts nobody gets, and named only where there is any. *Pure.*
 */
export function countByLabel(
  documents: readonly { state: ReviewState; isLive: boolean }[],
): { label: string; count: number }[] {
  const states = Object.keys(REVIEW_STATE_LABELS) as ReviewState[]
  const both = [false, true].flatMap((isLive) => states.map((state) => ({ state, isLive })))
  return [...new Set(both.map(stateLabel))]
    .map((label) => ({
      label,
      count: documents.filter((one) => stateLabel(one) === label).length,
      isAlways: states.some((state) => REVIEW_STATE_LABELS[state] === label),
    }))
    .filter(({ count, isAlways }) => isAlways || count > 0)
    .map(({ label, count }) => ({ label, count }))
}

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
