import type { AnyBulkWriteOperation, Db } from 'mongodb'

import { untilKnown } from '../database/untilKnown'
import { DURABLE, ledgerCollections, type Ledger } from './collections'
import type { Batch } from './documents'
import { batchMove } from './moves'
import { LostLeaseError, type Claim } from './runs'

/** A batch as it was read, and the recipients that this attempt leaves out. */
export interface SendingMark {
  batch: Pick<Batch, '_id' | 'state' | 'epoch' | 'firstTriedAt' | 'firstTriedWith'>
  left: string[]
  /** Number of the last change of people that it was checked with. */
  checkedWith: number
}

/** The writes before the first byte: a claim takes batches as they were read. */
export function createSendingMarks(options: { db: Db; now: () => Date }) {
  const ledger = { ...options, ...ledgerCollections(options.db) }
  return {
    /**
     * Marks a page as being sent, before its first byte: what is still as it was read.
     *
     * @returns ids of the marked batches; the others were closed or taken meanwhile.
     * @throws LostLeaseError when another worker has one of them.
     */
    markSending: (claim: Claim, page: SendingMark[]): Promise<Set<string>> =>
      markSending(ledger, claim, page),
  }
}

async function markSending(
  { batches, now }: Ledger,
  claim: Claim,
  page: SendingMark[],
): Promise<Set<string>> {
  if (page.length === 0) return new Set()
  const writes = sendingMarks(claim, page, now())
  const { matchedCount } = await untilKnown(() =>
    batches.bulkWrite(writes, { ordered: false, ...DURABLE }),
  )
  const all = page.map(({ batch }) => batch._id)
  return new Set(matchedCount === page.length ? all : await ownAmong({ batches }, claim, all))
}

async function ownAmong(
  { batches }: Pick<Ledger, 'batches'>,
  { epoch }: Claim,
  ids: string[],
): Promise<string[]> {
  const found = await batches.find({ _id: { $in: ids } }).toArray()
  if (found.some((batch) => batch.epoch > epoch)) {
    throw new LostLeaseError('A batch was taken by another worker')
  }
  const own = found.filter((batch) => batch.state === 'sending' && batch.epoch === epoch)
  return own.map(({ _id }) => _id)
}

/** Batches that were read alike and go out to all of their recipients. */
interface MarkGroup {
  as: Pick<Batch, 'state' | 'epoch'>
  first: Pick<Required<Batch>, 'firstTriedAt' | 'firstTriedWith'>
  ids: string[]
}

/**
 * One write for all batches that were read in the same state, one each for those that leave
 * somebody out. *Pure.*
 */
export function sendingMarks(
  { epoch }: Claim,
  page: SendingMark[],
  at: Date,
): AnyBulkWriteOperation<Batch>[] {
  const groups = new Map<string, MarkGroup>()
  const $inc = { tries: 1 }
  const writes: AnyBulkWriteOperation<Batch>[] = []
  for (const { batch, left, checkedWith } of page) {
    const { _id, firstTriedAt = at, firstTriedWith = checkedWith } = batch
    const first = { firstTriedAt, firstTriedWith }
    const as = { state: batch.state, epoch: batch.epoch }
    if (left.length > 0) {
      const set = { state: 'sending' as const, epoch, ...first, left }
      const { filter, update } = batchMove({ _id, ...as }, set)
      writes.push({ updateOne: { filter, update: { ...update, $inc } } })
      continue
    }
    const key = `${as.state} ${as.epoch} ${firstTriedAt.getTime()} ${firstTriedWith}`
    const group = groups.get(key) ?? { as, first, ids: [] }
    group.ids.push(_id)
    groups.set(key, group)
  }
  for (const { as, first, ids } of groups.values()) {
    const set = { state: 'sending' as const, epoch, ...first }
    const { filter, update } = batchMove({ _id: { $in: ids }, ...as }, set)
    writes.push({ updateMany: { filter, update: { ...update, $inc } } })
  }
  return writes
}
