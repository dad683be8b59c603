import type { Db } from 'mongodb'

import { lineIdsOf } from '../../src/accounts/topology'
import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import { daysOf, monthOf } from '../../src/stage/month'
import type { SyncedContent } from '../content/syncedContent'
import { ledgerCollections } from '../ledger/collections'
import { imaginedRun } from '../ledger/runRequest'
import { dailyRequest, dailyRunId } from '../runs/due'
import type { RunWorker } from '../runs/runWorker'
import { forecastsOf } from './dayForecast'
import { readLineHealth } from './keptHealth'

/** What was planned so long ago is planned anew: texts and families have changed. */
const FRESH_MS = 6 * 3_600_000

/** A later day may be known by what was planned so long ago. */
const KNOWN_MS = 24 * 3_600_000

/** Planning stops for this tick after so long. */
const BUDGET_MS = 1000

/** Nobody asks for a day that is over. */
const KEPT_SECONDS = 3 * 24 * 3600

/** Creates the index; may be called at every start. */
export async function ensureDayForecasts(db: Db): Promise<void> {
  await forecastsOf(db).createIndex({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS })
}

interface TomorrowOptions {
  db: Db
  syncedContent: Pick<SyncedContent, 'municipalities'>
  worker: Pick<RunWorker, 'dryRun'>
  now: () => Date
  elapsed?: () => number
}

/**
 * Plans tomorrow without a send, municipality by municipality, so that an odd day is seen before it; where
 * a LINE account has a limit, the rest of the month too, so that it is known what will not find room.
 */
export function createTomorrow(options: TomorrowOptions) {
  const { elapsed = () => performance.now() } = options
  return {
    /** Plans some of what is not known, for a second or until one day of a municipality is done. */
    planSome: async (): Promise<void> => {
      const begun = elapsed()
      for await (const { town, date } of daysToPlan(options)) {
        await planDay(options, town, date)
        if (elapsed() - begun > BUDGET_MS) return
      }
    },
  }
}

type Town = ReturnType<SyncedContent['municipalities']>[number]

interface TownDay {
  town: Town
  date: LocalDay
}

async function* daysToPlan({ db, syncedContent, now }: TomorrowOptions): AsyncGenerator<TownDay> {
  const today = localDayOf(now())
  const tomorrow = addDays(today, 1)
  const agoOf = (ms: number) => new Date(now().getTime() - ms)
  const towns = syncedContent.municipalities().filter(({ isActive }) => isActive)
  const soon = await freshIds(db, agoOf(FRESH_MS))
  for (const town of towns)
    if (!soon.has(dailyRunId(town.code, tomorrow))) yield { town, date: tomorrow }
  const limited = await limitedTowns(db, towns)
  if (limited.length === 0) return
  const known = await freshIds(db, agoOf(KNOWN_MS))
  const begun = await begunToday(db, today)
  const later = daysOf(monthOf(today)).filter((date) => date > tomorrow)
  for (const town of limited) {
    if (!begun.has(town.code) && !soon.has(dailyRunId(town.code, today)))
      yield { town, date: today }
    for (const date of later) if (!known.has(dailyRunId(town.code, date))) yield { town, date }
  }
}

/** Towns with a LINE account of which a month's limit is known. */
async function limitedTowns(db: Db, towns: readonly Town[]): Promise<Town[]> {
  const kept = await readLineHealth(db)
  const isLimited = (id: string) => (kept.get(id)?.health?.limit ?? null) !== null
  return towns.filter((town) => lineIdsOf(town).some(isLimited))
}

/** Whose run of today is there: what it would come to is known no more by planning it. */
async function begunToday(db: Db, date: LocalDay): Promise<Set<string>> {
  const found = await ledgerCollections(db)
    .runs.find({ date, kind: 'daily' }, { projection: { municipality: 1 } })
    .toArray()
  return new Set(found.map(({ municipality }) => municipality))
}

async function planDay({ db, worker, now }: TomorrowOptions, town: Town, date: LocalDay) {
  const request = dailyRequest(town, date)
  const tally = await worker.dryRun(imaginedRun(request))
  const ofLine = [...(tally?.ofLine ?? [])].map(([account, needs]) => ({ account, needs }))
  const set = { at: now(), deliveries: tally?.deliveries ?? 0, ofLine }
  await forecastsOf(db).updateOne({ _id: request._id }, { $set: set }, { upsert: true })
}

async function freshIds(db: Db, since: Date): Promise<Set<string>> {
  const found = await forecastsOf(db)
    .find({ at: { $gt: since } }, { projection: { _id: 1 } })
    .toArray()
  return new Set(found.map(({ _id }) => _id))
}

/** How many texts each municipality has on the day after one, by code, as far as it was planned. */
export async function readTomorrow(db: Db, today: LocalDay): Promise<Map<string, number>> {
  const date = addDays(today, 1)
  const found = await forecastsOf(db)
    .find({ _id: { $regex: `:${date}$` } })
    .toArray()
  return new Map(found.map(({ _id, deliveries }) => [_id.split(':')[0] ?? '', deliveries]))
}
