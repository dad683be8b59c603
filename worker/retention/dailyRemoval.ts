import type { Db } from 'mongodb'

import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import type { ContentStore } from '../content/store'
import type { SyncedContent } from '../content/syncedContent'
import { isBusy } from '../ledger/busy'
import { COMPARED_DAYS } from '../report/behind'
import { REPORT_DAYS } from '../report/dailyReports'
import { MISSED_DAYS } from '../runs/due'
import { BASELINE_DAYS } from '../runs/planRun'
import { createDayRemoval, createPayloadRemoval, createReportRemoval } from './removeDays'
import { createNoteRemoval, createRevisionRemoval, createTraceRemoval } from './removeOld'
import { createEndedDeliveryRemoval, createPeopleRemoval } from './removePeople'
import { keptSince, type Removal } from './removal'

/** Days that some part of delivery may still look back; less than one more is never kept. */
export const LEAST_KEPT_DAYS = 1 + Math.max(MISSED_DAYS, REPORT_DAYS, COMPARED_DAYS, BASELINE_DAYS)

interface DailyRemovalOptions {
  db: Db
  contentStore: Pick<ContentStore, 'forgetReplaced'>
  syncedContent: Pick<SyncedContent, 'municipalities'>
  /** How many days back the details of deliveries are kept. */
  keptDays: number
  now: () => Date
}

/**
 * Removes once a day what has ended, piece by piece: one each time it is called, and none while a
 * run is worked on. Days that can still be sent, reported, compared or verified are never touched.
 *
 * @returns whether there may be more to remove today.
 * @throws RangeError when fewer days are to be kept than delivery looks back.
 */
export function createDailyRemoval(options: DailyRemovalOptions): () => Promise<boolean> {
  const { db, keptDays, now } = options
  if (!(keptDays >= LEAST_KEPT_DAYS)) {
    throw new RangeError(`At least ${LEAST_KEPT_DAYS} days are kept, not ${keptDays}`)
  }
  const removals = removalsOf(options)
  let finishedOn: LocalDay | null = null
  return async () => {
    const today = localDayOf(now())
    if (finishedOn === today) return false
    if (await isBusy(db, now())) return true
    const since = keptSince(addDays(today, -keptDays), keptDays)
    for (const removal of removals) if (await removal(since)) return true
    finishedOn = today
    return false
  }
}

function removalsOf({ db, contentStore, syncedContent, now }: DailyRemovalOptions): Removal[] {
  const municipalities = () => syncedContent.municipalities().map(({ code }) => code)
  return [
    createDayRemoval({ db, municipalities }),
    createPayloadRemoval(db),
    createReportRemoval({ db, municipalities }),
    createPeopleRemoval(db),
    createEndedDeliveryRemoval(db),
    createNoteRemoval(db),
    createTraceRemoval({ db, now }),
    createRevisionRemoval(contentStore),
  ]
}
