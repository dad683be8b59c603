import type { ClientSession, Db } from 'mongodb'

import { inTransaction } from '../database/transaction'
import { ledgerCollections, type LedgerCollections } from '../ledger/collections'
import type { Batch, Delivery, Exclusion, Run } from '../ledger/documents'
import { isWithdrawnUnsent, statusOf, type DeliveryStatus } from '../ledger/states'
import type { LocalDay } from '../../src/stage/day'

/** The run a planning is of, and which planning it is. */
export type PlannedRun = Pick<Run, '_id' | 'attempts' | 'sealed'>

/** A delivery that exists, or that another one stands for. */
export type ExistingDelivery = Pick<Delivery, '_id' | 'run' | 'date' | 'attempt'>

/** What the ledger knows of deliveries that may be planned. */
export interface ExistingDeliveries {
  /** Those that must not be planned again. */
  existing: ExistingDelivery[]
  /** Those that were planned but certainly never went out, because their text was withdrawn. */
  withdrawn: ExistingDelivery[]
}

/** Reads what was planned before, and gives back what a withdrawal kept from going out. */
export function createExistingDeliveries(db: Db) {
  const ledger: Ledger = { db, ...ledgerCollections(db) }
  return {
    /**
     * Of these deliveries the ones that exist, or that another one stands for that exists; for a
     * planning without what an earlier one of the same run left unsealed, which will never be sent.
     */
    findExisting: (ids: string[], run?: PlannedRun): Promise<ExistingDeliveries> =>
      findExisting(ledger, ids, { run, chain: LONGEST_CHAIN }),
    /** What these readers were sent on a day, or may have been; for any of their children. */
    findTaken: (readers: string[], date: LocalDay): Promise<Pick<Delivery, '_id' | 'date'>[]> =>
      findTaken(ledger, readers, date),
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
}

/** A twin's milestone exists by the other twin's, and that one by its stage text. */
const LONGEST_CHAIN = 2

/** What is read of a delivery that may exist. */
const DELIVERY_FIELDS = {
  run: 1,
  date: 1,
  attempt: 1,
  batch: 1,
  status: 1,
  reason: 1,
  code: 1,
} as const

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
  const isKept = (one: Pick<ExistingDelivery, 'run' | 'attempt'>) =>
    !search.run || !isLeftBehind(one, search.run)
  const own = found.filter(isKept)
  const unsent = await unsentAmong(ledger, own)
  const covered = await coveredDeliveries(ledger, covering.filter(isKept), search)
  return {
    existing: [...own.filter(({ _id }) => !unsent.has(_id)), ...covered],
    withdrawn: own.filter(({ _id }) => unsent.has(_id)),
  }
}

async function findTaken(ledger: Ledger, readers: string[], date: LocalDay): Promise<Delivery[]> {
  const ofReaders = readers.map((reader) => ({ _id: { $gte: `${reader}:`, $lt: `${reader};` } }))
  const found = await ledger.deliveries.find({ $or: ofReaders, date }).toArray()
  const batchById = await findSpeaking(ledger, found)
  return found.filter((one) => {
    const { status } = statusOf(one, batchById.get(one.batch) ?? null)
    return !NEVER_OUT.has(status)
  })
}

/** Statuses of what certainly never went out. */
const NEVER_OUT: ReadonlySet<DeliveryStatus> = new Set(['excluded', 'expired', 'rejected'])

/** Whether an earlier planning of the same run wrote it and was never sealed. */
function isLeftBehind(
  { run, attempt }: Pick<ExistingDelivery, 'run' | 'attempt'>,
  { _id, attempts, sealed }: PlannedRun,
): boolean {
  return run === _id && attempt < attempts && !sealed.includes(attempt)
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
    const earlier = [{ run: { $ne: run._id } }, { attempt: { $lt: run.attempts } }]
    const found = await ledger.deliveries
      .find({ _id: { $in: ids }, $or: earlier }, { session })
      .toArray()
    const unsent = await unsentAmong(ledger, found, session)
    const freed = found.filter(({ _id }) => unsent.has(_id))
    if (freed.length === 0) return
    await excludeInstead(ledger, freed, session)
    await excludeMerged(ledger, freed, session)
    await leaveBatches(ledger, freed, session)
  })
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

function toExclusion({ _id: delivery, run, date, attempt, reason }: Delivery): Exclusion {
  const why = reason ?? 'withdrawn' // its batch's reason, when it has none of its own
  return { _id: `${run}|${delivery}`, run, date, delivery, attempt, reason: why }
}

async function excludeMerged({ exclusions }: Ledger, freed: Delivery[], session: ClientSession) {
  const runs = [...new Set(freed.map(({ run }) => run))]
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
