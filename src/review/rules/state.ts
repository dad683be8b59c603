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

/** A state that another wording goes through after a release. */
type Rewriting = 'draft' | 'in_review' | 'needs_changes' | 'approved'

/**
 * The state of a document and that of what readers get of it, in one code: every list, count, map
 * and form says it by this.
 */
export type ShownState = ReviewState | `live_${Rewriting}` | `withdrawn_${Rewriting}`

/** What is counted and filtered by: a document's own state, and what became of its last release. */
export interface StateAndLive {
  state: ReviewState
  /** Whether readers get some release of it now. */
  isLive: boolean
  /** Whether its newest release withdraws it. */
  isWithdrawn: boolean
}

/** All shown states with their word, in the order in which they are counted. */
export const SHOWN_STATES: readonly { code: ShownState; label: string }[] = [
  { code: 'draft', label: REVIEW_STATE_LABELS.draft },
  { code: 'in_review', label: REVIEW_STATE_LABELS.in_review },
  { code: 'needs_changes', label: REVIEW_STATE_LABELS.needs_changes },
  { code: 'approved', label: REVIEW_STATE_LABELS.approved },
  { code: 'published', label: REVIEW_STATE_LABELS.published },
  ...rewritings('live', REVIEW_STATE_LABELS.published),
  { code: 'review_overdue', label: REVIEW_STATE_LABELS.review_overdue },
  { code: 'withdrawn', label: REVIEW_STATE_LABELS.withdrawn },
  ...rewritings('withdrawn', REVIEW_STATE_LABELS.withdrawn),
]

/** Another wording on its way, in words after those of the release before; a new draft is 下書き. */
function rewritings(before: 'live' | 'withdrawn', label: string) {
  const states: readonly Rewriting[] = ['draft', 'in_review', 'needs_changes', 'approved']
  return states.map((state) => ({
    code: `${before}_${state}` as const,
    label: `${label}・${state === 'draft' ? '直しかけ' : REVIEW_STATE_LABELS[state]}`,
  }))
}

const LABELS = new Map(SHOWN_STATES.map(({ code, label }) => [code, label]))

/** What became of a document's last release; neither where it has none. *Pure.* */
export function lastReleaseOf({
  release,
}: Pick<ReviewInput, 'release'>): Pick<StateAndLive, 'isLive' | 'isWithdrawn'> {
  return { isLive: release?.action === 'publish', isWithdrawn: release?.action === 'withdraw' }
}

/** What became of the release before, where another wording is on its way; null where none is. *Pure.* */
export function rewritingOf(state: string): 'live' | 'withdrawn' | null {
  if (state.startsWith('live_')) return 'live'
  return state.startsWith('withdrawn_') ? 'withdrawn' : null
}

/** The one code for a document's state and what became of its last release. *Pure.* */
export function shownStateOf({ state, isLive, isWithdrawn }: StateAndLive): ShownState {
  if (!isLive && !isWithdrawn) return state
  const rewriting = `${isLive ? 'live' : 'withdrawn'}_${state as Rewriting}` as const
  return LABELS.has(rewriting) ? rewriting : state
}

/** One word for a document's state and what became of its last release. *Pure.* */
export function stateLabel(document: StateAndLive): string {
  return LABELS.get(shownStateOf(document)) ?? document.state
}

/**
 * How many documents stand where; what is live and being changed is counted apart from drafts nobody
 * gets, and named only where there is any. *Pure.*
 */
export function countShownStates(
  documents: readonly StateAndLive[],
): { code: ShownState; label: string; count: number }[] {
  const codes = documents.map(shownStateOf)
  return SHOWN_STATES.map(({ code, label }) => ({
    code,
    label,
    count: codes.filter((one) => one === code).length,
  })).filter(({ code, count }) => count > 0 || rewritingOf(code) === null)
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
