import type { ReviewState } from '../review/rules/state'

/** Where a contributor's proposal stands, in the words its contributor reads. */
export interface ProposalState {
  code: 'proposed' | 'declined' | 'taken' | 'in_review' | 'published' | 'withdrawn'
  label: string
}

/** What the state is computed from. */
export interface ProposalFacts {
  isProposal: boolean
  isDeclined: boolean
  /** State of the review; it counts from when the proposal was taken. */
  review: ReviewState
}

/** The state of a proposal. *Pure.* */
export function proposalState({ isProposal, isDeclined, review }: ProposalFacts): ProposalState {
  if (isProposal) {
    return isDeclined
      ? { code: 'declined', label: '見送り' }
      : { code: 'proposed', label: '提案中' }
  }
  switch (review) {
    case 'published':
    case 'review_overdue':
      return { code: 'published', label: '公開中' }
    case 'withdrawn':
      return { code: 'withdrawn', label: '採用(いまは届けていません)' }
    case 'draft':
      return { code: 'taken', label: '採用' }
    default:
      return { code: 'in_review', label: '採用(監修中)' }
  }
}
