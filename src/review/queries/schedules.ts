import type { PayloadRequest } from 'payload'

import { relatedId, type Related } from '../../cms/relation'
import { standingSchedule, type Schedule, type ScheduleEntry } from '../rules/schedule'
import { findAbout } from './aboutTexts'
import type { Review } from './load'

/** Slug of the collection of the steps about publishing at a chosen time. */
export const SCHEDULES = 'kizuna-schedules' as const

interface StoredStep extends Omit<ScheduleEntry, 'by' | 'publishAt' | 'reason' | 'at'> {
  document: Related
  by: Related
  publishAt: Date | string
  reason?: string | null
  createdAt: string
}

/** The publications that stand on many texts, by the text's id. */
export async function findSchedules(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<(id: string) => Schedule | null> {
  const steps = await findAbout<StoredStep>(req, SCHEDULES, reviews)
  const found = new Map(
    reviews.map(({ id, reviewInput }) => [
      id,
      standingSchedule(reviewInput, (steps.get(id) ?? []).map(asEntry)),
    ]),
  )
  return (id) => found.get(id) ?? null
}

function asEntry({ by, publishAt, reason, createdAt, ...step }: StoredStep): ScheduleEntry {
  return {
    step: step.step,
    contentHash: step.contentHash,
    submission: step.submission ?? null,
    by: relatedId(by) ?? '',
    publishAt: new Date(publishAt).toISOString(),
    reason: reason ?? '',
    at: createdAt,
  }
}
