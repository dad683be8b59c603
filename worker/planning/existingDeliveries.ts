import type { ClientSession, Db } from 'mongodb'

import { parseDeliveryId, parsePairId } from '../../src/plan/candidate'
import { inTransaction } from '../database/transaction'
import { parseBatchId, type BatchRef } from '../ledger/batchId'
import { ledgerCollections, type LedgerCollections } from '../ledger/collections'
import type { Batch, Delivery, Exclusion, Run } from '../ledger/documents'
import { findOfPairs } from '../ledger/ofPairs'
import { createPairNames, type PairNaming } from '../ledger/pairNames'
import { isWithdrawnUnsent, statusOf, type DeliveryStatus } from '../ledger/states'

/** The run a planning is of, and which planning it is. */
export type PlannedRun = Pick<Run, '_id' | 'attempts' | 'sealed'>

/** A delivery that exists, or that another one stands for. */
export type ExistingDelivery = Pick<Delivery, '_id'> & BatchRef

/** What the ledger knows of deliveries that may be planned. */
export interface ExistingDeliveries {
  /** Those that must not be planned again. */
  existing: ExistingDelivery[]
  /** Those that were planned but certainly never went out, because their text was withdrawn. */
  withdrawn: ExistingDelivery[]
}

/** Reads what was planned before, and gives back what a withdrawal kept from going out. */
export function createExistingDeliveries(db: Db) {
  const ledger: Ledger = { db, ...ledgerCollections(db), names: createPairNames(db) }
  return {
    /**
     * Of these deliveries the ones that exist, or that another one stands for that exists; for a
     * planning without what an earlier one of the same run left unsealed, which will never be sent.
     */
    findExisting: (ids: string[], run?: PlannedRun): Promise<ExistingDeliveries> =>
      findExisting(ledger, ids, { run, chain: LONGEST_CHAIN }),
    /**
     * What these readers were sent on a run's day, or may have been, for any of their children: the
     * {@link readerAndSlot} of each.
     */
    findTaken: (
      readers: string[],
      run: Pick<Run, 'municipality' | 'date'>,
    ): Promise<ReadonlySet<string>> => findTaken(ledger, readers, run),
    /** The slots of a municipality that were ever merged into another one's delivery. */
    mergedSlots: async (municipality: string): Promise<ReadonlySet<string>> =>
      new Set((await ledger.mergedSlots.findOne({ _id: municipality }))?.slots),
    /**
     * Turns deliveries that a withdrawal kept from going out into exclusions of the runs they are
     * in, so that they can be planned anew. It is one transaction and looks again: what was or may
     * have been sent, has expired, or belongs to a later planning stays. What was merged into one
     * of them did not go out either.
     */
    freeWithdrawn: (run: PlannedRun, ids: string[]): Promise<void> =>
      freeWithdrawn(ledger, run, ids),
  }
}

interface Ledger extends LedgerCollections {
  db: Db
  names: PairNaming
}

/** A twin's milestone exists by the other twin's, and that one by its stage text. */
const LONGEST_CHAIN = 2

/** What is read of a delivery that may exist. */
const DELIVERY_FIELDS = { batch: 1, status: 1, reason: 1, code: 1 } as const

/** What is read of an exclusion in favour of another delivery. */
const COVER_FIELDS = { run: 1, date: 1, attempt: 1, covers: 1, into: 1 } as const

interface Search {
  run: PlannedRun | undefined
  /** How many more deliveries may stand for one another. */
  chain: number
}

async function findExisting(
  ledger: Ledger,
  ids: string[],
  search: Search,
): Promise<ExistingDeliveries> {
  if (ids.length === 0) return { existing: [], withdrawn: [] }
  const size = { batchSize: ids.length + 1 }
  const [found, covering] = await Promise.all([
    ledger.deliveries
      .find({ _id: { $in: ids } }, { projection: DELIVERY_FIELDS, ...size })
      .toArray(),
    ledger.exclusions
      .find({ covers: { $in: ids } }, { projection: COVER_FIELDS, ...size })
      .toArray(),
  ])
  const all = found.map((one) => ({ ...one, ...parseBatchId(one.batch) }))
  const isLeft = await leftBehind(ledger, [...all, ...covering], search.run)
  const own = all.filter((one) => !isLeft(one))
  const unsent = await unsentAmong(ledger, own)
  const covered = await coveredDeliveries(
    ledger,
    covering.filter((one) => !isLeft(one)),
    search,
  )
  return {
    existing: [...own.filter(({ _id }) => !unsent.has(_id)), ...covered],
    withdrawn: own.filter(({ _id }) => unsent.has(_id)),
  }
}

async function findTaken(
  ledger: Ledger,
  readers: string[],
  { municipality, date }: Pick<Run, 'municipality' | 'date'>,
): Promise<ReadonlySet<string>> {
  const pairs = await ledger.names.ofReaders(readers)
  const readerOf = new Map(pairs.map(({ _id, reader }) => [_id, reader]))
  // Who has moved today may have been sent it by the town they come from.
  const towns = [municipality, ...pairs.map(({ _id }) => parsePairId(_id).municipality)]
  const ofDay = await ledger.runs
    .find({ date, municipality: { $in: [...new Set(towns)] } })
    .project<{ _id: string }>({ _id: 1 })
    .toArray()
  const runs = ofDay.map(({ _id }) => _id)
  const found = await findOfPairs(ledger, [...readerOf.keys()], runs)
  const taken = found.filter(
    ({ delivery, batch }) => !NEVER_OUT.has(statusOf(delivery, batch).status),
  )
  const keys = taken.map(({ delivery }) => {
    const { pair, slot } = parseDeliveryId(delivery._id)
    return readerAndSlot(readerOf.get(pair) ?? '', slot)
  })
  return new Set(keys)
}

/** What a reader gets once a day. *Pure.* */
export function readerAndSlot(reader: string, slot: string): string {
  return `${reader}:${slot}`
}

/** Statuses of what certainly never went out. */
const NEVER_OUT: ReadonlySet<DeliveryStatus> = new Set(['excluded', 'expired', 'rejected'])

/** Tells what an earlier planning of a run wrote that was never sealed, so that it is never sent. */
export async function leftBehind(
  { runs }: Pick<LedgerCollections, 'runs'>,
  found: readonly Pick<BatchRef, 'run'>[],
  planned: PlannedRun | undefined,
): Promise<(one: Pick<BatchRef, 'run' | 'attempt'>) => boolean> {
  const others = new Set(found.map(({ run }) => run))
  if (planned) others.delete(planned._id)
  const known =
    others.size === 0
      ? []
      : await runs
          .find({ _id: { $in: [...others] } }, { projection: { attempts: 1, sealed: 1 } })
          .toArray()
  const runById = new Map<string, PlannedRun>(known.map((run) => [run._id, run]))
  if (planned) runById.set(planned._id, planned)
  return ({ run, attempt }) => {
    const own = runById.get(run)
    return own !== undefined && attempt < own.attempts && !own.sealed.includes(attempt)
  }
}

/** Exclusions in favour of a delivery that does not exist, or never went out, cover nothing. */
async function coveredDeliveries(
  ledger: Ledger,
  covering: Exclusion[],
  { run: planned, chain }: Search,
): Promise<ExistingDelivery[]> {
  if (covering.length === 0 || chain === 0) return []
  const targets = [...new Set(covering.flatMap(({ into }) => into ?? []))]
  const { existing } = await findExisting(ledger, targets, { run: planned, chain: chain - 1 })
  const reached = new Set(existing.map(({ _id }) => _id))
  return covering.flatMap(({ run, date, attempt, covers, into }) =>
    covers && into && reached.has(into) ? [{ _id: covers, run, date, attempt }] : [],
  )
}

/** Ids of those that a withdrawal certainly kept from going out. */
async function unsentAmong(
  ledger: Ledger,
  found: Delivery[],
  session?: ClientSession,
): Promise<Set<string>> {
  const batchById = await findSpeaking(ledger, found, session)
  const unsent = found.filter((one) => isWithdrawnUnsent(one, batchById.get(one.batch) ?? null))
  return new Set(unsent.map(({ _id }) => _id))
}

/** The batches that speak for those of these deliveries that have no status of their own. */
async function findSpeaking(
  { batches }: Ledger,
  found: readonly Delivery[],
  session?: ClientSession,
): Promise<Map<string, Pick<Batch, 'state' | 'reason'>>> {
  const ids = [...new Set(found.filter(({ status }) => !status).map(({ batch }) => batch))]
  if (ids.length === 0) return new Map()
  const projection = { state: 1, reason: 1 } as const
  const spoken = await batches.find({ _id: { $in: ids } }, { projection, session }).toArray()
  return new Map(spoken.map((batch) => [batch._id, batch]))
}

async function freeWithdrawn(ledger: Ledger, run: PlannedRun, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await inTransaction(ledger.db, async (session) => {
    const all = await ledger.deliveries.find({ _id: { $in: ids } }, { session }).toArray()
    const found = all.filter(({ batch }) => isEarlier(parseBatchId(batch), run))
    const unsent = await unsentAmong(ledger, found, session)
    const freed = found.filter(({ _id }) => unsent.has(_id))
    if (freed.length === 0) return
    await excludeInstead(ledger, freed, session)
    await excludeMerged(ledger, freed, session)
    await leaveBatches(ledger, freed, session)
  })
}

function isEarlier({ run, attempt }: BatchRef, { _id, attempts }: PlannedRun): boolean {
  return run !== _id || attempt < attempts
}

async function excludeInstead(
  { deliveries, exclusions }: Ledger,
  freed: Delivery[],
  session: ClientSession,
) {
  await deliveries.deleteMany({ _id: { $in: freed.map(({ _id }) => _id) } }, { session })
  const excluded = freed.map(toExclusion).map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }))
  await exclusions.bulkWrite(excluded, { session, ordered: false })
}

function toExclusion({ _id: delivery, batch, reason }: Delivery): Exclusion {
  const { run, date, attempt } = parseBatchId(batch)
  const why = reason ?? 'withdrawn' // its batch's reason, when it has none of its own
  return { _id: `${run}|${delivery}`, run, date, delivery, attempt, reason: why }
}

async function excludeMerged({ exclusions }: Ledger, freed: Delivery[], session: ClientSession) {
  const runs = [...new Set(freed.map(({ batch }) => parseBatchId(batch).run))]
  await exclusions.updateMany(
    { run: { $in: runs }, reason: 'merged', into: { $in: freed.map(({ _id }) => _id) } },
    { $set: { reason: 'withdrawn' }, $unset: { into: '', covers: '' } },
    { session },
  )
}

async function leaveBatches({ batches }: Ledger, freed: Delivery[], session: ClientSession) {
  const taken = [...idsByBatch(freed)].map(([_id, own]) => ({
    updateOne: {
      filter: { _id },
      update: { $pull: { recipients: { $in: own } }, $inc: { freed: own.length } },
    },
  }))
  await batches.bulkWrite(taken, { session, ordered: false })
}

function idsByBatch(freed: readonly Delivery[]): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { _id, batch } of freed) {
    const own = ids.get(batch)
    if (own) own.push(_id)
    else ids.set(batch, [_id])
  }
  return ids
}
