import type { PayloadRequest } from 'payload'

import { toStore } from '../../cms/stored'
import { recordAudit } from '../../cms/audit'
import { takeTurn } from '../../cms/turn'
import { nameOf } from '../../people/names'
import { releaseKey } from '../../release/findReleases'
import type { AuditAction } from '../../cms/audit'
import { besideOf } from '../rules/beside'
import type { Verdict } from '../rules/decide'
import { loadReview } from '../queries/load'
import type { Review, ReviewedCollection } from '../queries/load'
import { policyHash } from '../rules/policy'
import type { ReviewPolicy } from '../rules/policy'
import { ReviewRefusal } from '../../cms/refusal'
import { titleOf } from '../rules/title'

/** What all operations of the review depend on. */
export interface ReviewOptions {
  policy: ReviewPolicy
  now: () => Date
}

/** Which document an operation is about, and what the person had on the screen. */
export interface ReviewTarget {
  collection: ReviewedCollection
  id: string
  /**
   * Hash of the content the person saw; given, the operation refuses if it is another now. Empty is
   * what a person sent who did not name what they saw: a verdict or a publication is refused.
   */
  contentHash?: string
  /** Submission the person saw; given, the operation refuses if it is another now. */
  submission?: string | null
}

/**
 * Loads a review and makes sure the person acts on what they saw.
 *
 * @throws ReviewRefusal CONTENT_CHANGED when somebody edited it meanwhile; NOT_FOUND.
 */
export async function loadTarget(
  req: PayloadRequest,
  target: ReviewTarget,
  policy: ReviewPolicy,
): Promise<Review> {
  await takeReviewTurn(req, target)
  const review = await loadReview(req, target, policy)
  const { contentHash, submission = null } = review.reviewInput
  const isSame = !target.contentHash || target.contentHash === contentHash
  if (isSame && (target.submission === undefined || target.submission === submission)) return review
  throw new ReviewRefusal(
    'CONTENT_CHANGED',
    '開いているあいだに内容が変わりました。画面を読み直して、新しい内容を確かめてください。',
  )
}

/**
 * Makes sure that the person named the content and the submission they saw; asked when it is certain
 * that they may do it at all.
 *
 * @throws ReviewRefusal INCOMPLETE.
 */
export function refuseUnnamed({ contentHash }: Pick<ReviewTarget, 'contentHash'>): void {
  if (contentHash !== '') return
  throw new ReviewRefusal(
    'INCOMPLETE',
    'どの内容についてなのかが分かりません。画面を読み直し、いまの内容を確かめてから、もう一度進めてください(contentHash と submission に、見た内容の印が要ります)。',
  )
}

/** What a person says they saw; without hash or submission it is not named, see {@link refuseUnnamed}. *Pure.* */
export function seenBy(named: {
  contentHash?: string | undefined
  submission?: string | null | undefined
}): Pick<ReviewTarget, 'contentHash' | 'submission'> {
  const { contentHash = '', submission } = named
  return submission === undefined ? { contentHash: '' } : { contentHash, submission }
}

/** Lets verdicts, publications and withdrawals of one document happen one after the other. */
export function takeReviewTurn(
  req: PayloadRequest,
  { collection, id }: Pick<ReviewTarget, 'collection' | 'id'>,
): Promise<void> {
  return takeTurn(req, releaseKey(collection, id))
}

/** Inserts one verdict on exactly the content that was loaded. */
export async function insertVerdict(
  req: PayloadRequest,
  review: Review,
  verdict: Pick<Verdict, 'verdict' | 'discipline'> & { comment?: string },
): Promise<void> {
  const { collection, id, content, reviewInput, municipality } = review
  await req.payload.create({
    collection: 'kizuna-approvals',
    data: toStore({
      document: { relationTo: collection, value: id },
      contentHash: reviewInput.contentHash,
      submission: reviewInput.submission,
      ...besideOf(review.document),
      content,
      policyHash: policyHash(reviewInput.needs),
      reviewer: req.user?.id,
      reviewerName: nameOf(req.user),
      title: titleOf(review.document),
      municipality,
      ...verdict,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}

/** Audits an operation of the review on the content that was loaded. */
export async function auditReview(
  req: PayloadRequest,
  review: Review,
  entry: { action: AuditAction; at: Date; note?: string },
): Promise<void> {
  const { collection, id: documentId, reviewInput } = review
  await recordAudit(req, {
    collection,
    documentId,
    title: titleOf(review.document),
    beforeHash: reviewInput.release?.contentHash ?? null,
    afterHash: reviewInput.contentHash,
    ...entry,
  })
}
