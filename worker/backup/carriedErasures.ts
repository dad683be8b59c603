import type { Db } from 'mongodb'

import { inTurn } from '../database/transaction'
import { readerCollections, type Erasure } from '../readers/collections'
import { eraseIn } from '../readers/erase'
import { RESTORING } from './unfinished'

/** An erasure that waits beside the mark of a restore, so that one that is broken off loses none. */
type CarriedErasure = Erasure

function carriedBy(delivery: Db) {
  return delivery.collection<CarriedErasure>(RESTORING)
}

const IS_ERASURE = { at: { $exists: true } }

/** Carries the erasures of a database that is about to be replaced. */
export async function carryErasures(delivery: Db): Promise<void> {
  const { erasures } = readerCollections(delivery)
  for await (const { _id, ...erasure } of erasures.find()) {
    await carriedBy(delivery).replaceOne({ _id }, erasure, { upsert: true })
  }
}

/**
 * Erases once more whom a backup has brought back that was taken before they were erased.
 *
 * @returns how many.
 */
export async function eraseAgain(delivery: Db, now: () => Date): Promise<number> {
  const { erasures } = readerCollections(delivery)
  let count = 0
  for await (const { _id, at } of carriedBy(delivery).find(IS_ERASURE)) {
    const known = await erasures.findOne({ _id })
    if (known && known.at >= at) continue // the backup is from after it
    const isBack = await inTurn(delivery, (session) => eraseIn({ db: delivery, now, session }, _id))
    if (isBack) count += 1
  }
  return count
}
