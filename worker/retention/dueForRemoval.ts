import type { Collection, Db, Document, Filter } from 'mongodb'

import { addDays, instantOf, localDayOf } from '../../src/stage/day'
import type { ContentStore } from '../content/store'
import type { SyncedContent } from '../content/syncedContent'
import { ledgerCollections } from '../ledger/collections'
import { readerCollections } from '../readers/collections'
import { oldestBirth } from '../readers/dateLimits'
import { grownBefore, linkedErasuresBefore, stoppedBefore } from '../readers/forget'
import type { StoredReport } from '../report/dailyReports'
import { keptSince, type KeptSince } from './removal'
import { payloadsUsedBefore, reportsOverBefore, runsEndedBefore } from './removeDays'
import { notedBefore, refusedBefore } from './removeOld'

/** What the nightly removal goes by; deliveries and pairs follow the people they are of. */
export type RemovedKind =
  | 'runs'
  | 'payloads'
  | 'reports'
  | 'stoppedReaders'
  | 'grownChildren'
  | 'erasedNames'
  | 'erasures'
  | 'filterNotes'
  | 'friendships'
  | 'releases'

/** How much of one kind there is, and how much of it is due for removal. */
export interface DueForRemoval {
  kind: RemovedKind
  kept: number
  due: number
}

interface DueOptions {
  db: Db
  contentStore: Pick<ContentStore, 'countReplaced'>
  syncedContent: Pick<SyncedContent, 'municipalities'>
  keptDays: number
  now: () => Date
}

/**
 * Counts what the nightly removal would take away now, by the filters it removes by. What goes with
 * it (batches and exclusions with their run, deliveries with their pair) is not counted apart.
 */
export async function countDueForRemoval(options: DueOptions) {
  const { keptDays, now } = options
  const since = keptSince(addDays(localDayOf(now()), -keptDays), keptDays)
  const rows = [...(await dueDays(options, since)), ...(await duePeople(options, since))]
  const { replaced, all } = await options.contentStore.countReplaced(since.instant)
  rows.push({ kind: 'releases', kept: all, due: replaced })
  return { since: since.day, rows }
}

async function dueDays({ db, syncedContent }: DueOptions, { day }: KeptSince) {
  const { runs, payloads } = ledgerCollections(db)
  const codes = syncedContent.municipalities().map(({ code }) => code)
  const over = runsEndedBefore(day, codes)
  const [open] = await runs
    .find({ date: { $lt: day }, $nor: [over] })
    .sort({ date: 1 })
    .limit(1)
    .toArray()
  const reports = db.collection<StoredReport>('reports')
  return [
    await counted('runs', runs, over),
    await counted('payloads', payloads, payloadsUsedBefore(open?.date ?? day)),
    await counted('reports', reports, reportsOverBefore(day, codes)),
  ]
}

async function duePeople({ db }: DueOptions, { day, days, instant }: KeptSince) {
  const { readers, children, erasures, filterNotes, friendships } = readerCollections(db)
  const today = instantOf(addDays(day, days), '00:00')
  return [
    await counted('stoppedReaders', readers, stoppedBefore(instant)),
    await counted('grownChildren', children, grownBefore(oldestBirth(day))),
    await counted('erasedNames', erasures, linkedErasuresBefore(today)),
    await counted('erasures', erasures, notedBefore(instant)),
    await counted('filterNotes', filterNotes, refusedBefore(day)),
    await counted('friendships', friendships, notedBefore(instant)),
  ]
}

async function counted<T extends Document>(
  kind: RemovedKind,
  collection: Collection<T>,
  due: Filter<T>,
): Promise<DueForRemoval> {
  return {
    kind,
    kept: await collection.countDocuments(),
    due: await collection.countDocuments(due),
  }
}
