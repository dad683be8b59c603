import type { Db, Filter } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'
import { ledgerCollections, type LedgerCollections } from '../ledger/collections'
import type { Run } from '../ledger/documents'
import { createRemovedDays } from '../ledger/removedDays'
import type { StoredReport } from '../report/dailyReports'
import { PIECE, removeSome, type KeptSince, type Removal } from './removal'

interface DayRemovalOptions {
  db: Db
  /** Codes of the municipalities there are. */
  municipalities: () => string[]
}

/** Runs that are looked at in one piece. */
const RUNS_AT_ONCE = 50

/**
 * Removes runs with their batches and exclusions once their day is older than what is kept. Only
 * what has ended goes: a run that is finished and was compared with the ledger. A run goes after
 * all that is its own, so that one that was broken off is found again.
 */
export function createDayRemoval({ db, municipalities }: DayRemovalOptions): Removal {
  const ledger = ledgerCollections(db)
  const removed = createRemovedDays(db)
  return async ({ day, days }) => {
    const over = await ledger.runs
      .find(runsEndedBefore(day, municipalities()))
      .sort({ date: 1 })
      .limit(RUNS_AT_ONCE)
      .toArray()
    const last = over.at(-1)
    if (!last) return false
    await removed.note(last.date, days)
    let left = PIECE
    for (const run of over) {
      left -= await removeOwn(ledger, run, left)
      if (left <= 0) return true
      await ledger.runs.deleteOne({ _id: run._id, date: { $lt: day } })
    }
    return true
  }
}

/**
 * Runs before a day that are over: nobody plans or sends the run of a municipality that is gone. *Pure.*
 */
export function runsEndedBefore(day: string, codes: string[]): Filter<Run> {
  const isSettled = { state: 'done' as const, isUnchecked: { $exists: false } }
  return { date: { $lt: day }, $or: [isSettled, { municipality: { $nin: codes } }] }
}

/**
 * What stands for another delivery is no detail of a day: as long as the pair lives, it keeps a text
 * that was merged into another one from going out by itself.
 */
async function removeOwn(
  { exclusions, batches }: LedgerCollections,
  { _id: run }: Run,
  limit: number,
): Promise<number> {
  const excluded = await removeSome(exclusions, { run, covers: { $exists: false } }, limit)
  return excluded + (await removeSome(batches, { run }, limit - excluded))
}

/** Removes texts that no run that is there was planned with. */
export function createPayloadRemoval(db: Db): Removal {
  const { payloads, runs } = ledgerCollections(db)
  return async ({ day }) => {
    const [first] = await runs
      .find({ date: { $lt: day } })
      .sort({ date: 1 })
      .limit(1)
      .toArray()
    return (await removeSome(payloads, payloadsUsedBefore(first?.date ?? day))) > 0
  }
}

/** Texts that no run since a day was planned with. *Pure.* */
export function payloadsUsedBefore(day: LocalDay) {
  return { usedOn: { $lt: day } }
}

/** Removes reports that the CMS has, or that nobody can bring to it any more. */
export function createReportRemoval({ db, municipalities }: DayRemovalOptions): Removal {
  const reports = db.collection<StoredReport>('reports')
  return async ({ day }: KeptSince) => {
    return (await removeSome(reports, reportsOverBefore(day, municipalities()))) > 0
  }
}

/** Reports of days before one that the CMS has, or that nobody can bring to it any more. *Pure.* */
export function reportsOverBefore(day: LocalDay, codes: string[]): Filter<StoredReport> {
  const isOver = [{ pushedAt: { $ne: null } }, { municipality: { $nin: codes } }]
  return { date: { $lt: day }, $or: isOver }
}
