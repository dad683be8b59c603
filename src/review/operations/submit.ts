import type { Payload, PayloadRequest } from 'payload'

import { auditReview, insertVerdict, loadTarget } from './act'
import type { ReviewOptions, ReviewTarget } from './act'
import { isAlreadyPublished, isSubmitted } from '../rules/decide'
import { submitProblems } from '../rules/problems'
import { ReviewRefusal } from '../../cms/refusal'
import { canSubmit } from '../rules/rights'
import { describeReview } from '../queries/status'
import type { ReviewStatus } from '../queries/status'
import { inTransaction } from '../../cms/transaction'

/** Hands a document to the reviewers; doing it twice for one content changes nothing. */
export type Submit = (
  payload: Payload,
  req: PayloadRequest,
  target: ReviewTarget,
) => Promise<ReviewStatus>

/**
 * Makes the operation that hands a document to the reviewers.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, INCOMPLETE, CONTENT_CHANGED, ALREADY_PUBLISHED.
 */
export function createSubmit({ policy, now }: ReviewOptions): Submit {
  return (_payload, req, target) =>
    inTransaction(req, async () => {
      const review = await loadTarget(req, target, policy)
      if (!canSubmit(req.user, review)) {
        throw new ReviewRefusal('NOT_ALLOWED', 'この原稿を監修に出す権限がありません。')
      }
      if (isAlreadyPublished(review.reviewInput)) {
        throw new ReviewRefusal('ALREADY_PUBLISHED', 'この内容はすでに公開されています。')
      }
      const problems = submitProblems(review)
      if (problems.length > 0) {
        throw new ReviewRefusal('INCOMPLETE', '監修に出す前に直してください。', problems)
      }
      if (!isSubmitted(review.reviewInput)) {
        await insertVerdict(req, review, { verdict: 'submit', discipline: null })
        await auditReview(req, review, { action: 'submit', at: now() })
      }
      return describeReview(req, target, { policy, now })
    })
}
