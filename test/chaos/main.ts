// `npm run chaos -- --runs N --seed S [--kills K] [--at-once D] [--faults a,b] [--certain c]`: days of
// real workers under kill -9, each from its own seed, some at a time; every run leaves a line in
// runs.ndjson.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { MongoClient } from 'mongodb'

import { findMongod } from '../../src/local/mongod'
import { startReplicaSet } from '../../src/local/replicaSet'
import { MAIL_CONNECTIONS } from '../../worker/channel/mail'
import { forEachAtOnce } from '../../worker/concurrency/limiter'
import { testDatabaseUrl } from '../database'
import {
  liveThrough,
  mostMsOf,
  type Aftermath,
  type DayDatabase,
  type Disturbance,
} from './dataSet'
import { endTransactionsSoon, openFailingDatabase } from './failingDatabase'
import { chooseDay, faultsOf, FAULT_NAMES, missedOf, type FaultName } from './faultTable'
import { doublesOf, lostOf, problemsOf } from './judge'
import { buildPrograms } from './programs'
import { createRandom } from './random'
import { openThreeMembers } from './threeMembers'
import { canMount } from './tmpfs'
import { boundOf, keepRun, RUNS_FILE, totalOf, type RunLine } from './runs'

const print = (line: string) => void process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '50' },
    'at-once': { type: 'string', default: '3' },
    faults: { type: 'string', default: FAULT_NAMES.join() },
    certain: { type: 'string', default: '' },
    out: { type: 'string', default: RUNS_FILE },
  },
})
const [runs, seed, kills, atOnce] = [values.runs, values.seed, values.kills, values['at-once']].map(
  Number,
) as [number, number, number, number]
const names = values.faults.split(',')
const certain = values.certain.split(',').filter((name) => name !== '')
const strange = [...names, ...certain].filter((name) => !FAULT_NAMES.includes(name as FaultName))
if (strange.length > 0 || ![runs, seed, kills, atOnce].every(Number.isSafeInteger)) {
  const found = strange.length > 0 ? `--faults・--certain の ${strange.join()} はありません。` : ''
  print(
    `${found}--runs・--seed・--kills・--at-once は整数、--faults(起こりうるもの)と --certain(必ず起こすもの)は ${FAULT_NAMES.join()} から選びます。`,
  )
  process.exit(2)
}

if (!(await canMount())) {
  print('この機械ではディスクを作れないので、disk-full と read-only は起こしません。')
  for (const list of [names, certain]) {
    list.splice(0, list.length, ...list.filter((name) => !/^(disk-full|read-only)$/.test(name)))
  }
}

/** Of a day that did not come to its end. */
const NOTHING = {
  deliveries: 0,
  kills: 0,
  copies: 0,
  lost: 0,
  unknown: 0,
  unknownByDeath: 0,
  connections: 0,
}

/** In which programs and database of a day are ended. */
const PUT_AWAY_MS = 60_000

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (isStopping = true))

const folder = await mkdtemp(join(tmpdir(), 'kizuna-chaos-'))
const { binary } = await findMongod({ env: process.env, onProgress: print })
const database = await startReplicaSet({ binary, folder: join(folder, 'database') })
process.env.TEST_MONGODB_URL = database.url('NAME')
const client = await MongoClient.connect(database.url('admin'))
await endTransactionsSoon(Number(new URL(database.url('NAME')).port))
const programs = await buildPrograms()
try {
  const done = await liveAll()
  process.exitCode = done.every(({ problems }) => problems.length === 0) ? 0 : 1
} finally {
  await client.close()
  await programs.remove()
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit() // whatever a day that was left behind still has open

async function liveAll(): Promise<RunLine[]> {
  const done: RunLine[] = []
  const begun = performance.now()
  const days = Array.from({ length: runs }, (_, at) =>
    chooseDay({
      seed: seed + at,
      kills,
      names: names as FaultName[],
      certain: certain as FaultName[],
    }),
  )
  await forEachAtOnce(days, atOnce, async (day) => {
    if (isStopping) return
    const line = await liveOne(day)
    done.push(line)
    await keepRun(line, values.out)
    print(`chaos ${JSON.stringify(line)}`)
  })
  const total = totalOf(done)
  const seconds = (performance.now() - begun) / 1000
  const pace = `${(total.kills / seconds).toFixed(2)} kills/s`
  print(
    `chaos: runs ${total.runs}, kills ${total.kills}, copies ${total.copies}, lost ${total.lost}, ` +
      `unknown ${total.unknown}, problems ${total.problems}, 95 % bound ${boundOf(total.kills)}, ${pace}`,
  )
  return done
}

async function liveOne(day: Disturbance): Promise<RunLine> {
  const { seed: of, workers } = day
  const about = { version: 1 as const, seed: of, faults: faultsOf(day), workers }
  let own: OwnDatabase | null = null
  try {
    own = await openDatabase(day)
    const after = await Promise.race([liveThrough(programs, day, own), outOfTime(day)])
    return { ...about, ...comeTo(after, day) }
  } catch (error) {
    // a day that did not end well is kept as one too
    const problems = [(error as Error).message.split('\n')[0]!]
    print((error as Error).message)
    return { ...about, ...NOTHING, problems }
  } finally {
    await own?.remove()
  }
}

/** A day that is not put away either after its time is over is left behind. */
async function outOfTime(day: Disturbance): Promise<never> {
  await sleep(mostMsOf(day) + PUT_AWAY_MS, undefined, { ref: false })
  throw new Error('The day did not end in its time, and could not be ended')
}

type OwnDatabase = DayDatabase & { remove: () => unknown }

/** A database of the day's own, on a mongod of its own when it is to fail. */
async function openDatabase(day: Disturbance): Promise<OwnDatabase> {
  if (day.databaseFails === undefined) {
    const url = testDatabaseUrl()
    return { url, remove: () => client.db(new URL(url).pathname.slice(1)).dropDatabase() }
  }
  const { isReplicaSet, databaseFaults: faults = [] } = day
  const place = { binary, folder: join(folder, `${day.seed}`), random: createRandom(day.seed) }
  const failing = await (isReplicaSet
    ? openThreeMembers(place)
    : openFailingDatabase({ ...place, faults }))
  return { ...failing, remove: failing.stop }
}

function comeTo(after: Aftermath, day: Disturbance) {
  const lost = lostOf(after, day)
  const missed = missedOf(day, after)
  return {
    faults: faultsOf(day).filter((name) => !missed.includes(name)),
    deliveries: after.ledger.length,
    accepted: after.ledger.filter(({ status }) => status === 'accepted').length,
    taken: after.copies.length,
    kills: after.kills,
    copies: doublesOf(after).length,
    lost: lost.length,
    unknown: after.ledger.filter(({ status }) => status === 'unknown').length,
    unknownByDeath: Math.max(0, ...after.lost),
    connections: MAIL_CONNECTIONS * day.workers,
    problems: [...problemsOf(after, day), ...lost.map((id) => `${id}: lost`)],
  }
}
