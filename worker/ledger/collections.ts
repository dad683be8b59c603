import { randomUUID } from 'node:crypto'

import { MongoServerError, type Db } from 'mongodb'

import type {
  Batch,
  Delivery,
  DoneAct,
  Exclusion,
  Halt,
  Heartbeat,
  MergedSlots,
  Run,
  StoredPayload,
  WorkerSign,
} from './documents'
import type { Loss } from './incarnation'
import type { RemovedDays } from './removedDays'

/** For writes that must outlive a crash of this process and of the primary. */
export const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const

/** For reads of what no failover takes back. */
const MAJORITY_READ = { readConcern: { level: 'majority' } } as const

/** What is stored of this ledger itself. */
export interface Installation {
  _id: 'installation'
  /** Of the present incarnation. */
  namespace: string
  /** Every time it went back to an earlier state. */
  losses?: Loss[]
}

/** A pair that is gone and whose deliveries go next, as stored in `endedPairs`. */
export interface EndedPair {
  /** `municipality:number`; the number is never given again. */
  _id: string
}

/** What somebody waits for who has just registered, or has another contact, as stored in `welcomes`. */
export interface WelcomeNote {
  /** Id of the reader. */
  _id: string
  requestedAt: Date
  /** What the day has left comes, and no greeting before it. */
  hasNoGreeting?: true
}

/** The welcomes that are asked for; the next poll turns them into runs. */
export function welcomeNotes(db: Db) {
  return db.collection<WelcomeNote>('welcomes')
}

/** Collections of the ledger, typed. */
export function ledgerCollections(db: Db) {
  return {
    runs: db.collection<Run>('runs'),
    batches: db.collection<Batch>('batches'),
    deliveries: db.collection<Delivery>('deliveries'),
    exclusions: db.collection<Exclusion>('exclusions'),
    payloads: db.collection<StoredPayload>('payloads'),
    mergedSlots: db.collection<MergedSlots>('mergedSlots'),
    heartbeats: db.collection<Heartbeat>('heartbeats'),
    workers: db.collection<WorkerSign>('workers'),
    installation: db.collection<Installation>('installation'),
    retention: db.collection<RemovedDays>('retention'),
    endedPairs: db.collection<EndedPair>('endedPairs'),
    halts: db.collection<Halt>('halts'),
    doneActs: db.collection<DoneAct>('doneActs'),
  }
}

/** The ledger's collections. */
export type LedgerCollections = ReturnType<typeof ledgerCollections>

/** What the steps of a ledger's store work with. */
export interface Ledger extends LedgerCollections {
  db: Db
  now: () => Date
}

/** Filter for the exclusions of a run besides those that its latest planning has delivered. */
export function countedExclusions({ _id, attempts }: Pick<Run, '_id' | 'attempts'>) {
  return attempts < 2 ? { run: _id } : { run: _id, until: { $ne: attempts } }
}

/** So long after it an act may be heard again, or be waiting for a CMS that is down. */
const ACTS_KEPT_SECONDS = 90 * 24 * 3600

/** Creates the ledger's indexes; may be called at every start. */
export async function ensureLedgerIndexes(db: Db): Promise<void> {
  const collections = ledgerCollections(db)
  const { runs, batches, deliveries, exclusions, payloads, endedPairs } = collections
  const { halts, doneActs } = collections
  await ensureCollection(db, endedPairs.collectionName)
  await ensureCollection(db, welcomeNotes(db).collectionName)
  await ensureCollection(db, halts.collectionName)
  await Promise.all([
    runs.createIndexes([
      { key: { date: 1, municipality: 1 } },
      { key: { state: 1, date: 1 } },
      { key: { isUnchecked: 1 }, partialFilterExpression: { isUnchecked: true } },
    ]),
    batches.createIndexes([{ key: { run: 1, state: 1 } }]),
    doneActs.createIndex({ at: 1 }, { expireAfterSeconds: ACTS_KEPT_SECONDS }),
    payloads.createIndexes([{ key: { usedOn: 1 } }]),
    deliveries.createIndexes([
      { key: { batch: 1, status: 1 }, partialFilterExpression: { status: { $exists: true } } },
      { key: { at: 1 }, partialFilterExpression: { status: 'unknown' } },
    ]),
    exclusions.createIndexes([
      { key: { run: 1, reason: 1 } },
      { key: { covers: 1 }, partialFilterExpression: { covers: { $exists: true } } },
      { key: { run: 1, until: 1 }, partialFilterExpression: { until: { $exists: true } } },
    ]),
  ])
}

/** Creates a collection; one that came into being within a transaction would throw others' out. */
export async function ensureCollection(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name)
  } catch (error) {
    const isThere = error instanceof MongoServerError && error.codeName === 'NamespaceExists'
    if (!isThere) throw error
  }
}

/**
 * Namespace UUID of this incarnation of the ledger: retry keys are made in it, so that an emptied,
 * copied or restored database never reuses a key for another text within LINE's 24 hours.
 */
export async function keyNamespace(db: Db): Promise<string> {
  const { installation } = ledgerCollections(db)
  const known = await installation.findOne({ _id: 'installation' }, MAJORITY_READ)
  if (known) return known.namespace
  const found = await installation.findOneAndUpdate(
    { _id: 'installation' },
    { $setOnInsert: { namespace: randomUUID() } },
    { upsert: true, returnDocument: 'after', ...DURABLE },
  )
  if (!found) throw new Error('The installation document could not be created')
  return found.namespace
}
