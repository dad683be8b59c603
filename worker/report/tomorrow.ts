import type { Db } from 'mongodb'

import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import type { SyncedContent } from '../content/syncedContent'
import { imaginedRun } from '../ledger/runRequest'
import { dailyRequest } from '../runs/due'
import type { RunWorker } from '../runs/runWorker'

/** How many texts a municipality's day would have, as it was planned without a send. */
export interface DayForecast {
  /** `code:date` */
  _id: string
  at: Date
  deliveries: number
}

/** What was planned so long ago is planned anew: texts and families have changed. */
const FRESH_MS = 6 * 3_600_000

/** Planning stops for this tick after so long. */
const BUDGET_MS = 1000

/** Nobody asks for a day that is over. */
const KEPT_SECONDS = 3 * 24 * 3600

/** Where it is stored. */
function forecastsOf(db: Db) {
  return db.collection<DayForecast>('dayForecasts')
}

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

/** Plans tomorrow without a send, municipality by municipality, so that an odd day is seen before it. */
export function createTomorrow(options: TomorrowOptions) {
  const { db, syncedContent, worker, now, elapsed = () => performance.now() } = options
  const forecasts = forecastsOf(db)
  return {
    /** Plans some of what is not known, for a second or until one municipality is done. */
    planSome: async (): Promise<void> => {
      const begun = elapsed()
      const date = addDays(localDayOf(now()), 1)
      const fresh = await freshIds(db, date, new Date(now().getTime() - FRESH_MS))
      for (const town of syncedContent.municipalities()) {
        const _id = `${town.code}:${date}`
        if (!town.isActive || fresh.has(_id)) continue
        const tally = await worker.dryRun(imaginedRun(dailyRequest(town, date)))
        const set = { at: now(), deliveries: tally?.deliveries ?? 0 }
        await forecasts.updateOne({ _id }, { $set: set }, { upsert: true })
        if (elapsed() - begun > BUDGET_MS) return
      }
    },
  }
}

async function freshIds(db: Db, date: LocalDay, since: Date): Promise<Set<string>> {
  const found = await forecastsOf(db)
    .find({ at: { $gt: since } }, { projection: { _id: 1 } })
    .toArray()
  return new Set(found.map(({ _id }) => _id).filter((id) => id.endsWith(`:${date}`)))
}

/** How many texts each municipality has on the day after one, by code, as far as it was planned. */
export async function readTomorrow(db: Db, today: LocalDay): Promise<Map<string, number>> {
  const date = addDays(today, 1)
  const found = await forecastsOf(db)
    .find({ _id: { $regex: `:${date}$` } })
    .toArray()
  return new Map(found.map(({ _id, deliveries }) => [_id.split(':')[0] ?? '', deliveries]))
}
