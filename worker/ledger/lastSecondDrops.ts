import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb'

import { inTransaction } from '../database/transaction'
import { ledgerCollections } from './collections'
import type { Batch } from './documents'
import { marksOf, type MarkedBatch } from './markSending'
import { outcomeWrites, type BatchOutcome, type DeliveryOutcome } from './outcomes'
import { LostLeaseError, type Claim } from './runs'

/** A batch that ends at the last second, or goes out without some of its recipients. */
export interface LastSecondDrop extends MarkedBatch {
  /** What is written about those who are left out now. */
  dropped: DeliveryOutcome[]
  /** What the batch ends with; absent when it goes out to the others. */
  end?: BatchOutcome['set']
}

/**
 * The writes of the last-second check. Who is left out, and that their batch goes without them, is
 * one transaction: nobody can be recorded as excluded and then be sent to by whoever takes over.
 */
export function createLastSecondDrops({ db, now }: { db: Db; now: () => Date }) {
  const { batches, deliveries, exclusions, runs } = ledgerCollections(db)

  /**
   * Ends batches and marks others as being sent without those who are left out; what is not as it
   * was read any more is left alone, with its people.
   *
   * @returns ids of the batches that are marked as being sent.
   * @throws LostLeaseError when another worker has one of them, or the run.
   */
  const leaveOut = async (claim: Claim, leaving: LastSecondDrop[]): Promise<Set<string>> => {
    if (leaving.length === 0) return new Set()
    return inTransaction(db, async (session) => {
      const own = await asRead(claim, leaving, session)
      const dropped = own.flatMap((one) => one.dropped)
      const writes = batchWrites(claim, own, now())
      if (writes.length > 0) await batches.bulkWrite(writes, { session })
      if (dropped.length > 0) {
        await deliveries.bulkWrite(outcomeWrites(claim, dropped, now()), { session })
      }
      await freeTwins(claim, dropped, session)
      return new Set(own.filter(({ end }) => !end).map(({ batch }) => batch._id))
    })
  }

  const asRead = async ({ epoch }: Claim, leaving: LastSecondDrop[], session: ClientSession) => {
    const ids = leaving.map(({ batch }) => batch._id)
    const projection = { state: 1, epoch: 1 } as const
    const found = await batches.find({ _id: { $in: ids } }, { projection, session }).toArray()
    if (found.some((batch) => batch.epoch > epoch)) {
      throw new LostLeaseError('A batch was taken by another worker')
    }
    const stored = new Map(found.map((batch) => [batch._id, `${batch.state} ${batch.epoch}`]))
    return leaving.filter(({ batch }) => stored.get(batch._id) === `${batch.state} ${batch.epoch}`)
  }

  /**
   * A child was lost whose twin was left out in its favour: the twin is a candidate again, and the
   * run is planned once more.
   */
  const freeTwins = async (
    { run, epoch }: Claim,
    dropped: DeliveryOutcome[],
    session: ClientSession,
  ): Promise<void> => {
    const lost = dropped.filter(({ reason }) => reason === 'stopped').map(({ id }) => id)
    if (lost.length === 0) return
    const twins = { run: run._id, reason: 'twin' as const, into: { $in: lost } }
    const { deletedCount } = await exclusions.deleteMany(twins, { session })
    if (deletedCount === 0) return
    const again = { $set: { isAgain: true } }
    const { matchedCount } = await runs.updateOne({ _id: run._id, epoch }, again, { session })
    if (matchedCount === 0) throw new LostLeaseError('The run was claimed by another worker')
  }
  return { leaveOut }
}

function batchWrites(
  claim: Claim,
  own: LastSecondDrop[],
  at: Date,
): AnyBulkWriteOperation<Batch>[] {
  const ended = own.flatMap(({ batch: { _id }, end }) =>
    end
      ? [{ updateOne: { filter: { _id }, update: { $set: { ...end, epoch: claim.epoch } } } }]
      : [],
  )
  const going = own.filter(({ end }) => !end)
  return [...ended, ...marksOf(claim, going, at)]
}
