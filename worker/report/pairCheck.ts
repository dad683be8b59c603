import type { Db } from 'mongodb'

import { localDayOf, type LocalDay } from '../../src/stage/day'
import { checkPairs } from '../readers/checkPairs'

/** Readers of one tick; the rest waits for the next. */
const READERS_PER_TICK = 5000

/** How far the check of a day has come. */
interface PairCheckProgress {
  _id: 'pairs'
  date: LocalDay
  /** The last reader that was looked at; null when all were. */
  after: string | null
}

interface PairCheckOptions {
  db: Db
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/**
 * Compares all pairs with their readers and children once a day, some of them each time it is
 * called; what differed is mended and told to a person.
 */
export function createPairCheck({ db, now, onAlert }: PairCheckOptions) {
  const progress = db.collection<PairCheckProgress>('pairChecks')
  return async (): Promise<void> => {
    const date = localDayOf(now())
    const known = await progress.findOne({ _id: 'pairs' })
    const after = known?.date === date ? known.after : ''
    if (after === null) return
    const { differing, last } = await checkPairs(db, { after, limit: READERS_PER_TICK })
    if (differing > 0) onAlert('pairs-differ', { date, pairs: differing })
    await progress.updateOne({ _id: 'pairs' }, { $set: { date, after: last } }, { upsert: true })
  }
}
