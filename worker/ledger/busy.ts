import type { Db } from 'mongodb'

import { ledgerCollections } from './collections'

/** Whether a run is worked on anywhere: what goes out comes before all that can wait. */
export async function isBusy(db: Db, now: Date): Promise<boolean> {
  const worked = { state: { $in: ['planning' as const, 'sending' as const] } }
  const found = await ledgerCollections(db).runs.findOne(
    { ...worked, leaseUntil: { $gt: now } },
    { projection: { _id: 1 } },
  )
  return found !== null
}
