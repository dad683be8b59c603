import { EventEmitter, on } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { generateKeyRing } from '../../src/secret/seal'
import { openDeliveryHalf, type DeliveryHalf } from '../../worker/app/deliveryHalf'
import type { Run } from '../../worker/ledger/documents'
import type { PairNames } from '../../worker/ledger/pairNames'
import { createLedgerReader, type Difference, type LedgerLine } from '../../worker/ledger/reading'
import { testDatabaseUrl } from '../database'
import { TODAY } from '../src/plan/town'
import { inOrder, storm } from './faults'
import { openBadCms, type BadCms, type CmsTroubleName } from './cms'
import { copiesOf, type Copy } from './copies'
import type { DatabaseFault } from './failingDatabase'
import { createFamilies, municipalities, settle, type Families } from './families'
import { createFleet, type Fault, type Fleet, type MovableClock, type News } from './fleet'
import { createHappenings, type HappeningName, type Happenings } from './happenings'
import type { LedgerEntry } from './invariants'
import { openOutside, type LineTroubleName, type Outside, type RelayTroubleName } from './outside'
import type { Programs } from './programs'
import { AGED_FROM, agingOf, ALL_DAY, areOpen, type KeyAge } from './agedKey'
import { createBackup, type RestoreTimes } from './restore'
import { createRandom, type Random } from './random'
import {
  agingLineReader,
  forgetfulLineReader,
  lineReader,
  type KeyMemory,
  type Reader,
} from './wire'

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
  /** Deaths after which the rest of the day is calm. */
  kills?: number
  /** Of the full number of families. */
  size?: number
  /** Workers also lose connections without dying. */
  isCutting?: boolean
  /** Some workers' clocks are not the database's. */
  isApart?: boolean
  /** The database fails after each so many deaths; default never. */
  databaseFails?: number
  /** How it fails. */
  databaseFaults?: readonly DatabaseFault[]
  /** It has three members, one of which fails. */
  isReplicaSet?: boolean
  /** What people and offices do meanwhile; default nothing. */
  happenings?: readonly HappeningName[]
  /** The databases are put back to an earlier state meanwhile. */
  restore?: RestoreTimes
  /** LINE requests without an answer are taken up again when their keys are this old. */
  keyAge?: KeyAge
  /** Troubles LINE makes; default all. */
  lineTroubles?: readonly LineTroubleName[]
  /** Troubles the relay makes with whatever mail comes; default none. */
  relayTroubles?: readonly RelayTroubleName[]
  /** States the CMS is in; default it cannot be reached. */
  cmsTroubles?: readonly CmsTroubleName[]
  /** Whether relays and mailboxes make trouble with some addresses; default they do. */
  isMailTroubled?: boolean
  /** Exactly these faults instead of a storm of deaths. */
  faults?: Fault[]
}

/** What is left of a day. */
export interface Aftermath {
  families: Families
  ledger: LedgerEntry[]
  copies: Copy[]
  differences: Difference[]
  /** Faults that fell and killed. */
  kills: number
  /** Mails listed as unknown after each crash. */
  lost: number[]
  /** LINE requests that were left until their keys were old. */
  aged: ReadonlySet<string>
  /** Mails whose connection was cut when their body was handed over. */
  cutMails: number
  /** What the deaths fell on, by name. */
  fell: string[]
  /** Readers who did something on the day. */
  happened: number
  exitCodes: (number | null)[]
}

/** A lease and a second: after that a dead worker's runs are free. */
const LEASE_OVER_MS = 31_000

/** Longer than any wait that a provider's answer causes. */
const RETRY_OVER_MS = 301_000

/** A day that takes longer, and this much more for each death, is stuck. */
const MOST_MS = 130_000
const MOST_MS_A_DEATH = 15_000

/** In which a day is over, or stuck. *Pure.* */
export function mostMsOf({ kills = FEW }: Disturbance): number {
  return MOST_MS + kills * MOST_MS_A_DEATH
}

/** Deaths of a day that names no number. */
const FEW = 7

/** A worker that lives tells something every ten seconds. */
const SILENT_MS = 90_000

/** The delivery database of a day. */
export interface DayDatabase {
  url: string
  /** Makes it fail; resolves when it can be written to again. */
  fail?: () => Promise<unknown>
}

/** Lets real workers do one day and kills them while they do it. */
export async function liveThrough(
  programs: Programs,
  day: Disturbance,
  database: DayDatabase = { url: testDatabaseUrl() },
): Promise<Aftermath> {
  const databaseUrl = database.url
  const random = createRandom(day.seed)
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-chaos-'))
  const keys = generateKeyRing()
  const families = createFamilies({ random, keys, ...day })
  const { lineTroubles, relayTroubles = [] } = day
  const outside = await openOutside({
    program: programs.sandbox,
    folder,
    families,
    random,
    relayTroubles,
    ...(lineTroubles && { lineTroubles }),
  })
  const startAt = new Date(day.startAt ?? `${TODAY}T${day.keyAge ? AGED_FROM : '09:30:00'}+09:00`)
  const clock = { offsetMs: startAt.getTime() - Date.now() }
  const cms = await openBadCms({ random, troubles: day.cmsTroubles ?? [] })
  const delivery = await openHere({ databaseUrl, keys, clock })
  try {
    await settle(delivery, families, day.keyAge && ALL_DAY)
    const happenings = createHappenings({ random, families, delivery, names: day.happenings ?? [] })
    const setting = {
      programs,
      day,
      database,
      databaseUrl,
      keys,
      outside,
      cms,
      delivery,
      clock,
      random,
      backup: createBackup({ delivery, databaseUrl, folder, keys }),
      keyMemory: { seen: new Set<string>(), isOver: false },
    }
    const lived = await live({ ...setting, happenings })
    const pairs = await delivery.db.collection<PairNames>('pairs').find().toArray()
    const read = await readLedger(delivery)
    const copies = copiesOf(await outside.taken(), { families, pairs, ledger: read.ledger })
    return { families, ...read, copies, ...lived }
  } finally {
    // the database stays: what a killed worker had begun would block its removal for a minute
    await delivery.close()
    await Promise.all([outside.stop(), cms.close()])
    await rm(folder, { recursive: true, force: true })
  }
}

/** The database, for setting up and reading; this process sends nothing. */
function openHere({ clock, ...config }: HereOptions): Promise<DeliveryHalf> {
  return openDeliveryHalf({
    ...config,
    cmsUrl: 'http://127.0.0.1:9',
    cmsApiKey: 'x'.repeat(32),
    lineApiUrl: 'http://127.0.0.1:9',
    smtpUrl: 'smtp://127.0.0.1:9',
    publicUrl: 'https://web.example',
    now: () => new Date(Date.now() + clock.offsetMs),
  })
}

interface HereOptions {
  databaseUrl: string
  keys: string
  clock: MovableClock
}

interface LiveOptions {
  programs: Programs
  day: Disturbance
  database: DayDatabase
  databaseUrl: string
  keys: string
  outside: Outside
  cms: BadCms
  delivery: DeliveryHalf
  clock: MovableClock
  random: Random
  happenings: Happenings
  backup: ReturnType<typeof createBackup>
  keyMemory: KeyMemory
}

async function live(options: LiveOptions) {
  const { day, outside, databaseUrl, keys, clock, random } = options
  const { kills = FEW, isFreezing = false, isCutting = false, isApart = false } = day
  const told: string[] = []
  const news = new EventEmitter()
  const ending = new AbortController()
  const silence = setTimeout(() => ending.abort(), SILENT_MS)
  const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(mostMsOf(day))])
  const stream = on(news, 'news', { signal })
  const fleet = createFleet({
    program: options.programs.worker,
    databaseUrl,
    keys,
    strikes: day.faults
      ? inOrder(day.faults)
      : storm({ random, kills, isFreezing, isCutting, isApart }),
    linePort: outside.linePort,
    smtpPort: outside.smtpPort,
    cmsUrl: options.cms.url,
    clock,
    readLine: readerOf(options),
    tell: (one) => {
      silence.refresh()
      news.emit('news', one)
    },
  })
  const tally: Tally = { lost: [0], fell: [], cutMails: 0, exitCodes: [], aged: new Set() }
  const outage = createOutage(options)
  try {
    for (let count = 0; count < day.workers; count += 1) await fleet.start()
    await follow(stream as AsyncIterable<[News]>, fleet, { ...options, told, tally, outage })
    return { ...tally, kills: tally.lost.length - 1, happened: options.happenings.count() }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
    throw new Error(`The day is stuck after:\n${told.join('\n')}`, { cause: error })
  } finally {
    clearTimeout(silence)
    await fleet.stop('SIGKILL')
    ending.abort()
    await outage.settled()
  }
}

/** What is counted while a day goes on. */
type Tally = Pick<Aftermath, 'lost' | 'fell' | 'cutMails' | 'exitCodes' | 'aged'>

/** Answers each piece of news until all runs of the day are done. */
async function follow(
  stream: AsyncIterable<[News]>,
  fleet: Fleet,
  options: LiveOptions & { told: string[]; tally: Tally; outage: Outage },
): Promise<void> {
  const { day, happenings, outside, tally, outage } = options
  const { db } = options.delivery
  const { lost, fell } = tally
  const frozen = new Map<number, () => void>()
  const thaw = () => {
    for (const one of frozen.values()) one()
    frozen.clear()
  }
  for await (const [news] of stream) {
    trace(options.told, news)
    if (news.kind === 'cut') {
      if (news.fault.event === 'mail data') tally.cutMails += 1
      continue
    }
    if (news.kind === 'ended') {
      if (!news.isHit && !mayFail(day))
        throw new Error(`A worker ended by itself with ${news.code}`)
      await outage.over() // it would end again
      await fleet.start() // as whoever supervises it would
    }
    if (news.kind === 'frozen') {
      frozen.set(news.worker, news.thaw)
      fleet.advance(LEASE_OVER_MS)
    }
    if (news.kind === 'killed') {
      lost.push(0)
      fell.push(`${news.fault.moment} ${news.fault.event}`)
      if (day.happenings?.length && !outage.isOn()) {
        await outside.settled()
        await happenings.happen()
      }
      thaw()
      if (day.restore) await outage.over()
      await backUp(fleet, options, lost.length - 1)
      fleet.advance(LEASE_OVER_MS)
      await letKeysAge(fleet, options)
      await fleet.start()
      if (day.databaseFails && (lost.length - 1) % day.databaseFails === 0) outage.begin()
    }
    if (news.kind !== 'log') continue
    const { line, worker } = news
    if (line.alert === 'mail-unknown-after-crash') lost[lost.length - 1]! += Number(line.count)
    if (isFailure(line, day)) throw new Error(`A worker failed: ${JSON.stringify(line)}`)
    if (line.msg === 'run failed') fleet.advance(LEASE_OVER_MS) // it rests for as long
    if (line.msg === 'run worked on' && !frozen.has(worker)) thaw()
    if (outage.isOn()) continue
    if (fleet.isCalm()) await happenings.calm() // else nothing would end them
    // a town that pauses waits too, and would wait until it closes
    if (happenings.isBusy() || (await areOpen(options.delivery, tally.aged))) continue
    if (line.status === 'waiting') fleet.advance(RETRY_OVER_MS)
    if (line.status === 'held') fleet.advance(2 * RETRY_OVER_MS)
    if (!(await isDayDone(db))) continue
    thaw()
    tally.exitCodes.push(...(await fleet.stop()))
    // an address that was refused last is a change, for which a tick asks for its run once more
    if (await isDayDone(db)) return
    await fleet.start()
  }
}

/** The database's failures: one at a time, while workers go on living and dying. */
function createOutage({ database }: LiveOptions) {
  let ending: Promise<unknown> | null = null
  let error: Error | null = null
  const isOn = () => {
    if (error) throw error
    return ending !== null
  }
  return {
    isOn,
    begin: () => {
      if (isOn() || !database.fail) return
      const ended = database.fail().catch((reason: Error) => (error = reason))
      ending = ended.finally(() => (ending = null))
    },
    /** Resolves when nothing is on, however it went. */
    settled: async (): Promise<void> => void (await ending),
    /** Resolves when it can be written to. */
    over: async (): Promise<void> => {
      await ending
      isOn()
    },
  }
}

type Outage = ReturnType<typeof createOutage>

/** How what goes to LINE is read on this day. */
function readerOf({ day, keyMemory }: LiveOptions): () => Reader {
  if (day.isForgetful) return forgetfulLineReader
  return day.keyAge === '23:01' ? agingLineReader(keyMemory) : lineReader
}

/** Once on such a day, when a death has left requests open; what comes after is calm. */
async function letKeysAge(
  fleet: Fleet,
  { day, delivery, keyMemory, outside, tally }: LiveOptions & { tally: Tally },
): Promise<void> {
  if (!day.keyAge || tally.aged.size > 0) return
  const aging = await agingOf(delivery, day.keyAge)
  if (!aging) return
  tally.aged = aging.batches
  keyMemory.isOver = true
  fleet.calm()
  await outside.calm()
  fleet.advance(aging.advance)
}

/** A backup is taken after one death; after another all workers end, and it is put back. */
async function backUp(fleet: Fleet, { day, backup }: LiveOptions, deaths: number): Promise<void> {
  if (deaths === day.restore?.taken) await backup.take()
  if (deaths !== day.restore?.restored) return
  const living = fleet.size()
  await fleet.killAll()
  await backup.putBack()
  for (let count = 0; count < living; count += 1) await fleet.start()
}

/** Nothing fails in a worker by itself; only a connection that is cut may fail what it was for. */
function isFailure(line: Record<string, unknown>, day: Disturbance): boolean {
  if (Number(line.level) < 50 || isLockGivenUp(line)) return false
  return !(mayFail(day) && /^Mongo|^LostLease/.test(String(line.error)))
}

/** Agenda's own word for a job that waits while our clock jumps past its lock; the job goes on. */
function isLockGivenUp({ msg, error }: Record<string, unknown>): boolean {
  return msg === 'agenda error' && error === 'Error'
}

function mayFail({ isCutting, databaseFails }: Disturbance): boolean {
  return isCutting === true || databaseFails !== undefined
}

/** All towns' runs are done, and so is whatever was asked for besides. */
async function isDayDone(db: DeliveryHalf['db']): Promise<boolean> {
  const runs = await db.collection<Run>('runs').find({ date: TODAY }).toArray()
  const daily = runs.filter(({ kind }) => kind === 'daily')
  return daily.length === municipalities().length && runs.every(({ state }) => state === 'done')
}

async function readLedger({ db }: DeliveryHalf) {
  const reader = createLedgerReader(db)
  const ledger: LedgerEntry[] = []
  const differences: Difference[] = []
  for (const run of await reader.runsOf(TODAY)) {
    differences.push(...(await reader.differences(run)))
    for await (const line of reader.linesOf(run)) ledger.push(entryOf(line))
  }
  return { ledger, differences }
}

function entryOf({ reader, child, slot, channel, batch, status, code }: LedgerLine): LedgerEntry {
  const id = `${reader}:${child}:${slot}`
  return { id, channel, batch, status, ...(code ? { code } : {}) }
}

const TOLD = 20

/** `CHAOS_TRACE=1` shows what happens when; the last of it is told when a day is stuck. */
function trace(recent: string[], news: News): void {
  const line = `${Math.round(performance.now())} ${JSON.stringify(news)}`
  recent.push(line)
  if (recent.length > TOLD) recent.shift()
  if (process.env.CHAOS_TRACE) process.stdout.write(`${line}\n`)
}
