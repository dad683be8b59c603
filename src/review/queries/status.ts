import type { PayloadRequest } from 'payload'

import type { ReviewOptions, ReviewTarget } from '../operations/act'
import {
  isAlreadyPublished,
  isMunicipalityDone,
  isOnePersons,
  isSubmitted,
  openRequests,
  standings,
} from '../rules/decide'
import { loadReview } from './load'
import type { Review } from './load'
import {
  findRemarks,
  type Remark,
  type OpenComments,
  type Said,
  type ScheduleShown,
} from './remarks'
import { disciplineLabel, MUNICIPALITY } from '../rules/policy'
import { publishProblems } from '../rules/problems'
import { canPublish, canSubmit, canWithdraw, disciplinesOf } from '../rules/rights'
import { reviewState } from '../rules/reviewState'
import { lastReleaseOf, stateLabel } from '../rules/state'
import type { ReviewState } from '../rules/state'
import type { OutOfPeriod } from '../../release/period'
import { localDayOf } from '../../stage/day'

/** A document's review as the admin's panel shows it to one person. */
export interface ReviewStatus {
  state: ReviewState
  /** The state in Japanese. */
  label: string
  /** To be sent back with the next action: it says what the person saw. */
  contentHash: string
  /** To be sent back as well: it tells a text that was changed and changed back. */
  submission: string | null
  /** Number of the newest release, 0 when there is none. */
  revision: number
  /** Whether its newest release is out. */
  isLive: boolean
  /** Whether its newest release withdraws it. */
  isWithdrawn: boolean
  /** Of one that is out: its period has not begun, or is over. */
  outOfPeriod?: OutOfPeriod
  /** What is missing before it may be published, one Japanese sentence each. */
  missing: string[]
  needs: { discipline: string; label: string; quorum: number; approved: number }[]
  /** What is not settled in the conversations; it keeps nobody from publishing, who is told of it. */
  openComments: OpenComments
  /** What reviewers said and stands, for who acts next. */
  remarks: Remark[]
  /** A publication at a chosen time that is to come, or was refused; null without one. */
  schedule: ScheduleShown | null
  /** What this person may do now. */
  can: {
    submit: boolean
    /** Whether a change was asked for that it is on this person to make. */
    revise: boolean
    /** Disciplines this person's approval is still missing in. */
    approveAs: string[]
    requestChange: boolean
    publish: boolean
    withdraw: boolean
    /** Takes a chosen time back, or closes the note that it was refused. */
    unschedule: boolean
  }
  /** Whether an approval is missing that this person could give, had they not written on the text. */
  isOwn: boolean
}

/** Reads a document and describes its review for the person of the request. */
export async function describeReview(
  req: PayloadRequest,
  target: ReviewTarget,
  options: ReviewOptions,
): Promise<ReviewStatus> {
  const review = await loadReview(req, target, options.policy)
  const said = (await findRemarks(req, [review], options))(review.id)
  return statusFor(req, review, { ...options, said })
}

/** Describes a loaded review for the person of the request. *Pure.* */
export function statusFor(
  req: PayloadRequest,
  review: Review,
  { policy, now, said }: ReviewOptions & { said: Said },
): ReviewStatus {
  const { reviewInput } = review
  const state = reviewState(reviewInput, policy, now())
  const last = lastReleaseOf(reviewInput, localDayOf(now()))
  const { isLive } = last
  const missing = publishProblems(review, policy)
  const needs = standings(reviewInput)
  return {
    state,
    label: stateLabel({ state, ...last }),
    ...(last.outOfPeriod && { outOfPeriod: last.outOfPeriod }),
    contentHash: reviewInput.contentHash,
    submission: reviewInput.submission ?? null,
    revision: reviewInput.release?.revision ?? 0,
    isLive,
    isWithdrawn: last.isWithdrawn,
    missing,
    needs: needs.map(({ discipline, quorum, approvedBy }) => ({
      discipline,
      label: disciplineLabel(policy, discipline),
      quorum,
      approved: approvedBy.length,
    })),
    ...said,
    can: {
      submit: !isSubmitted(reviewInput) && canSubmit(req.user, review),
      revise: state === 'needs_changes' && canSubmit(req.user, review),
      approveAs: approvableAs(req, review),
      requestChange: !isAlreadyPublished(reviewInput) && disciplinesOf(req.user, review).length > 0,
      publish:
        missing.length === 0 &&
        !isAlreadyPublished(reviewInput) &&
        canPublish(req.user) &&
        !isOnePersons(reviewInput, String(req.user?.id)),
      withdraw: isLive && canWithdraw(req.user),
      unschedule:
        said.schedule !== null &&
        (canPublish(req.user) || (said.schedule.refusal !== null && canSubmit(req.user, review))),
    },
    isOwn:
      !isAlreadyPublished(reviewInput) &&
      reviewInput.authors.includes(String(req.user?.id)) &&
      needs.some(
        ({ discipline, quorum, approvedBy }) =>
          approvedBy.length < quorum && disciplinesOf(req.user, review).includes(discipline),
      ),
  }
}

/** Disciplines this person's approval is missing in now; the municipality's comes first. *Pure.* */
export function approvableAs(req: PayloadRequest, review: Review): string[] {
  if (!isSubmitted(review.reviewInput)) return []
  const open = openDisciplines(req, review)
  if (open.length === 0) return []
  const isDone = isMunicipalityDone(review.reviewInput)
  return open.filter((discipline) => discipline === MUNICIPALITY || isDone)
}

/**
 * Disciplines this person can still approve in: needed ones, and those in which their own request
 * for a change stands. *Pure.*
 */
export function openDisciplines(req: PayloadRequest, review: Review): string[] {
  const reviewer = String(req.user?.id)
  if (review.reviewInput.authors.includes(reviewer)) return []
  const requests = openRequests(review.reviewInput).filter(
    (request) => request.reviewer === reviewer,
  )
  const needs = standings(review.reviewInput).filter((need) => !need.approvedBy.includes(reviewer))
  const open = [...needs, ...requests].map(({ discipline }) => discipline)
  return disciplinesOf(req.user, review).filter((discipline) => open.includes(discipline))
}
