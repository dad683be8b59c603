import type { PayloadRequest } from 'payload'

import { recordAudit } from '../../cms/audit'
import { ReviewRefusal } from '../../cms/refusal'
import { toStore } from '../../cms/stored'
import { inTransaction } from '../../cms/transaction'
import { loadReview, type Review } from '../queries/load'
import { findSchedules, SCHEDULES } from '../queries/schedules'
import { describeReview, type ReviewStatus } from '../queries/status'
import { canPublish, canSubmit } from '../rules/rights'
import { publishTime, type ScheduleEntry } from '../rules/schedule'
import { titleOf } from '../rules/title'
import {
  auditReview,
  loadTarget,
  refuseUnnamed,
  takeReviewTurn,
  type ReviewOptions,
  type ReviewTarget,
} from './act'
import { refuseLateNotice, refuseTooFull, refuseUnlessReady } from './publish'

/** The latest time that may be chosen is so many days from now. */
export const MOST_DAYS_AHEAD = 90

const DAY_MS = 24 * 3_600_000

/** A publication at a chosen time. */
export interface ScheduleArgs extends ReviewTarget {
  publishAt: Date
}

/**
 * Chooses when a text is published. It must be ready now, by the very rules of publishing, which are
 * asked again at that time. Choosing again moves it.
 *
 * @throws ReviewRefusal as publishing does; INCOMPLETE for a time that is over or far away.
 */
export async function schedulePublication(
  req: PayloadRequest,
  args: ScheduleArgs,
  options: ReviewOptions,
): Promise<ReviewStatus> {
  return inTransaction(req, async () => {
    const at = options.now()
    const review = await loadTarget(req, args, options.policy)
    refuseUnlessReady(req, review, options.policy)
    refuseUnnamed(args)
    refuseOddTime(args.publishAt, at)
    refuseLateNotice(review, args.publishAt)
    await refuseTooFull(req, review, at)
    const publishAt = args.publishAt.toISOString()
    const { contentHash, submission = null } = review.reviewInput
    const by = String(req.user?.id)
    const step = { step: 'schedule', publishAt, by, contentHash, submission, reason: '' } as const
    await insertStep(req, review, step)
    await auditReview(req, review, { action: 'schedule', at, note: publishTime(publishAt) })
    return describeReview(req, args, options)
  })
}

/**
 * Takes a chosen time back, or closes the note of one that was refused.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND where there is none.
 */
export async function cancelPublication(
  req: PayloadRequest,
  target: Pick<ReviewTarget, 'collection' | 'id'>,
  options: ReviewOptions,
): Promise<ReviewStatus> {
  return inTransaction(req, async () => {
    await takeReviewTurn(req, target)
    const review = await loadReview(req, target, options.policy)
    const standing = (await findSchedules(req, [review]))(review.id)
    if (!standing) throw new ReviewRefusal('NOT_FOUND', '公開の予約はありません。')
    const isAllowed =
      canPublish(req.user) || (standing.refusal !== null && canSubmit(req.user, review))
    if (!isAllowed) {
      throw new ReviewRefusal('NOT_ALLOWED', '公開の予約を取り消せるのは監修責任者だけです。')
    }
    const { publishAt, by, contentHash, submission } = standing
    await insertStep(req, review, {
      step: 'cancel',
      publishAt,
      by,
      contentHash,
      submission,
      reason: '',
    })
    const note = publishTime(publishAt)
    await auditReview(req, review, { action: 'cancel-schedule', at: options.now(), note })
    return describeReview(req, target, options)
  })
}

/** Notes that a text was not published at its time, and why; its content stays as it was. */
export async function noteRefusal(
  req: PayloadRequest,
  review: Review,
  {
    standing,
    reason,
    at,
  }: { standing: Omit<ScheduleEntry, 'step' | 'reason' | 'at'>; reason: string; at: Date },
): Promise<void> {
  const { publishAt, by, contentHash, submission } = standing
  await insertStep(req, review, { step: 'refused', publishAt, by, contentHash, submission, reason })
  await recordAudit(req, {
    action: 'schedule-refused',
    collection: review.collection,
    documentId: review.id,
    title: titleOf(review.document),
    at,
    note: `${publishTime(publishAt)}: ${reason}`,
  })
}

function refuseOddTime(publishAt: Date, now: Date): void {
  const ahead = publishAt.getTime() - now.getTime()
  if (ahead > 0 && ahead <= MOST_DAYS_AHEAD * DAY_MS) return
  throw new ReviewRefusal(
    'INCOMPLETE',
    `公開する日時は、いまより後で、${MOST_DAYS_AHEAD} 日先までにしてください。すぐに公開するときは「すぐ公開する」を選びます。`,
  )
}

async function insertStep(
  req: PayloadRequest,
  { collection, id, municipality }: Review,
  step: Omit<ScheduleEntry, 'at'>,
): Promise<void> {
  await req.payload.create({
    collection: SCHEDULES,
    data: toStore({ document: { relationTo: collection, value: id }, municipality, ...step }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}
