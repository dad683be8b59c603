import type { Db } from 'mongodb'

import { ledgerCollections } from '../ledger/collections'
import type { Difference, LedgerReader } from '../ledger/reading'

interface ReconcileOptions {
  db: Db
  ledger: LedgerReader
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** Runs of one pass; the rest waits for the next tick. */
const RUNS_PER_PASS = 20

/**
 * Compares each finished run once with the ledger: expected = accepted + every other terminal
 * state. A difference is told to a person; nothing is repaired by itself.
 */
export function createReconcile({ db, ledger, onAlert }: ReconcileOptions) {
  const runs = ledgerCollections(db).runs

  return async (): Promise<Difference[]> => {
    const found: Difference[] = []
    const finished = await runs
      .find({ isUnchecked: true, state: 'done' })
      .sort({ finishedAt: 1 })
      .limit(RUNS_PER_PASS)
      .toArray()
    for (const run of finished) {
      const differences = await ledger.differences(run)
      for (const { code, count } of differences) {
        onAlert('ledger-difference', { run: run._id, code, count })
      }
      found.push(...differences)
      // One that has been finished again meanwhile is compared again.
      const same = { _id: run._id, finishedAt: run.finishedAt }
      await runs.updateOne(same, { $unset: { isUnchecked: true } })
    }
    return found
  }
}
