import type { AnyBulkWriteOperation, Db } from 'mongodb'

import type { ExclusionReason } from '../../src/plan/reason'
import { untilKnown } from '../database/untilKnown'
import { batchesOfRun, ofPlannings } from './batchId'
import { DURABLE, ledgerCollections, type Ledger } from './collections'
import type { Batch, Delivery } from './documents'
import { batchMove, deliveryMove, ForbiddenMoveError } from './moves'
import { LostLeaseError, type Claim } from './runs'
import { canBatchMove, CRASH, type BatchState, type DeliveryStatus } from './states'

/** What is written about one delivery that its batch does not say. */
export interface DeliveryOutcome {
  id: string
  status: DeliveryStatus
  reason?: ExclusionReason
  code?: string
}

/** What is written about one batch. */
export interface BatchOutcome {
  id: string
  set: { state: BatchState } & Partial<
    Pick<Batch, 'reason' | 'notBefore' | 'left' | 'toHash' | 'code'>
  >
}

/** What to do with mails that were in flight in a crash. */
type CrashPolicy = 'at-most-once' | 'at-least-once'

/**
 * The writes after an answer: those to batches filter on the claim's epoch, those to deliveries on a
 * sealed planning and a legal move.
 */
export function createOutcomes(options: { db: Db; now: () => Date }) {
  const ledger = { ...options, ...ledgerCollections(options.db) }
  return {
    /**
     * Writes outcomes of batches; equal ones in one write.
     *
     * @throws LostLeaseError, or ForbiddenMoveError for one that is over already.
     */
    settle: (claim: Claim, outcomes: BatchOutcome[]) => settle(ledger, claim, outcomes),
    /** Writes what differs from the batch's word, where the move is a legal one. */
    settleDeliveries: (claim: Claim, outcomes: DeliveryOutcome[]) =>
      settleDeliveries(ledger, claim, outcomes),
    /**
     * Writes the outcomes of mails and then marks the next ones as in flight, in one majority
     * write.
     *
     * @returns the ids that are ours now; another worker has the others.
     */
    settleAndMark: (claim: Claim, outcomes: DeliveryOutcome[], ids: string[]) =>
      settleAndMark(ledger, claim, { outcomes, ids }),
    /** After a crash: mails that were in flight get the municipality's policy. */
    recoverInFlight: (claim: Claim, policy: CrashPolicy) => recoverInFlight(ledger, claim, policy),
  }
}

async function settle(ledger: Ledger, claim: Claim, outcomes: BatchOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const writes = groupEqual(outcomes.map(({ id, set }) => [id, set])).map(({ set, ids }) => ({
    updateMany: batchMove(
      { _id: { $in: ids }, epoch: { $lte: claim.epoch } },
      { ...set, epoch: claim.epoch },
    ),
  }))
  await untilKnown(async (isRepeated) => {
    const { matchedCount } = await ledger.batches.bulkWrite(writes, { ordered: false, ...DURABLE })
    if (matchedCount === outcomes.length) return
    const why = await whyNotSettled(ledger, claim, { outcomes, isRepeated })
    if (why) throw why
  })
}

/**
 * Why an outcome met no batch: another worker has it, or it may not become what was wanted; null
 * when an attempt before wrote what is missing, and only its answer was lost.
 */
async function whyNotSettled(
  { batches }: Ledger,
  { epoch }: Claim,
  { outcomes, isRepeated }: { outcomes: BatchOutcome[]; isRepeated: boolean },
): Promise<Error | null> {
  const wanted = new Map(outcomes.map(({ id, set }) => [id, set.state]))
  const found = await batches.find({ _id: { $in: [...wanted.keys()] } }).toArray()
  const isOurs = (batch: Batch) => batch.epoch === epoch && batch.state === wanted.get(batch._id)
  if (isRepeated && found.length === wanted.size && found.every(isOurs)) return null
  const forbidden = found.find(({ _id, channel, state, epoch: touched }) => {
    const to = wanted.get(_id)
    return touched <= epoch && to && state !== to && !canBatchMove(channel, state, to)
  })
  if (!forbidden) return new LostLeaseError('A batch was taken by another worker')
  const to = wanted.get(forbidden._id)
  return new ForbiddenMoveError(`A batch that is ${forbidden.state} cannot become ${to}`)
}

async function settleDeliveries(
  { deliveries, now }: Ledger,
  claim: Claim,
  outcomes: DeliveryOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  const writes = outcomeWrites(claim, outcomes, now())
  await untilKnown(() => deliveries.bulkWrite(writes, { ordered: false, ...DURABLE }))
}

async function settleAndMark(
  ledger: Ledger,
  claim: Claim,
  { outcomes, ids }: { outcomes: DeliveryOutcome[]; ids: string[] },
): Promise<string[]> {
  const at = ledger.now()
  const writes = outcomeWrites(claim, outcomes, at)
  if (ids.length > 0) {
    const mark = { status: 'inFlight' as const, epoch: claim.epoch, at }
    writes.push({ updateMany: deliveryMove({ ...ofClaim(claim), _id: { $in: ids } }, mark) })
  }
  if (writes.length === 0) return []
  const { modifiedCount } = await untilKnown(() => ledger.deliveries.bulkWrite(writes, DURABLE))
  const isAllOurs = modifiedCount === outcomes.length + ids.length
  return isAllOurs ? ids : inFlightAmong(ledger, claim, ids)
}

async function inFlightAmong(
  { deliveries }: Ledger,
  { epoch }: Claim,
  ids: string[],
): Promise<string[]> {
  const ours = { _id: { $in: ids }, status: 'inFlight' as const, epoch }
  const found = await deliveries.find(ours, { projection: { _id: 1 } }).toArray()
  return found.map(({ _id }) => _id)
}

/** Epoch of a run's first claim. */
const FIRST_EPOCH = 1

async function recoverInFlight(
  { deliveries, now }: Ledger,
  { run, epoch }: Claim,
  policy: CrashPolicy,
): Promise<number> {
  if (epoch === FIRST_EPOCH) return 0 // nobody had the run before
  const { filter, update } = deliveryMove(
    { batch: batchesOfRun(run._id), status: 'inFlight', epoch: { $lt: epoch } },
    { status: policy === 'at-most-once' ? 'unknown' : 'deferred', code: CRASH, at: now() },
  )
  const { modifiedCount } = await untilKnown(() => deliveries.updateMany(filter, update, DURABLE))
  return modifiedCount
}

/** Equal outcomes in one write, each only where the move is a legal one. *Pure.* */
export function outcomeWrites(
  claim: Claim,
  outcomes: DeliveryOutcome[],
  at: Date,
): AnyBulkWriteOperation<Delivery>[] {
  return groupEqual(outcomes.map(({ id, ...set }) => [id, set])).map(({ set, ids }) => ({
    updateMany: deliveryMove(
      { ...ofClaim(claim), _id: { $in: ids } },
      { ...set, at, epoch: claim.epoch },
    ),
  }))
}

/** What a later planning made of the same delivery is not this claim's. */
function ofClaim({ run }: Claim) {
  return ofPlannings(run._id, run.sealed)
}

/** Ids by what is written about them, so that equal writes are one. */
function groupEqual<Written>(all: [id: string, set: Written][]): { set: Written; ids: string[] }[] {
  const groups = new Map<string, { set: Written; ids: string[] }>()
  for (const [id, set] of all) {
    const key = JSON.stringify(set)
    const group = groups.get(key) ?? { set, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  return [...groups.values()]
}
