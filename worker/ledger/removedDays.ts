import type { Db } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'
import { DURABLE, ledgerCollections } from './collections'

/** How far the details of days that are over have been removed, as stored in `retention`. */
export interface RemovedDays {
  _id: 'days'
  /** The last day whose runs, batches and exclusions are gone, or begin to go. */
  through: LocalDay
  /** How many days they were kept when that day went. */
  keptDays: number
}

/**
 * The days of which this ledger has removed the details. It is noted before the first of them goes,
 * so that nobody is ever told that nothing was sent on a day of which nothing is left.
 */
export function createRemovedDays(db: Db) {
  const { retention } = ledgerCollections(db)
  const read = (): Promise<RemovedDays | null> => retention.findOne({ _id: 'days' })
  return {
    /** How far the removal has come; null before the first. */
    read,
    /** What is known of the removal of a day; null as long as its details are there. */
    of: async (date: LocalDay): Promise<RemovedDays | null> => {
      const removed = await read()
      return removed !== null && date <= removed.through ? removed : null
    },
    /** Notes that the details of a day, and of those before it, go now. */
    note: async (through: LocalDay, keptDays: number): Promise<void> => {
      const before = await read()
      if (before !== null && before.through >= through) return
      await retention.updateOne(
        { _id: 'days' },
        { $set: { through, keptDays } },
        { upsert: true, ...DURABLE },
      )
    },
  }
}

/** Says that the details of a day are gone, for people. *Pure.* */
export function removedSentence({ keptDays }: Pick<RemovedDays, 'keptDays'>): string {
  return `この日の配信の記録は、${keptDays} 日の保存期間が過ぎたため削除しました。だれに何を送ったか(送らなかったか)は、もう示せません。`
}
