import type { Payload, PayloadRequest } from 'payload'

import { auditReview, insertVerdict, loadTarget, refuseUnnamed } from './act'
import type { ReviewOptions, ReviewTarget } from './act'
import { isAlreadyPublished, isMunicipalityDone, isSubmitted, NOT_SUBMITTED } from '../rules/decide'
import type { Review } from '../queries/load'
import { disciplineLabel, MUNICIPALITY } from '../rules/policy'
import type { ReviewPolicy } from '../rules/policy'
import { ReviewRefusal } from '../../cms/refusal'
import { disciplinesOf } from '../rules/rights'
import { describeReview, openDisciplines } from '../queries/status'
import type { ReviewStatus } from '../queries/status'
import { inTransaction } from '../../cms/transaction'

/** A verdict on what the person saw. */
export interface VerdictArgs extends ReviewTarget {
  /** Discipline to speak for; left out, every own discipline the document needs. */
  discipline?: string
  comment?: string
}

/** Gives a verdict on one document. */
export type GiveVerdict = (
  payload: Payload,
  req: PayloadRequest,
  args: VerdictArgs,
) => Promise<ReviewStatus>

/**
 * Makes the operation that approves; approving the same content again changes nothing.
 *
 * A live text may be approved again: that is how an overdue one is renewed.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED for authors and people without a needed
 * discipline, INCOMPLETE when the person does not name what they saw, OUT_OF_ORDER before anybody
 * handed it in or before the municipality's own approval, CONTENT_CHANGED.
 */
export function createApprove({ policy, now }: ReviewOptions): GiveVerdict {
  return (_payload, req, args) =>
    inTransaction(req, async () => {
      const review = await loadTarget(req, args, policy)
      const disciplines = approvable(req, review, { args, policy })
      refuseUnnamed(args)
      const comment = args.comment?.trim() ?? ''
      for (const discipline of disciplines) {
        await insertVerdict(req, review, { verdict: 'approve', discipline, comment })
        const note = disciplineLabel(policy, discipline)
        await auditReview(req, review, { action: 'approve', at: now(), note })
      }
      return describeReview(req, args, { policy, now })
    })
}

/**
 * Makes the operation that asks for a change; the comment says which.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, INCOMPLETE without a comment or what was
 * seen, CONTENT_CHANGED, ALREADY_PUBLISHED.
 */
export function createRequestChange({ policy, now }: ReviewOptions): GiveVerdict {
  return (_payload, req, args) =>
    inTransaction(req, async () => {
      const review = await loadTarget(req, args, policy)
      const discipline = ownDiscipline(req, review, args)
      refuseUnnamed(args)
      const comment = args.comment?.trim() ?? ''
      if (!comment) {
        throw new ReviewRefusal(
          'INCOMPLETE',
          'どこをどう直してほしいか、コメントに書いてください。',
        )
      }
      if (isAlreadyPublished(review.reviewInput)) {
        throw new ReviewRefusal(
          'ALREADY_PUBLISHED',
          'この内容は公開中です。直すときは編集者に下書きを作ってもらい、急ぐときは監修責任者が取り下げてください。',
        )
      }
      await insertVerdict(req, review, { verdict: 'request-change', discipline, comment })
      await auditReview(req, review, { action: 'request-change', at: now() })
      return describeReview(req, args, { policy, now })
    })
}

function approvable(
  req: PayloadRequest,
  review: Review,
  { args, policy }: { args: VerdictArgs; policy: ReviewPolicy },
): string[] {
  const { reviewInput } = review
  const asked = ownDisciplines(req, review, args)
  if (reviewInput.authors.includes(String(req.user?.id))) {
    throw notAllowed(
      '自分が書いた原稿は承認できません(書き換え案が採用された人も、書いた人です)。ほかの人に頼んでください。',
    )
  }
  const open = openDisciplines(req, review).filter((discipline) => asked.includes(discipline))
  const isNeeded = reviewInput.needs.some((need) => asked.includes(need.discipline))
  if (open.length === 0 && !isNeeded) {
    const names = asked.map((discipline) => disciplineLabel(policy, discipline)).join('、')
    throw notAllowed(`この原稿に${names}の承認は要りません。話題の選び方を確かめてください。`)
  }
  if (!isSubmitted(reviewInput)) throw new ReviewRefusal('OUT_OF_ORDER', NOT_SUBMITTED)
  if (!asked.includes(MUNICIPALITY) && !isMunicipalityDone(reviewInput)) {
    throw new ReviewRefusal('OUT_OF_ORDER', '先に自治体の承認者が承認してから、監修します。')
  }
  return open
}

function ownDiscipline(req: PayloadRequest, review: Review, args: VerdictArgs): string {
  const own = ownDisciplines(req, review, args)
  const needed = own.find((code) =>
    review.reviewInput.needs.some((need) => need.discipline === code),
  )
  return needed ?? own[0] ?? ''
}

function ownDisciplines(req: PayloadRequest, review: Review, args: VerdictArgs): string[] {
  const own = disciplinesOf(req.user, review).filter(
    (discipline) => args.discipline === undefined || discipline === args.discipline,
  )
  if (own.length === 0) throw notAllowed('この原稿を監修する権限がありません。')
  return own
}

function notAllowed(sentence: string): ReviewRefusal {
  return new ReviewRefusal('NOT_ALLOWED', sentence)
}
