import type { Db, Filter } from 'mongodb'

import { lineIdsOf } from '../../src/accounts/topology'
import { MAX_DECIDED } from '../../src/operation/act'
import { scopesOf } from '../../src/operation/halt'
import type { DeliveryStatus, RunStatus, TownStatus } from '../../src/operation/status'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import type { Alerts } from '../app/alerts'
import { readBackupLog } from '../ledger/backupLog'
import type { ContentStore } from '../content/store'
import type { SyncedContent } from '../content/syncedContent'
import type { Halts } from '../deliver/halts'
import { ledgerCollections } from '../ledger/collections'
import type { PerChannel, Run } from '../ledger/documents'
import { addCounts, type LedgerReader } from '../ledger/reading'
import { RUN_STATES } from '../ledger/states'
import type { OpenMail, UnknownMails } from '../ledger/unknownMails'
import { readLineHealth } from './keptHealth'
import { lineStatusOf, usedLines } from './lineStatus'
import { readTomorrow } from './tomorrow'

interface TodayOptions {
  db: Db
  ledger: Pick<LedgerReader, 'statusCounts'>
  syncedContent: SyncedContent
  contentStore: Pick<ContentStore, 'readState'>
  alerts: Pick<Alerts, 'all'>
  halts: Pick<Halts, 'all'>
  unknownMails: Pick<UnknownMails, 'list'>
  now: () => Date
}

/** How long ago an alert is of today still. */
const DAY_MS = 24 * 3_600_000

type Counts = RunStatus['counts']

/**
 * Reads how deliveries stand today, with true numbers: of one municipality, or of all. What became of a
 * run that is over is counted once.
 */
export function createToday(options: TodayOptions) {
  const over = new Map<string, Counts>()
  return {
    read: (code?: string): Promise<DeliveryStatus> => read({ ...options, over }, code),
  }
}

/** Reads how deliveries stand. */
export type TodayReader = ReturnType<typeof createToday>

interface Reading extends TodayOptions {
  /** Of runs that are over, by id and when they ended. */
  over: Map<string, Counts>
}

async function read(reading: Reading, code?: string): Promise<DeliveryStatus> {
  const { db, syncedContent, contentStore, alerts, halts, unknownMails, now } = reading
  await syncedContent.refresh()
  const date = localDayOf(now())
  const towns = syncedContent.municipalities().filter((one) => !code || one.code === code)
  const [signs, state, all, runs, halted, unknown, tomorrow, health, backup] = await Promise.all([
    ledgerCollections(db).workers.find().sort({ at: -1 }).limit(1000).toArray(),
    contentStore.readState(),
    alerts.all(),
    runsOf(reading, date, code),
    halts.all(),
    unknownMails.list(code),
    readTomorrow(db, date),
    readLineHealth(db),
    readBackupLog(db),
  ])
  const stopped = new Set(halted.map(({ _id }) => _id))
  const { texts, addOns } = syncedContent.content()
  const since = now().getTime() - DAY_MS
  forgetOtherDays(reading, date)
  return {
    at: now().toISOString(),
    date,
    workers: signs.map(({ at }) => at.toISOString()),
    content: {
      syncedAt: state.syncedAt?.toISOString() ?? null,
      texts: texts.length + addOns.length,
    },
    backup: {
      takenAt: backup.takenAt?.toISOString() ?? null,
      verifiedAt: backup.verifiedAt?.toISOString() ?? null,
    },
    towns: towns.map((town): TownStatus => ({
      code: town.code,
      name: town.name,
      isResting: !town.isActive,
      lines: lineIdsOf(town),
      haltedBy: haltsOf(town, stopped),
      lacks: lacksOf(town, { syncedContent, date }),
      runs: runs.ofTown.get(town.code) ?? [],
      welcomes: runs.welcomes.get(town.code) ?? 0,
      tomorrow: tomorrow.get(town.code) ?? null,
      unknown: deskOf(unknown.filter((mail) => mail.town === town.code)),
    })),
    halts: halted.map(({ _id, at, reason }) => ({ scope: _id, since: at.toISOString(), reason })),
    lines: usedLines(towns, syncedContent).map((account) =>
      lineStatusOf(account, { kept: health.get(account.id), date }),
    ),
    alerts: all
      .filter(({ lastAt }) => lastAt.getTime() > since)
      .toSorted((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
      .map(({ _id, count, lastAt }) => ({ code: _id, count, lastAt: lastAt.toISOString() })),
  }
}

/** The stops of one of the town's ways out, or of all of it. */
function haltsOf(
  { code: town, mailFrom, ...ways }: SyncedMunicipality,
  stopped: ReadonlySet<string>,
): string[] {
  const accounts = lineIdsOf(ways).map((account) => ({ channel: 'line' as const, account }))
  const outgoing = [...accounts, { channel: 'mail' as const, account: mailFrom }]
  const scopes = outgoing.flatMap((through) => scopesOf({ town, ...through }))
  return [...new Set(scopes)].filter((scope) => stopped.has(scope))
}

function deskOf(mails: readonly OpenMail[]): TownStatus['unknown'] {
  const told = mails.slice(0, MAX_DECIDED)
  return {
    count: mails.length,
    mails: told.map(({ number, date, at, code, mayGoAgain }) => ({
      ...{ number, date, at, code, mayGoAgain },
    })),
  }
}

async function runsOf(reading: Reading, date: LocalDay, code?: string) {
  const ofTown = new Map<string, RunStatus[]>()
  const welcomes = new Map<string, number>()
  const { runs } = ledgerCollections(reading.db)
  // What is urgent may last into the next day.
  const isOfToday = { $or: [{ date }, openBefore(date)] }
  const found = runs
    .find({ ...isOfToday, ...(code ? { municipality: code } : {}) })
    .sort({ _id: 1 })
  for await (const run of found) {
    const { municipality, kind } = run
    if (kind === 'welcome') welcomes.set(municipality, (welcomes.get(municipality) ?? 0) + 1)
    else {
      const told = { kind, ...standOf(run), counts: await countsOf(reading, run) }
      ofTown.set(municipality, [...(ofTown.get(municipality) ?? []), told])
    }
  }
  return { ofTown, welcomes }
}

const OPEN = RUN_STATES.filter((state) => state !== 'done')

/** Runs of earlier days that are not over; who registered then is not of today. */
function openBefore(date: LocalDay): Filter<Run> {
  return { state: { $in: OPEN }, date: { $lt: date }, kind: { $ne: 'welcome' } }
}

function standOf({ _id, state, isStale, opensAt, closesAt, wakeAt, hold, plan }: Run) {
  const instants = (ofChannel: PerChannel<Date>) =>
    Object.values(ofChannel)
      .map((one: Date) => one.toISOString())
      .toSorted()
  return {
    id: _id,
    state,
    isStale,
    opensAt: instants(opensAt)[0] ?? '',
    closesAt: instants(closesAt).at(-1) ?? '',
    wakeAt: wakeAt?.toISOString() ?? null,
    hold: hold ? { ...hold, at: hold.at.toISOString() } : null,
    deliveries: plan?.deliveries ?? null,
  }
}

function forgetOtherDays({ over }: Reading, date: LocalDay): void {
  for (const key of over.keys()) if (!key.includes(`:${date}`)) over.delete(key)
}

async function countsOf({ ledger, over }: Reading, run: Run): Promise<Counts> {
  const key = `${run._id} ${run.finishedAt?.toISOString()}`
  const known = run.state === 'done' ? over.get(key) : undefined
  if (known) return known
  const counts = addCounts([await ledger.statusCounts(run)])
  // What nobody knows a person still decides.
  if (run.state === 'done' && !counts.unknown) over.set(key, counts)
  return counts
}

/** What a municipality needs before its first text can go. */
function lacksOf(
  { code, channels, series }: SyncedMunicipality,
  { syncedContent, date }: { syncedContent: Pick<SyncedContent, 'lineOf'>; date: LocalDay },
): string[] {
  const isTaken = ({ effectiveFrom, effectiveTo }: (typeof series)[number]) =>
    (effectiveFrom ?? date) <= date && date <= (effectiveTo ?? date)
  return [
    ...(channels.includes('line') && syncedContent.lineOf(code) === null
      ? ['LINE アカウントが結び付いていません']
      : []),
    ...(channels.length > 0 ? [] : ['届け方(LINE・メール)が選ばれていません']),
    ...(series.some(isTaken) ? [] : ['きょう使うシリーズがありません']),
  ]
}
