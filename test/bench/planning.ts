import { MongoClient, MongoServerError, type Db, type Document } from 'mongodb'

import { ensureLedgerIndexes } from '../../worker/ledger/collections'
import { openCities } from './cities'
import { range } from './fixtures'
import type { Host } from './host'
import { summarize } from './meter'
import { breathe, dayOf, planRuns, requestRuns, runsOf, type Towns } from './runs'

/** What a planning writes. */
const WRITTEN = ['deliveries', 'exclusions', 'batches', 'payloads'] as const

/**
 * Readers to frozen batches: the worker claims a run, streams the readers who are due, plans,
 * writes, counts and seals. Against `insertMany` of the very same documents into empty collections
 * with the same indexes.
 */
export async function benchPlanning(host: Host) {
  const rounds: number = host.isQuick ? 1 : 3
  const { delivery, cities } = await openCities(host)
  const { code, readers } = cities.at(-1) ?? { code: '', readers: 0 }
  const bare = await new MongoClient(host.databaseUrl('bare')).connect()
  const results = []
  for (const at of range(0, rounds)) {
    host.progress(`planning: round ${at} of ${rounds} (0 warms up)`)
    const result = await measureRound({ host, delivery, own: [code], bare: bare.db() }, at)
    if (at > 0) results.push(result)
  }
  await bare.db().dropDatabase()
  await bare.close()
  const { deliveries, batches } = results.at(-1)?.plan ?? {}
  return { readers, deliveries, batches, ...summarize(results), aim: { ratio: 0.6 } }
}

interface RoundInput extends Towns {
  host: Host
  /** Where the bare loop writes. */
  bare: Db
}

/** Both sides begin with empty collections. */
async function measureRound({ host, bare, ...towns }: RoundInput, at: number) {
  const { db } = towns.delivery
  await Promise.all(WRITTEN.map((name) => db.collection(name).drop().catch(notThere)))
  await ensureLedgerIndexes(db)
  await requestRuns(towns, dayOf(at))
  const own = await host.measure(() => planRuns(towns, dayOf(at)))
  const [run] = await runsOf(towns, dayOf(at))
  const plan = run?.plan
  if (!plan) throw new Error('The run was not planned')
  const documents = await writtenIn(db)
  await bare.dropDatabase()
  await ensureLedgerIndexes(bare)
  await breathe()
  const insert = await host.measure(() => bareInsert(bare, documents))
  return { count: plan.candidates, own, bare: insert, plan }
}

/** A collection that was never written to cannot be dropped. */
function notThere(error: unknown) {
  if (!(error instanceof MongoServerError && error.codeName === 'NamespaceNotFound')) throw error
}

type Written = [name: string, documents: Document[]][]

function writtenIn(db: Db): Promise<Written> {
  return Promise.all(
    WRITTEN.map(async (name): Promise<Written[number]> => {
      return [name, await db.collection<Document>(name).find().toArray()]
    }),
  )
}

async function bareInsert(db: Db, written: Written): Promise<void> {
  for (const [name, documents] of written) {
    if (documents.length === 0) continue
    await db.collection<Document>(name).insertMany(documents, { ordered: false })
  }
}
