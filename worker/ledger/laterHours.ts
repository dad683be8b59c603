import type { Db } from 'mongodb'

import { ledgerCollections } from './collections'
import type { Run } from './documents'
import { OPEN_BATCH_STATES } from './states'

/** What of a run is still to be sent. */
export interface Remaining {
  /** Texts that wait for an hour of today which their readers chose. */
  later: number
  /** The first of these hours; null where nothing waits for one. */
  nextHour: Date | null
  /** Texts that could go out now, or that wait for their provider. */
  others: number
}

/** What a run has not sent yet, told apart by what it waits for at an instant. */
export async function remainingOf(db: Db, run: Run, now: Date): Promise<Remaining> {
  const { batches } = ledgerCollections(db)
  const isLater = { $and: [{ $eq: ['$state', 'planned'] }, { $gt: ['$notBefore', now] }] }
  const open = {
    run: run._id,
    attempt: { $in: run.sealed },
    state: { $in: [...OPEN_BATCH_STATES] },
  }
  const found = await batches
    .aggregate<{ _id: boolean; texts: number; nextHour: Date | null }>([
      { $match: open },
      {
        $group: {
          _id: isLater,
          texts: { $sum: { $size: '$recipients' } },
          nextHour: { $min: '$notBefore' },
        },
      },
    ])
    .toArray()
  const later = found.find(({ _id }) => _id)
  const others = found.find(({ _id }) => !_id)
  return {
    later: later?.texts ?? 0,
    nextHour: later?.nextHour ?? null,
    others: others?.texts ?? 0,
  }
}
