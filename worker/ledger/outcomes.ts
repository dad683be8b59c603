import type { AnyBulkWriteOperation, Db } from 'mongodb'

import type { ExclusionReason } from '../../src/plan/reason'
import { DURABLE, ledgerCollections } from './collections'
import type { Batch, Delivery } from './documents'
import { LostLeaseError, type Claim } from './runs'
import { CRASH, deliveryStatusesBefore, type DeliveryStatus } from './states'

/** What is written about one delivery that its batch does not say. */
export interface DeliveryOutcome {
  id: string
  status: DeliveryStatus
  reason?: ExclusionReason
  code?: string
  notBefore?: Date
}

/** What is written about one batch. */
export interface BatchOutcome {
  id: string
  set: Partial<Pick<Batch, 'state' | 'reason' | 'notBefore' | 'left' | 'toHash' | 'code'>>
}

/** The writes after an answer; each write of a claim filters on its epoch. */
export function createOutcomes({ db, now }: { db: Db; now: () => Date }) {
  const { batches, deliveries } = ledgerCollections(db)

  /** Writes outcomes of batches; equal ones in one write. @throws LostLeaseError */
  const settle = async (claim: Claim, outcomes: BatchOutcome[]): Promise<void> => {
    const groups = new Map<string, { set: BatchOutcome['set']; ids: string[] }>()
    for (const { id, set } of outcomes) {
      const key = JSON.stringify(set)
      const group = groups.get(key) ?? { set, ids: [] }
      group.ids.push(id)
      groups.set(key, group)
    }
    const writes = [...groups.values()].map(({ set, ids }) => ({
      updateMany: {
        filter: { _id: { $in: ids }, epoch: { $lte: claim.epoch } },
        update: { $set: { ...set, epoch: claim.epoch } },
      },
    }))
    await writeOurs(writes, outcomes.length)
  }

  const writeOurs = async (writes: AnyBulkWriteOperation<Batch>[], expected: number) => {
    if (writes.length === 0) return
    const { matchedCount } = await batches.bulkWrite(writes, { ordered: false, ...DURABLE })
    if (matchedCount < expected) throw new LostLeaseError('A batch was taken by another worker')
  }

  /** Writes what differs from the batch's word, where the move is a legal one. */
  const settleDeliveries = async (claim: Claim, outcomes: DeliveryOutcome[]): Promise<void> => {
    if (outcomes.length === 0) return
    await deliveries.bulkWrite(outcomeWrites(claim, outcomes, now()), {
      ordered: false,
      ...DURABLE,
    })
  }

  /**
   * Writes the outcomes of mails and then marks the next ones as in flight, in one majority write.
   *
   * @returns the ids that are ours now; another worker has the others.
   */
  const settleAndMark = async (
    claim: Claim,
    outcomes: DeliveryOutcome[],
    ids: string[],
  ): Promise<string[]> => {
    const writes = outcomeWrites(claim, outcomes, now())
    if (ids.length > 0) {
      const filter = { ...ofClaim(claim), _id: { $in: ids }, status: UNTOUCHED }
      const $set = { status: 'inFlight' as const, epoch: claim.epoch, at: now() }
      writes.push({ updateMany: { filter, update: { $set } } })
    }
    if (writes.length === 0) return []
    const { modifiedCount } = await deliveries.bulkWrite(writes, DURABLE)
    return modifiedCount === outcomes.length + ids.length ? ids : inFlightAmong(claim, ids)
  }

  const inFlightAmong = async ({ epoch }: Claim, ids: string[]): Promise<string[]> => {
    const ours = { _id: { $in: ids }, status: 'inFlight' as const, epoch }
    const found = await deliveries.find(ours, { projection: { _id: 1 } }).toArray()
    return found.map(({ _id }) => _id)
  }

  /** After a crash: mails that were in flight get the municipality's policy. */
  const recoverInFlight = async (claim: Claim, policy: 'at-most-once' | 'at-least-once') => {
    const left = { run: claim.run._id, status: 'inFlight' as const, epoch: { $lt: claim.epoch } }
    const status = policy === 'at-most-once' ? ('unknown' as const) : ('deferred' as const)
    const set = { status, code: CRASH, at: now() }
    const { modifiedCount } = await deliveries.updateMany(left, { $set: set }, DURABLE)
    return modifiedCount
  }

  return { settle, settleDeliveries, settleAndMark, recoverInFlight }
}

/** Equal outcomes in one write, each only where the move is a legal one. *Pure.* */
export function outcomeWrites(
  claim: Claim,
  outcomes: DeliveryOutcome[],
  at: Date,
): AnyBulkWriteOperation<Delivery>[] {
  const groups = new Map<string, { set: Omit<DeliveryOutcome, 'id'>; ids: string[] }>()
  for (const { id, ...set } of outcomes) {
    const key = JSON.stringify(set)
    const group = groups.get(key) ?? { set, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ set, ids }) => ({
    updateMany: {
      filter: { ...ofClaim(claim), _id: { $in: ids }, status: storedBefore(set.status) },
      update: { $set: { ...set, at, epoch: claim.epoch } },
    },
  }))
}

/** What a later planning made of the same delivery is not this claim's. */
function ofClaim({ run }: Claim) {
  return { run: run._id, attempt: { $in: run.sealed } }
}

/** Mails that nobody has begun, or that were certainly not taken; `planned` is stored as none. */
export const UNTOUCHED = { $in: [null, 'deferred'] } as unknown as Delivery['status']

/** Stored statuses from which a delivery may get the given one; `planned` is stored as none. */
function storedBefore(status: DeliveryStatus) {
  const before = deliveryStatusesBefore(status).map((one) => (one === 'planned' ? null : one))
  return { $in: before } as unknown as Delivery['status']
}
