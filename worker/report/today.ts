import type { Db } from 'mongodb'

import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import type { AlertCount, Alerts } from '../app/alerts'
import type { ContentStore } from '../content/store'
import type { SyncedContent } from '../content/syncedContent'
import { ledgerCollections } from '../ledger/collections'
import type { Run } from '../ledger/documents'
import { addCounts, type LedgerReader } from '../ledger/reading'
import type { DeliveryStatus } from '../ledger/states'

/** How deliveries stand today; true numbers of messages, and of no person. */
export interface Today {
  date: LocalDay
  /** When a worker last computed what is due; null before the first. */
  lastTick: Date | null
  /** Last signs of the workers that have not ended cleanly, newest first. */
  workers: Date[]
  /** When the CMS was last taken over wholly, and how many texts are in force. */
  content: { syncedAt: Date | null; texts: number }
  towns: TownToday[]
  /** What a person had to know within the last day, newest first. */
  alerts: AlertCount[]
}

/** One municipality's day. */
export interface TownToday {
  code: string
  name: string
  /** What keeps it from sending, each in words; empty when it is ready. */
  lacks: string[]
  /** Its runs but for welcomes, the day's own first. */
  runs: RunToday[]
  /** People who registered today and were greeted, or will be. */
  welcomes: number
}

/** A run of today. */
export type RunToday = Pick<
  Run,
  '_id' | 'kind' | 'state' | 'isStale' | 'isForced' | 'wakeAt' | 'opensAt' | 'closesAt' | 'hold'
> & {
  deliveries: number | null
  counts: Partial<Record<DeliveryStatus, number>>
}

interface TodayOptions {
  db: Db
  ledger: Pick<LedgerReader, 'statusCounts'>
  syncedContent: SyncedContent
  contentStore: Pick<ContentStore, 'readState'>
  alerts: Pick<Alerts, 'all'>
  now: () => Date
}

/** How long ago an alert is of today still. */
const DAY_MS = 24 * 3_600_000

/** Reads how deliveries stand today: of one municipality, or of all. */
export async function readToday(options: TodayOptions, code?: string): Promise<Today> {
  const { db, syncedContent, contentStore, alerts, now } = options
  const { heartbeats, workers } = ledgerCollections(db)
  await syncedContent.refresh()
  const date = localDayOf(now())
  const towns = syncedContent.municipalities().filter((one) => !code || one.code === code)
  const [beat, signs, state, all, runs] = await Promise.all([
    heartbeats.findOne({ _id: 'tick' }),
    workers.find().sort({ at: -1 }).toArray(),
    contentStore.readState(),
    alerts.all(),
    runsOf(options, date, code),
  ])
  const { texts, addOns } = syncedContent.content()
  return {
    date,
    lastTick: beat?.at ?? null,
    workers: signs.map(({ at }) => at),
    content: { syncedAt: state.syncedAt, texts: texts.length + addOns.length },
    towns: towns.map((town) => ({
      code: town.code,
      name: town.name,
      lacks: lacksOf(town, { syncedContent, date }),
      runs: runs.ofTown.get(town.code) ?? [],
      welcomes: runs.welcomes.get(town.code) ?? 0,
    })),
    alerts: all
      .filter(({ lastAt }) => now().getTime() - lastAt.getTime() < DAY_MS)
      .toSorted((one, other) => other.lastAt.getTime() - one.lastAt.getTime()),
  }
}

async function runsOf({ db, ledger }: TodayOptions, date: LocalDay, code?: string) {
  const { runs } = ledgerCollections(db)
  const ofTown = new Map<string, RunToday[]>()
  const welcomes = new Map<string, number>()
  const found = runs.find({ date, ...(code ? { municipality: code } : {}) }).sort({ _id: 1 })
  for await (const run of found) {
    const { municipality } = run
    if (run.kind === 'welcome') {
      welcomes.set(municipality, (welcomes.get(municipality) ?? 0) + 1)
      continue
    }
    const counts = addCounts([await ledger.statusCounts(run)])
    const told = { ...run, deliveries: run.plan?.deliveries ?? null, counts }
    ofTown.set(municipality, [...(ofTown.get(municipality) ?? []), told])
  }
  return { ofTown, welcomes }
}

/** What a municipality needs before its first text can go. */
function lacksOf(
  { code, isActive, channels, series }: SyncedMunicipality,
  { syncedContent, date }: { syncedContent: Pick<SyncedContent, 'lineOf'>; date: LocalDay },
): string[] {
  const isTaken = ({ effectiveFrom, effectiveTo }: (typeof series)[number]) =>
    (effectiveFrom ?? date) <= date && date <= (effectiveTo ?? date)
  return [
    ...(isActive ? [] : ['お休みしています']),
    ...(channels.includes('line') && syncedContent.lineOf(code) === null
      ? ['LINE アカウントが結び付いていません']
      : []),
    ...(channels.length > 0 ? [] : ['届け方(LINE・メール)が選ばれていません']),
    ...(series.some(isTaken) ? [] : ['きょう使うシリーズがありません']),
  ]
}
