import type { AnyBulkWriteOperation, Db } from 'mongodb'

import { DURABLE, ledgerCollections } from './collections'
import type { Batch } from './documents'
import { LostLeaseError, type Claim } from './runs'

/** The writes before the first byte: a claim takes batches as they were read. */
export function createMarkSending({ db, now }: { db: Db; now: () => Date }) {
  const { batches } = ledgerCollections(db)

  /**
   * Marks a page as being sent, before its first byte: what is still as it was read.
   *
   * @returns ids of the marked batches; the others were closed or taken meanwhile.
   * @throws LostLeaseError when another worker has one of them.
   */
  const markSending = async (claim: Claim, page: MarkedBatch[]): Promise<Set<string>> => {
    if (page.length === 0) return new Set()
    const { matchedCount } = await batches.bulkWrite(marksOf(claim, page, now()), {
      ordered: false,
      ...DURABLE,
    })
    const all = page.map(({ batch }) => batch._id)
    return new Set(matchedCount === page.length ? all : await ownAmong(claim, all))
  }

  const ownAmong = async ({ epoch }: Claim, ids: string[]): Promise<string[]> => {
    const found = await batches.find({ _id: { $in: ids } }).toArray()
    if (found.some((batch) => batch.epoch > epoch)) {
      throw new LostLeaseError('A batch was taken by another worker')
    }
    const own = found.filter((batch) => batch.state === 'sending' && batch.epoch === epoch)
    return own.map(({ _id }) => _id)
  }

  return { markSending }
}

/** A batch as it was read, and the recipients that this attempt leaves out. */
export interface MarkedBatch {
  batch: Pick<Batch, '_id' | 'state' | 'epoch' | 'firstTriedAt'>
  left: string[]
}

interface Read {
  as: Pick<Batch, 'state' | 'epoch'>
  firstTriedAt: Date
}

/**
 * One write for all batches that were read in the same state, one each for those with leavers.
 * *Pure.*
 */
export function marksOf(
  { epoch }: Claim,
  page: MarkedBatch[],
  at: Date,
): AnyBulkWriteOperation<Batch>[] {
  const groups = new Map<string, Read & { ids: string[] }>()
  const set = (firstTriedAt: Date) => ({ state: 'sending' as const, epoch, firstTriedAt })
  const $inc = { tries: 1 }
  const writes: AnyBulkWriteOperation<Batch>[] = []
  for (const { batch, left } of page) {
    const { _id, firstTriedAt = at } = batch
    const as = { state: batch.state, epoch: batch.epoch }
    if (left.length > 0) {
      const $set = { ...set(firstTriedAt), left }
      writes.push({ updateOne: { filter: { _id, ...as }, update: { $set, $inc } } })
      continue
    }
    const key = `${as.state} ${as.epoch} ${firstTriedAt.getTime()}`
    const group = groups.get(key) ?? { as, firstTriedAt, ids: [] }
    group.ids.push(_id)
    groups.set(key, group)
  }
  for (const { as, firstTriedAt, ids } of groups.values()) {
    const filter = { _id: { $in: ids }, ...as }
    writes.push({ updateMany: { filter, update: { $set: set(firstTriedAt), $inc } } })
  }
  return writes
}
