import {
  MongoBulkWriteError,
  type Collection,
  type Db,
  type OptionalUnlessRequiredId,
} from 'mongodb'

import type { ExclusionReason } from '../../src/plan/reason'
import type { Payload } from '../../src/plan/render'
import { countedExclusions, ledgerCollections } from './collections'
import type { Batch, Delivery, Exclusion, RunNumbers, StoredPayload } from './documents'
import { createExistingDeliveries, type Planning } from './existingDeliveries'

/** Documents a write is split into; larger ones gain nothing. */
const WRITE_CHUNK = 1000

/** Code of MongoDB for a violated unique index. */
const DUPLICATE_KEY = 11_000

/**
 * The planner's writes. Nothing of a planning is sent before it is sealed, so an unfinished one is
 * worth nothing: the next one discards it and starts again.
 */
export function createPlanningStore(db: Db) {
  const { batches, deliveries, exclusions, payloads } = ledgerCollections(db)

  /** Removes what earlier plannings of this run left behind; never what a later one has begun. */
  const discardUnsealed = async ({ _id, attempts, sealed }: Planning): Promise<void> => {
    const unsealed = { run: _id, attempt: { $nin: sealed, $lt: attempts } }
    await deliveries.deleteMany(unsealed)
    await batches.deleteMany(unsealed)
    await exclusions.deleteMany(unsealed)
  }

  /** Adds payloads; where the same text is there already, it is now made of these contents. */
  const addPayloads = async (added: Payload[]): Promise<void> => {
    if (added.length === 0) return
    const ids = added.map(({ hash }) => hash)
    const there = await payloads
      .find({ _id: { $in: ids } }, { projection: { contentHashes: 1, releaseKeys: 1 } })
      .toArray()
    const known = new Map(there.map((one) => [one._id, madeOf(one)]))
    const fresh = added.filter(({ hash }) => !known.has(hash))
    const late = new Set(await insertNew(payloads, fresh.map(toStored)))
    const changed = added.filter((one) => {
      const before = known.get(one.hash)
      return late.has(one.hash) || (before !== undefined && before !== madeOf(one))
    })
    if (changed.length === 0) return
    const writes = changed.map(({ hash, contentHashes, releaseKeys }) => ({
      updateOne: { filter: { _id: hash }, update: { $set: { contentHashes, releaseKeys } } },
    }))
    await payloads.bulkWrite(writes, { ordered: false })
  }

  /**
   * Adds deliveries.
   *
   * @returns the ids that exist already elsewhere: those must leave their batches.
   */
  const addDeliveries = async (planning: Planning, added: Delivery[]): Promise<string[]> => {
    const taken = await insertNew(deliveries, added)
    if (taken.length === 0) return []
    const strays = await deliveries.deleteMany({
      _id: { $in: taken },
      run: planning._id,
      attempt: { $nin: planning.sealed, $lt: planning.attempts },
    })
    if (strays.deletedCount === 0) return taken
    const retaken = new Set(taken)
    return insertNew(
      deliveries,
      added.filter(({ _id }) => retaken.has(_id)),
    )
  }

  const addBatches = async (added: Batch[]): Promise<void> => {
    await insertNew(batches, added)
  }

  /**
   * Adds exclusions; one of an earlier planning of the same run stays as it was, unless it is only
   * there because a withdrawn text has been given back for this planning.
   */
  const addExclusions = async (added: Exclusion[]): Promise<void> => {
    const known = await insertNew(exclusions, added)
    if (known.length === 0) return
    const freed = await exclusions
      .find({ _id: { $in: known }, reason: 'withdrawn' }, { projection: { _id: 1 } })
      .toArray()
    if (freed.length === 0) return
    const ids = new Set(freed.map(({ _id }) => _id))
    const writes = added
      .filter(({ _id }) => ids.has(_id))
      .map(({ _id, reason, into, covers }) => ({
        updateOne: {
          filter: { _id, reason: 'withdrawn' as const },
          update: { $set: { reason, ...(into && { into }), ...(covers && { covers }) } },
        },
      }))
    await exclusions.bulkWrite(writes, { ordered: false })
  }

  /**
   * Marks the exclusions of what has become a delivery in this run after all. They are dropped only
   * once the planning is finished: one that is discarded leaves everybody accounted for.
   */
  const replaceExclusions = async (
    { _id: run, attempts }: Planning,
    delivered: string[],
  ): Promise<void> => {
    const ids = delivered.map((id) => `${run}|${id}`)
    await exclusions.updateMany({ _id: { $in: ids } }, { $set: { until: attempts } })
  }

  /** Drops the exclusions that finished plannings have replaced. */
  const dropReplaced = async ({ _id: run, sealed }: Planning): Promise<void> => {
    if (sealed.length > 1) await exclusions.deleteMany({ run, until: { $in: sealed } })
  }

  /** What the ledger holds of a run, counted by the database. */
  const count = async (planning: Planning): Promise<Omit<RunNumbers, 'audience'>> => {
    const { _id: run } = planning
    const [planned, leftOut, reasons, groups] = await Promise.all([
      deliveries.countDocuments({ run }),
      deliveries.countDocuments({ run, leftOut: { $gt: 0 } }),
      exclusions
        .aggregate<{ _id: ExclusionReason; n: number }>([
          { $match: countedExclusions(planning) },
          { $group: { _id: '$reason', n: { $sum: 1 } } },
        ])
        .toArray(),
      batches
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
        .toArray(),
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
  return {
    ...createExistingDeliveries(db),
    discardUnsealed,
    addPayloads,
    addDeliveries,
    addBatches,
    addExclusions,
    replaceExclusions,
    dropReplaced,
    count,
  }
}

/** The store of one planning. */
export type PlanningStore = ReturnType<typeof createPlanningStore>

function toStored({ hash, ...body }: Payload): StoredPayload {
  return { _id: hash, ...body }
}

function madeOf({ contentHashes, releaseKeys }: Pick<Payload, 'contentHashes' | 'releaseKeys'>) {
  return [...contentHashes, ...releaseKeys].join()
}

/**
 * Inserts unordered in chunks.
 *
 * @returns the ids that existed already.
 */
async function insertNew<Document extends { _id: string }>(
  collection: Collection<Document>,
  added: Document[],
): Promise<string[]> {
  const taken: string[] = []
  for (let at = 0; at < added.length; at += WRITE_CHUNK) {
    const chunk = added.slice(at, at + WRITE_CHUNK)
    try {
      await collection.insertMany(chunk as unknown as OptionalUnlessRequiredId<Document>[], {
        ordered: false,
      })
    } catch (error) {
      taken.push(...duplicates(error, chunk))
    }
  }
  return taken
}

function duplicates(error: unknown, chunk: { _id: string }[]): string[] {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const errors = [error.writeErrors].flat()
  if (errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return errors.map(({ index }) => chunk[index]?._id ?? '')
}
