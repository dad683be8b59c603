import type { Payload, PayloadRequest } from 'payload'

import { asStored, toStore } from '../../cms/stored'
import { contentHash } from '../../release/hash'
import { isNotice } from '../../release/noticeLimits'
import { localDayOf } from '../../stage/day'
import { dayLabel } from '../../stage/japaneseDate'
import { auditReview, loadTarget, refuseUnnamed } from './act'
import type { ReviewOptions, ReviewTarget } from './act'
import { isAlreadyPublished, isOnePersons } from '../rules/decide'
import type { StoredDocument } from '../rules/freeze'
import { withOpenGate } from '../gate/gateKey'
import { freezeDocument } from '../queries/contentOwner'
import { fullDayProblems } from '../queries/fullDay'
import type { Review } from '../queries/load'
import type { ReviewPolicy } from '../rules/policy'
import { publishProblems } from '../rules/problems'
import { ReviewRefusal } from '../../cms/refusal'
import { insertRelease } from './insertRelease'
import { canPublish } from '../rules/rights'
import { describeReview } from '../queries/status'
import type { ReviewStatus } from '../queries/status'
import { inTransaction } from '../../cms/transaction'

/** Publishes one document: the only way a text becomes something the worker sends. */
export type Publish = (
  payload: Payload,
  req: PayloadRequest,
  /** `note` stands in the log. */
  target: ReviewTarget & { note?: string },
) => Promise<ReviewStatus>

/**
 * Makes the operation that publishes: live row, release and audit entry in one transaction.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, MISSING_APPROVALS with the list,
 * ALREADY_PUBLISHED (also for the slower of two), INCOMPLETE when the person does not name what they
 * saw, CONTENT_CHANGED, BUSY.
 */
export function createPublish({ policy, now }: ReviewOptions): Publish {
  return (_payload, req, target) =>
    inTransaction(req, async () => {
      const review = await loadTarget(req, target, policy)
      refuseUnlessReady(req, review, policy)
      refuseUnnamed(target)
      refuseLateNotice(review, now())
      await refuseTooFull(req, review, now())
      await writeLive(req, review)
      const { content, variables, reviewInput } = review
      const frozen = { content, contentHash: reviewInput.contentHash, variables }
      const release = { action: 'publish', ...frozen, at: now(), reason: null } as const
      await insertRelease(req, review, { release, policy })
      const { note = '' } = target
      await auditReview(req, review, { action: 'publish', at: now(), ...(note && { note }) })
      return describeReview(req, target, { policy, now })
    })
}

/**
 * Whether a text may be published now, by the person of the request.
 *
 * @throws ReviewRefusal ALREADY_PUBLISHED, NOT_ALLOWED, MISSING_APPROVALS with the list.
 */
export function refuseUnlessReady(req: PayloadRequest, review: Review, policy: ReviewPolicy): void {
  if (isAlreadyPublished(review.reviewInput) && canPublish(req.user)) {
    throw new ReviewRefusal(
      'ALREADY_PUBLISHED',
      `この内容はすでに公開されています(確定版 ${review.reviewInput.release?.revision})。`,
    )
  }
  const missing = publishProblems(review, policy)
  if (!canPublish(req.user)) {
    throw new ReviewRefusal('NOT_ALLOWED', '公開できるのは監修責任者だけです。', missing)
  }
  if (missing.length > 0) {
    throw new ReviewRefusal('MISSING_APPROVALS', 'まだ公開できません。', missing)
  }
  if (isOnePersons(review.reviewInput, String(req.user?.id))) {
    throw new ReviewRefusal('MISSING_APPROVALS', 'まだ公開できません。', [ONE_PERSON])
  }
}

/**
 * What arrives together must be deliverable together.
 *
 * @throws ReviewRefusal INCOMPLETE.
 */
export async function refuseTooFull(req: PayloadRequest, review: Review, at: Date): Promise<void> {
  const problems = await fullDayProblems(req, review, at)
  if (problems.length === 0) return
  throw new ReviewRefusal('INCOMPLETE', '一緒に届くものが多すぎて、公開できません。', problems)
}

/**
 * A notice is published before its day: that day is planned as it begins.
 *
 * @throws ReviewRefusal INCOMPLETE.
 */
export function refuseLateNotice({ content }: Pick<Review, 'content'>, at: Date): void {
  if (!isNotice(content) || localDayOf(at) < content.validFrom) return
  const [day, published] = [content.validFrom, localDayOf(at)].map(dayLabel)
  throw new ReviewRefusal('INCOMPLETE', 'このお知らせは公開できません。', [
    `送る日が ${day}、公開が ${published} です。お知らせは、送る日の前の日までに公開します。送る日を後の日に直して、もう一度承認してもらってください。`,
  ])
}

const ONE_PERSON =
  'この原稿を書いた人も承認した人も、あなただけです。ほかの監修責任者に承認してもらってください。'

/** Makes the newest draft the live row; what came out must be what was approved. */
async function writeLive(req: PayloadRequest, review: Review): Promise<void> {
  const { collection, id } = review
  const live = await withOpenGate(req, { collection, id }, () =>
    req.payload.update({
      collection,
      id,
      req,
      data: toStore({ _status: 'published', authors: [] }),
      depth: 0,
      overrideAccess: true,
    }),
  )
  const written = await freezeDocument(req, collection, asStored<StoredDocument>(live))
  if (contentHash(written) === review.reviewInput.contentHash) return
  throw new ReviewRefusal(
    'CONTENT_CHANGED',
    '公開しようとした内容が、承認された内容と一致しません。画面を読み直してください。',
  )
}
