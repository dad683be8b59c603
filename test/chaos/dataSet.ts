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
import { createFamilies, municipalities, settle, type Families } from './families'
import { createFleet, type Fault, type Fleet, type MovableClock, type News } from './fleet'
import { createHappenings, type Happenings } from './happenings'
import type { LedgerEntry } from './invariants'
import { openOutside, type LineTroubleName, type Outside } from './outside'
import type { Programs } from './programs'
import { createRandom, type Random } from './random'

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
  /** The database is killed, or steps down, after each so many deaths; default never. */
  databaseFails?: number
  /** People stop, lose a child or change something meanwhile. */
  hasHappenings?: boolean
  /** Troubles LINE makes; default all. */
  lineTroubles?: readonly LineTroubleName[]
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
  const { lineTroubles } = day
  const outside = await openOutside({
    program: programs.sandbox,
    folder,
    families,
    random,
    ...(lineTroubles && { lineTroubles }),
  })
  const startAt = new Date(day.startAt ?? `${TODAY}T09:30:00+09:00`)
  const clock = { offsetMs: startAt.getTime() - Date.now() }
  const cms = await openBadCms({ random, troubles: day.cmsTroubles ?? [] })
  const delivery = await openHere({ databaseUrl, keys, clock })
  try {
    await settle(delivery, families)
    const happenings = createHappenings({ random, families, delivery })
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
    isForgetful: day.isForgetful ?? false,
    tell: (one) => {
      silence.refresh()
      news.emit('news', one)
    },
  })
  const tally: Tally = { lost: [0], fell: [], cutMails: 0, exitCodes: [] }
  try {
    for (let count = 0; count < day.workers; count += 1) await fleet.start()
    await follow(stream as AsyncIterable<[News]>, fleet, { ...options, told, tally })
    return { ...tally, kills: tally.lost.length - 1, happened: options.happenings.count() }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
    throw new Error(`The day is stuck after:\n${told.join('\n')}`, { cause: error })
  } finally {
    clearTimeout(silence)
    await fleet.stop('SIGKILL')
    ending.abort()
  }
}

/** What is counted while a day goes on. */
type Tally = Pick<Aftermath, 'lost' | 'fell' | 'cutMails' | 'exitCodes'>

/** Answers each piece of news until all runs of the day are done. */
async function follow(
  stream: AsyncIterable<[News]>,
  fleet: Fleet,
  options: LiveOptions & { told: string[]; tally: Tally },
): Promise<void> {
  const { day, happenings, outside, tally } = options
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
      await fleet.start() // as whoever supervises it would
    }
    if (news.kind === 'frozen') {
      frozen.set(news.worker, news.thaw)
      fleet.advance(LEASE_OVER_MS)
    }
    if (news.kind === 'killed') {
      lost.push(0)
      fell.push(`${news.fault.moment} ${news.fault.event}`)
      if (day.hasHappenings) {
        await outside.settled()
        await happenings.happen()
      }
      thaw()
      fleet.advance(LEASE_OVER_MS)
      await fleet.start()
      const isTurn = day.databaseFails && (lost.length - 1) % day.databaseFails === 0
      if (isTurn) await options.database.fail?.()
    }
    if (news.kind !== 'log') continue
    const { line, worker } = news
    if (line.alert === 'mail-unknown-after-crash') lost[lost.length - 1]! += Number(line.count)
    if (isFailure(line, day)) throw new Error(`A worker failed: ${JSON.stringify(line)}`)
    if (line.msg === 'run failed') fleet.advance(LEASE_OVER_MS) // it rests for as long
    if (line.msg === 'run worked on' && !frozen.has(worker)) thaw()
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

/** Nothing fails in a worker by itself; only a connection that is cut may fail what it was for. */
function isFailure({ level, name }: Record<string, unknown>, day: Disturbance): boolean {
  return Number(level) >= 50 && !(mayFail(day) && /^Mongo|^LostLease/.test(String(name)))
}

function mayFail({ isCutting, databaseFails }: Disturbance): boolean {
  return isCutting === true || databaseFails !== undefined
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
