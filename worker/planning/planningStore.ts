import type { Db } from 'mongodb'

import { EXCLUSION_REASONS, type ExclusionReason } from '../../src/plan/reason'
import type { Payload } from '../../src/plan/render'
import { insertNew } from '../database/insertNew'
import { countedExclusions, ledgerCollections, type LedgerCollections } from '../ledger/collections'
import type { Batch, Delivery, Exclusion, RunNumbers, StoredPayload } from '../ledger/documents'
import { isReplaceable } from '../ledger/states'
import { createExistingDeliveries, type PlannedRun } from './existingDeliveries'

/**
 * The planner's writes. Nothing of a planning is sent before it is sealed, so an unfinished one is
 * worth nothing: the next one discards it and starts again.
 */
export function createPlanningStore(db: Db) {
  const ledger = ledgerCollections(db)
  return {
    ...createExistingDeliveries(db),
    /** Removes what earlier plannings of this run left behind; never what a later one has begun. */
    discardUnsealed: (run: PlannedRun) => discardUnsealed(ledger, run),
    /**
     * Adds deliveries.
     *
     * @returns the ids that exist already elsewhere: those must leave their batches.
     */
    addDeliveries: (run: PlannedRun, added: Delivery[]) => addDeliveries(ledger, run, added),
    /** Adds payloads; where the same text is there already, it is now made of these contents. */
    addPayloads: (added: Payload[]) => addPayloads(ledger, added),
    /**
     * Adds exclusions; one of an earlier planning of the same run stays as it was, unless it is
     * only there because a withdrawn text has been given back for this planning.
     */
    addExclusions: (added: Exclusion[]) => addExclusions(ledger, added),
    /**
     * Marks the exclusions of what has become a delivery in this run after all. They are dropped
     * only once the planning is finished: one that is discarded leaves everybody accounted for.
     */
    replaceExclusions: (run: PlannedRun, delivered: string[]) =>
      replaceExclusions(ledger, run, delivered),
    /** Adds full batches, frozen from now on. */
    addBatches: async (added: Batch[]): Promise<void> => {
      await insertNew(ledger.batches, added)
    },
    /** What the ledger holds of a run, counted by the database. */
    count: (run: PlannedRun) => count(ledger, run),
    /** Drops the exclusions that finished plannings have replaced. */
    dropReplaced: (run: PlannedRun) => dropReplaced(ledger, run),
  }
}

/** The store of plannings. */
export type PlanningStore = ReturnType<typeof createPlanningStore>

type Ledger = LedgerCollections

async function discardUnsealed(
  { deliveries, batches, exclusions }: Ledger,
  { _id, attempts, sealed }: PlannedRun,
): Promise<void> {
  const unsealed = { run: _id, attempt: { $nin: sealed, $lt: attempts } }
  await deliveries.deleteMany(unsealed)
  await batches.deleteMany(unsealed)
  await exclusions.deleteMany(unsealed)
}

async function addDeliveries(
  { deliveries }: Ledger,
  run: PlannedRun,
  added: Delivery[],
): Promise<string[]> {
  const taken = await insertNew(deliveries, added)
  if (taken.length === 0) return []
  const strays = await deliveries.deleteMany({
    _id: { $in: taken },
    run: run._id,
    attempt: { $nin: run.sealed, $lt: run.attempts },
  })
  if (strays.deletedCount === 0) return taken
  const retaken = new Set(taken)
  return insertNew(
    deliveries,
    added.filter(({ _id }) => retaken.has(_id)),
  )
}

async function addPayloads({ payloads }: Ledger, added: Payload[]): Promise<void> {
  if (added.length === 0) return
  const ids = added.map(({ hash }) => hash)
  const there = await payloads
    .find({ _id: { $in: ids } }, { projection: { contentHashes: 1, releaseKeys: 1 } })
    .toArray()
  const known = new Map(there.map((one) => [one._id, contentsOf(one)]))
  const fresh = added.filter(({ hash }) => !known.has(hash))
  const late = new Set(await insertNew(payloads, fresh.map(toStored)))
  const changed = added.filter((one) => {
    const before = known.get(one.hash)
    return late.has(one.hash) || (before !== undefined && before !== contentsOf(one))
  })
  if (changed.length === 0) return
  const writes = changed.map(({ hash, contentHashes, releaseKeys }) => ({
    updateOne: { filter: { _id: hash }, update: { $set: { contentHashes, releaseKeys } } },
  }))
  await payloads.bulkWrite(writes, { ordered: false })
}

function toStored({ hash, ...body }: Payload): StoredPayload {
  return { _id: hash, ...body }
}

/** What a text is made of, to be compared. */
function contentsOf({
  contentHashes,
  releaseKeys,
}: Pick<Payload, 'contentHashes' | 'releaseKeys'>) {
  return [...contentHashes, ...releaseKeys].join()
}

const REPLACEABLE = { $in: EXCLUSION_REASONS.filter(isReplaceable) }

async function addExclusions({ exclusions }: Ledger, added: Exclusion[]): Promise<void> {
  const known = await insertNew(exclusions, added)
  if (known.length === 0) return
  const freed = await exclusions
    .find({ _id: { $in: known }, reason: REPLACEABLE }, { projection: { _id: 1 } })
    .toArray()
  if (freed.length === 0) return
  const ids = new Set(freed.map(({ _id }) => _id))
  const writes = added
    .filter(({ _id }) => ids.has(_id))
    .map(({ _id, reason, into, covers }) => ({
      updateOne: {
        filter: { _id, reason: REPLACEABLE },
        update: { $set: { reason, ...(into && { into }), ...(covers && { covers }) } },
      },
    }))
  await exclusions.bulkWrite(writes, { ordered: false })
}

async function replaceExclusions(
  { exclusions }: Ledger,
  { _id: run, attempts }: PlannedRun,
  delivered: string[],
): Promise<void> {
  const ids = delivered.map((id) => `${run}|${id}`)
  await exclusions.updateMany({ _id: { $in: ids } }, { $set: { until: attempts } })
}

async function dropReplaced({ exclusions }: Ledger, { _id: run, sealed }: PlannedRun) {
  if (sealed.length > 1) await exclusions.deleteMany({ run, until: { $in: sealed } })
}

async function count(ledger: Ledger, run: PlannedRun): Promise<Omit<RunNumbers, 'audience'>> {
  const { deliveries } = ledger
  const [planned, leftOut, reasons, groups] = await Promise.all([
    deliveries.countDocuments({ run: run._id }),
    deliveries.countDocuments({ run: run._id, leftOut: { $gt: 0 } }),
    countReasons(ledger, run),
    countGroups(ledger, run),
  ])
  const excluded = reasons.reduce((sum, { n }) => sum + n, 0)
  return {
    candidates: planned + excluded,
    deliveries: planned,
    leftOut,
    exclusions: Object.fromEntries(reasons.map(({ _id, n }) => [_id, n])),
    groups: groups.length,
    batches: groups.reduce((sum, group) => sum + group.batches, 0),
    calls: groups.reduce((sum, g) => sum + (g._id.channel === 'mail' ? g.mails : g.batches), 0),
  }
}

function countReasons({ exclusions }: Ledger, run: PlannedRun) {
  return exclusions
    .aggregate<{ _id: ExclusionReason; n: number }>([
      { $match: countedExclusions(run) },
      { $group: { _id: '$reason', n: { $sum: 1 } } },
    ])
    .toArray()
}

/** Batches and mails of each text of each account. */
function countGroups({ batches }: Ledger, { _id: run }: PlannedRun) {
  return batches
    .aggregate<{ _id: { channel: Batch['channel'] }; batches: number; mails: number }>([
      { $match: { run, 'recipients.0': { $exists: true } } },
      {
        $group: {
          _id: { channel: '$channel', account: '$account', payload: '$payload' },
          batches: { $sum: 1 },
          mails: { $sum: { $size: '$recipients' } },
        },
      },
    ])
    .toArray()
}
