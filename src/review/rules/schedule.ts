import { monthDayLabel, clockLabel } from '../../stage/japaneseDate'
import { localDayOf } from '../../stage/day'
import type { ReviewInput } from './decide'

/** One step about publishing a text at a chosen time; inserted once, never changed. */
export interface ScheduleEntry {
  step: 'schedule' | 'cancel' | 'refused'
  /** ISO instant at which it is to be published. */
  publishAt: string
  /** Id of the chief who chose it. */
  by: string
  /** What was seen and approved when it was chosen. */
  contentHash: string
  submission: string | null
  /** Why it was not published; empty unless it was refused. */
  reason: string
  /** ISO instant. */
  at: string
}

/** A publication that is to come, or was refused at its time. */
export interface Schedule extends Pick<
  ScheduleEntry,
  'publishAt' | 'by' | 'contentHash' | 'submission'
> {
  /** Whether the text was changed since: it would be refused. */
  isBroken: boolean
  /** Why it was not published; null while its time has not come. */
  refusal: string | null
}

/**
 * The publication that stands on a text: the newest step, unless it takes it back or a release came
 * after it, whoever made that. *Pure.*
 */
export function standingSchedule(
  { release, contentHash, submission = null }: ReviewInput,
  entries: readonly ScheduleEntry[],
): Schedule | null {
  const newest = entries.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  if (!newest || newest.step === 'cancel' || newest.at <= (release?.at ?? '')) return null
  const { publishAt, by } = newest
  return {
    publishAt,
    by,
    contentHash: newest.contentHash,
    submission: newest.submission,
    isBroken: newest.contentHash !== contentHash || newest.submission !== submission,
    refusal: newest.step === 'refused' ? newest.reason : null,
  }
}

/** 「公開予約 12月1日 9:00」 *Pure.* */
export function scheduleWords(publishAt: string): string {
  return `公開予約 ${publishTime(publishAt)}`
}

/** 「12月1日 9:00」 *Pure.* */
export function publishTime(publishAt: string): string {
  return `${monthDayLabel(localDayOf(new Date(publishAt)))} ${clockLabel(publishAt)}`
}
