import type { Db } from 'mongodb'

import { lineIdsOf } from '../../src/accounts/topology'
import type { YieldedDay } from '../../src/operation/yielded'
import { yieldedDays, type DayNeeds, type Needs, type Yielding } from '../../src/plan/yielding'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { daysOf, monthOf } from '../../src/stage/month'
import type { SyncedContent } from '../content/syncedContent'
import { readLineHealth, type KeptHealth } from './keptHealth'
import { dailyRunId } from '../runs/due'
import { forecastsOf } from './dayForecast'

interface YieldingOptions {
  db: Db
  syncedContent: Pick<SyncedContent, 'municipalities'>
  now: () => Date
}

/** What LINE said so long ago says nothing of what is left. */
const KNOWN_MS = 48 * 3_600_000

/** The part of what is known of an account that tells what is left of its month. */
export type KnownQuota = Pick<KeptHealth, '_id' | 'at' | 'health' | 'sentToday'>

/** What a municipality's LINE texts of a day yield, by account; nothing where no limit is known. */
export async function yieldingOf(
  options: YieldingOptions,
  code: string,
  day: LocalDay = localDayOf(options.now()),
): Promise<Yielding> {
  const town = options.syncedContent.municipalities().find((one) => one.code === code)
  const known = town ? await readLineHealth(options.db) : new Map<string, KeptHealth>()
  const yielding = new Map<string, Set<YieldedDay['kinds'][number]>>()
  for (const id of town ? lineIdsOf(town) : []) {
    const quota = known.get(id)
    const days = quota ? await yieldedOf(options, quota) : []
    const kinds = days.find(({ date }) => date === day)?.kinds
    if (kinds) yielding.set(id, new Set(kinds))
  }
  return yielding
}

/** What does not go out through an account in the rest of the month; none where its limit is not known. */
export async function yieldedOf(
  options: YieldingOptions,
  quota: KnownQuota,
): Promise<YieldedDay[]> {
  const today = localDayOf(options.now())
  const left = leftOf(quota, options.now())
  if (left === null) return []
  return yieldedDays(left, await needsOf(options, quota._id, today))
}

/**
 * What an account had left of its month when today began; null where it has no limit, or was not asked
 * lately. A month begins with nothing used. *Pure.*
 */
export function leftOf({ at, health, sentToday = 0 }: KnownQuota, now: Date): number | null {
  if (!at || !health || health.limit === null) return null
  if (now.getTime() - at.getTime() > KNOWN_MS) return null
  const today = localDayOf(now)
  const asked = localDayOf(at)
  if (monthOf(asked) !== monthOf(today)) return health.limit
  const before = asked === today ? health.used - sentToday : health.used
  return Math.max(0, health.limit - Math.max(0, before))
}

/** What its municipalities need of an account from today to the end of the month, as far as it is planned. */
async function needsOf(
  { db, syncedContent }: YieldingOptions,
  account: string,
  today: LocalDay,
): Promise<DayNeeds[]> {
  const towns = syncedContent.municipalities().filter((town) => lineIdsOf(town).includes(account))
  const dates = daysOf(monthOf(today)).filter((date) => date >= today)
  const ids = towns.flatMap(({ code }) => dates.map((date) => dailyRunId(code, date)))
  const found = await forecastsOf(db)
    .find({ _id: { $in: ids } })
    .toArray()
  const needsOfRun = new Map(
    found.map(({ _id, ofLine = [] }) => [
      _id,
      ofLine.find((one) => one.account === account)?.needs,
    ]),
  )
  return dates.map((date) => ({
    date,
    needs: towns.map(({ code }) => needsOfRun.get(dailyRunId(code, date)) ?? {}).reduce(added, {}),
  }))
}

function added(some: Needs, more: Needs): Needs {
  const kinds = Object.keys({ ...some, ...more }) as (keyof Needs)[]
  return Object.fromEntries(kinds.map((kind) => [kind, (some[kind] ?? 0) + (more[kind] ?? 0)]))
}
