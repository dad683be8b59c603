import { EventEmitter, on } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { generateKeyRing } from '../../src/secret/seal'
import { openDeliveryHalf, type DeliveryHalf } from '../../worker/app/deliveryHalf'
import type { Run } from '../../worker/ledger/documents'
import type { PairNames } from '../../worker/ledger/pairNames'
import { createLedgerReader, type Difference } from '../../worker/ledger/reading'
import { testDatabaseUrl } from '../database'
import { TODAY } from '../src/plan/town'
import { chooseFaults, chooseFaultsAndFreezes } from './faults'
import { createFamilies, municipalities, settle, type Families } from './families'
import { createFleet, type Fault, type Fleet, type News } from './fleet'
import type { LedgerEntry } from './invariants'
import { openOutside, type Outside } from './outside'
import type { Programs } from './programs'
import { createRandom } from './random'

/** How one day is disturbed. */
export interface Disturbance {
  seed: number
  /** Workers at once. */
  workers: number
  /** What clocks show at the start, in Japan. Default 09:30. */
  startAt?: string
  /** One of several workers is also frozen until another has taken its runs. */
  isFreezing?: boolean
  /** The control: LINE never sees the same retry key twice. */
  isForgetful?: boolean
  faults?: Fault[]
}

/** What is left of a day. */
export interface Aftermath {
  families: Families
  ledger: LedgerEntry[]
  copies: string[]
  differences: Difference[]
  /** Faults that fell and killed. */
  kills: number
  /** Mails listed as unknown after each crash. */
  lost: number[]
  exitCodes: (number | null)[]
  /** Ids of LINE deliveries that were left unknown although the hours were long enough. */
  lineUnknown: string[]
}

/** A lease and a second: after that a dead worker's runs are free. */
const LEASE_OVER_MS = 31_000

/** Longer than any wait that a provider's answer causes. */
const RETRY_OVER_MS = 301_000

/** A day that takes longer is stuck. */
const MOST_MS = 140_000

/** Lets real workers do one day and kills them while they do it. */
export async function liveThrough(programs: Programs, day: Disturbance): Promise<Aftermath> {
  const random = createRandom(day.seed)
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-chaos-'))
  const [databaseUrl, keys] = [testDatabaseUrl(), generateKeyRing()]
  const families = createFamilies(random, keys)
  const outside = await openOutside({ program: programs.sandbox, folder, families, random })
  const delivery = await openHere({ databaseUrl, keys })
  try {
    await settle(delivery, families)
    const faults =
      day.faults ?? (day.isFreezing ? chooseFaultsAndFreezes(random) : chooseFaults(random))
    const lived = await live({ programs, day, databaseUrl, keys, outside, delivery, faults })
    const pairs = await delivery.db.collection<PairNames>('pairs').find().toArray()
    const copies = await outside.copies(families, pairs)
    const read = await readLedger(delivery)
    const lineUnknown = read.ledger.filter((one) => isLineUnknown(one, families)).map(idOf)
    return { families, ...read, copies, ...lived, lineUnknown: day.startAt ? [] : lineUnknown }
  } finally {
    // the database stays: what a killed worker had begun would block its removal for a minute
    await delivery.close()
    await outside.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function isLineUnknown({ id, status }: LedgerEntry, { expected }: Families): boolean {
  if (status !== 'unknown') return false
  return expected.some((one) => one.id === id && one.channel === 'line')
}

function idOf({ id }: LedgerEntry): string {
  return id
}

/** The database, for setting up and reading; this process sends nothing. */
function openHere(config: { databaseUrl: string; keys: string }): Promise<DeliveryHalf> {
  return openDeliveryHalf({
    ...config,
    cmsUrl: 'http://127.0.0.1:9',
    cmsApiKey: 'x'.repeat(32),
    lineApiUrl: 'http://127.0.0.1:9',
    smtpUrl: 'smtp://127.0.0.1:9',
    publicUrl: 'https://web.example',
    now: () => new Date(),
  })
}

interface LiveOptions {
  programs: Programs
  day: Disturbance
  databaseUrl: string
  keys: string
  outside: Outside
  delivery: DeliveryHalf
  faults: Fault[]
}

async function live(options: LiveOptions) {
  const { day, outside, databaseUrl, keys, faults } = options
  const news = new EventEmitter()
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(MOST_MS)])
  const stream = on(news, 'news', { signal })
  const fleet = createFleet({
    program: options.programs.worker,
    databaseUrl,
    keys,
    faults,
    linePort: outside.linePort,
    smtpPort: outside.smtpPort,
    startAt: new Date(day.startAt ?? `${TODAY}T09:30:00+09:00`),
    isForgetful: day.isForgetful ?? false,
    tell: (one) => news.emit('news', one),
  })
  try {
    for (let count = 0; count < day.workers; count += 1) await fleet.start()
    const seen = await follow(stream as AsyncIterable<[News]>, fleet, options.delivery)
    return { ...seen, exitCodes: await fleet.stop() }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
    throw new Error(`The day is stuck after:\n${recent.join('\n')}`, { cause: error })
  } finally {
    await fleet.stop('SIGKILL')
    ending.abort()
  }
}

/** Answers each piece of news until all runs of the day are done. */
async function follow(stream: AsyncIterable<[News]>, fleet: Fleet, { db }: DeliveryHalf) {
  const lost: number[] = [0]
  const frozen = new Map<number, () => void>()
  const thaw = () => {
    for (const one of frozen.values()) one()
    frozen.clear()
  }
  for await (const [news] of stream) {
    trace(news)
    if (news.kind === 'ended') throw new Error(`A worker ended by itself with ${news.code}`)
    if (news.kind === 'frozen') {
      frozen.set(news.worker, news.thaw)
      fleet.advance(LEASE_OVER_MS)
    }
    if (news.kind === 'killed') {
      lost.push(0)
      thaw()
      fleet.advance(LEASE_OVER_MS)
      await fleet.start()
    }
    if (news.kind !== 'log') continue
    const { line, worker } = news
    if (line.alert === 'mail-unknown-after-crash') lost[lost.length - 1]! += Number(line.count)
    if (Number(line.level) >= 50) throw new Error(`A worker failed: ${JSON.stringify(line)}`)
    if (line.msg === 'run worked on' && !frozen.has(worker)) thaw()
    if (line.status === 'waiting') fleet.advance(RETRY_OVER_MS)
    if (await isDayDone(db)) break
  }
  thaw()
  return { lost, kills: lost.length - 1 }
}

async function isDayDone(db: DeliveryHalf['db']): Promise<boolean> {
  const done = await db
    .collection<Run>('runs')
    .countDocuments({ date: TODAY, kind: 'daily', state: 'done' })
  return done === municipalities().length
}

async function readLedger({ db }: DeliveryHalf) {
  const reader = createLedgerReader(db)
  const ledger: LedgerEntry[] = []
  const differences: Difference[] = []
  for (const run of await reader.runsOf(TODAY)) {
    differences.push(...(await reader.differences(run)))
    for await (const { reader: who, child, slot, status, code } of reader.linesOf(run)) {
      ledger.push({ id: `${who}:${child}:${slot}`, status, ...(code ? { code } : {}) })
    }
  }
  return { ledger, differences }
}

const TOLD = 20
const recent: string[] = []

/** `CHAOS_TRACE=1` shows what happens when; the last of it is told when a day is stuck. */
function trace(news: News): void {
  const line = `${Math.round(performance.now())} ${JSON.stringify(news)}`
  recent.push(line)
  if (recent.length > TOLD) recent.shift()
  if (process.env.CHAOS_TRACE) process.stdout.write(`${line}\n`)
}
