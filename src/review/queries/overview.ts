import type { PayloadRequest } from 'payload'

import { firstSlotOf } from '../../release/contentKind'
import { readSlot } from '../../fields/slotField'
import { slotLabel, slotSortKey } from '../../stage/slot'
import type { ReviewOptions } from '../operations/act'
import { missingForPublish, standings } from '../rules/decide'
import type { NeedStanding } from '../rules/decide'
import type { Review, ReviewedCollection } from './load'
import { loadReviews } from './loadMany'
import { lackingOf } from './textState'
import type { ManyTargets } from './loadMany'
import type { ReviewPolicy } from '../rules/policy'
import { reviewState } from '../rules/reviewState'
import { lastReleaseOf } from '../rules/state'
import type { ReviewState } from '../rules/state'
import type { OutOfPeriod } from '../../release/period'
import { localDayOf } from '../../stage/day'

/** Where one of many documents stands; add-ons have a municipality, manuscripts a series. */
export interface ReviewSummary {
  collection: ReviewedCollection
  id: string
  title: string
  /** Id of the series; null for add-ons. */
  series: string | null
  /** Code of the slot; of an add-on, the first of its range. */
  slot: string
  slotLabel: string
  /** Null when the slot cannot be read. */
  slotSortKey: number | null
  /** Code; null for add-ons. */
  edition: string | null
  kind: 'stage' | 'milestone' | 'question' | 'addOn'
  /** Id; null for manuscripts. */
  municipality: string | null
  topics: string[]
  state: ReviewState
  contentHash: string
  needs: NeedStanding[]
  /** Ids of all who wrote on it since the last release. */
  authors: string[]
  /** Whether its newest release is out. */
  isLive: boolean
  /** Whether its newest release withdraws it. */
  isWithdrawn: boolean
  /** Of one that is out: its period has not begun, or is over. */
  outOfPeriod?: OutOfPeriod
  /** Number of the newest release, 0 when there is none. */
  revision: number
  /** ISO instant, or null. */
  reviewDueAt: string | null
  /** ISO instant of the newest save. */
  updatedAt: string
  /** Disciplines that are to approve it next; empty unless it is in review or overdue. */
  waitingFor: string[]
  /** Whether it has all approvals and is to be published; one that is overdue, to be renewed so. */
  isReady: boolean
}

/**
 * Summaries of many documents for the person of the request, with a handful of queries; documents
 * they may not read are left out.
 */
export async function loadOverview(
  req: PayloadRequest,
  targets: ManyTargets,
  options: ReviewOptions,
): Promise<ReviewSummary[]> {
  const reviews = await loadReviews(req, targets, options.policy)
  return reviews.map((review) => summarise(review, options))
}

/** The summary of one loaded review. *Pure* but for the clock. */
export function summarise(review: Review, { policy, now }: ReviewOptions): ReviewSummary {
  const { collection, id, content, document, reviewInput, municipality, series } = review
  const isManuscript = content.type === 'manuscript'
  const at = now()
  const state = reviewState(reviewInput, policy, at)
  const slot = firstSlotOf(content)
  const read = readSlot(slot)
  return {
    collection,
    id,
    series,
    municipality,
    state,
    slot,
    title: String(document.title ?? ''),
    slotLabel: read ? slotLabel(read) : slot,
    slotSortKey: read ? slotSortKey(read) : null,
    edition: isManuscript ? content.edition : null,
    kind: isManuscript ? content.kind : 'addOn',
    topics: Array.isArray(document.topics) ? document.topics.map(String) : [],
    contentHash: reviewInput.contentHash,
    needs: standings(reviewInput),
    authors: [...reviewInput.authors],
    ...lastReleaseOf(reviewInput, localDayOf(at)),
    revision: reviewInput.release?.revision ?? 0,
    reviewDueAt: reviewInput.release?.reviewDueAt ?? null,
    updatedAt: String(document.updatedAt ?? ''),
    waitingFor: waitingFor(review, state),
    isReady: state === 'approved' || (state === 'review_overdue' && isApproved(review, policy)),
  }
}

function isApproved({ reviewInput }: Review, policy: ReviewPolicy): boolean {
  return missingForPublish(reviewInput, policy).length === 0
}

function waitingFor(review: Review, state: ReviewState): string[] {
  if (state !== 'in_review' && state !== 'review_overdue') return []
  return lackingOf(review)
}
