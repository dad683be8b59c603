import type { Collection, Db } from 'mongodb'
import { z } from 'zod'

import { EXCLUSION_REASONS, type ExclusionReason } from '../../src/plan/reason'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { readMonthFigures, type Figure, type MonthFigures } from '../../src/statistics/figures'
import { monthFigures, type MonthCounts } from '../../src/statistics/monthFigures'
import { fiscalYearStart, monthsToldWith, spanFor, toldInYear } from '../../src/statistics/months'
import { addDays, localDayOf } from '../../src/stage/day'
import { addMonths, monthOf, type Month } from '../../src/stage/month'
import { CmsError, type Cms } from '../content/cms'
import { ledgerCollections } from '../ledger/collections'
import { addCounts, type LedgerReader } from '../ledger/reading'
import { isGreeted } from '../planning/planning'
import { formUseId, formUses } from '../readers/formUse'
import type { Reader } from '../readers/reader'
import { beginOf, endOf } from './monthBounds'
import { countPeople, knownCodes, type KnownCodes } from './monthPeople'
import { countStays } from './monthStays'

/** A municipality's month as it was told, until the CMS has it and after. */
export interface StoredMonth {
  /** `code|2026-10` */
  _id: string
  municipality: string
  month: Month
  figures: MonthFigures
  madeAt: Date
  pushedAt: Date | null
}

/** Kept as long as anything may be told together with it. */
const KEPT_SECONDS = 3 * 366 * 24 * 60 * 60

/** Creates the indexes of the months; may be called at every start. */
export async function ensureMonthIndexes(db: Db): Promise<void> {
  const months = db.collection<StoredMonth>('monthFigures')
  await months.createIndexes([
    { key: { month: 1, municipality: 1 } },
    { key: { pushedAt: 1, _id: 1 } },
    { key: { madeAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ])
}

interface MonthsOptions {
  db: Db
  cms: Pick<Cms, 'all' | 'createMonthFigures' | 'monthFigures'>
  ledger: Pick<LedgerReader, 'statusCounts'>
  municipalities: () => SyncedMunicipality[]
  now: () => Date
}

interface Months extends MonthsOptions {
  stored: Collection<StoredMonth>
}

/** Towns a tick makes the month of: the rest waits for the next one, and the day's runs for none. */
const MADE_AT_ONCE = 5

/** Months a push brings to the CMS. */
const PUSHED_AT_ONCE = 20

/**
 * Makes each municipality's figures of the month that is over, once, and brings them to the CMS. A
 * month is over on its second day after: the day before, the last runs may still be under way.
 */
export function createMonthFigures(options: MonthsOptions) {
  const months: Months = { ...options, stored: options.db.collection<StoredMonth>('monthFigures') }
  return { make: () => make(months), push: () => push(months) }
}

async function make(months: Months): Promise<void> {
  const month = addMonths(monthOf(addDays(localDayOf(months.now()), -1)), -1)
  const known = new Set(await months.stored.distinct('municipality', { month }))
  const missing = months.municipalities().filter(({ code }) => !known.has(code))
  if (missing.length === 0) return
  // Before its first reader a town has no months.
  const readers = months.db.collection<Reader>('readers')
  const begun = new Set(
    await readers.distinct('municipality', {
      municipality: { $in: missing.map(({ code }) => code) },
      consentedAt: { $lt: endOf(month) },
    }),
  )
  const due = missing.filter(({ code }) => begun.has(code)).slice(0, MADE_AT_ONCE)
  if (due.length === 0) return
  const sources = await sourcesOf(months)
  if (!sources) return
  for (const municipality of due) {
    const own = sources.get(municipality.cmsId) ?? []
    const codes = knownCodes(municipality, own)
    await makeOne(months, { code: municipality.code, month, codes, sources: own })
  }
}

const sourceSchema = z.object({
  municipality: z.union([z.string(), z.number()]).transform(String),
  code: z.string(),
})

/** The codes of each municipality's sources, by its id in the CMS; null while it does not answer. */
async function sourcesOf({ cms }: Months): Promise<Map<string, string[]> | null> {
  const found = await cms.all('kizuna-sources').catch((error: unknown) => {
    if (error instanceof CmsError) return null
    throw error
  })
  if (!found) return null
  const sources = new Map<string, string[]>()
  for (const one of found) {
    const { municipality: id, code } = sourceSchema.parse(one)
    sources.set(id, [...(sources.get(id) ?? []), code])
  }
  return sources
}

interface TownMonth {
  code: string
  month: Month
  codes: KnownCodes
  /** Codes of its own sources, which stand in addresses. */
  sources: readonly string[]
}

async function makeOne(months: Months, town: TownMonth): Promise<void> {
  const { code, month } = town
  const earlier = await toldBefore(months, town)
  const before = Object.fromEntries(earlier.map((one) => [one.month, one.registered.total]))
  const stays = await countStays(months.db, town, earlier)
  const figures = monthFigures({ ...(await countsOf(months, town, before)), stays }, before)
  const told = { municipality: code, month, figures, madeAt: months.now(), pushedAt: null }
  await months.stored.updateOne(
    { _id: `${code}|${month}` },
    { $setOnInsert: told },
    { upsert: true },
  )
}

/** What was told of the months of this and the last fiscal year. */
async function toldBefore({ stored }: Months, { code, month }: TownMonth): Promise<MonthFigures[]> {
  const from = addMonths(fiscalYearStart(month), -12)
  const found = await stored
    .find({ municipality: code, month: { $gte: from, $lt: month } })
    .toArray()
  return found.map(({ figures }) => figures)
}

async function countsOf(
  months: Months,
  town: TownMonth,
  before: Readonly<Record<Month, Figure>>,
): Promise<Omit<MonthCounts, 'stays'>> {
  const { db } = months
  const { code, month, codes } = town
  const together = monthsToldWith(
    month,
    spanFor(toldInYear(before, addMonths(fiscalYearStart(month), -12))),
  )
  const joined = { municipality: code, isErased: { $exists: false } }
  const between = (from: Month, to: Month) => ({
    ...joined,
    consentedAt: { $gte: beginOf(from), $lt: endOf(to) },
  })
  const there = { ...joined, status: 'active', consentedAt: { $lt: endOf(month) } }
  const onLastDay = addDays(`${addMonths(month, 1)}-01`, -1)
  const [registered, breakdown, active, ended] = await Promise.all([
    db.collection('readers').countDocuments(between(month, month)),
    together &&
      countPeople(db, { who: between(together[0] ?? month, month), codes, on: 'consent' }),
    countPeople(db, { who: there, codes, on: onLastDay }),
    endedOf(months, town),
  ])
  const use = await formUses(db).findOne({ _id: formUseId(code, month) })
  const { welcomed, ...deliveries } = await deliveriesOf(months, town)
  return {
    month,
    registered,
    breakdown: together &&
      breakdown && { months: together, by: breakdown.by, use: await useOf(months, town, together) },
    active,
    ended,
    funnel: { opened: use?.opened ?? 0, started: use?.started ?? 0, accepted: welcomed },
    deliveries,
  }
}

/** How the form was used in some months by who came by the town's own sources. */
async function useOf({ db }: Months, { code, sources }: TownMonth, of: readonly Month[]) {
  const ids = (source: string) => of.map((month) => formUseId(code, month, source))
  const uses = await formUses(db)
    .find({ _id: { $in: sources.flatMap(ids) } })
    .toArray()
  return sources.map((source) => {
    const own = uses.filter(({ _id }) => ids(source).includes(_id))
    return {
      code: source,
      opened: own.reduce((sum, { opened = 0 }) => sum + opened, 0),
      started: own.reduce((sum, { started = 0 }) => sum + started, 0),
    }
  })
}

/** Those who have stopped in the quarter that ends with this month. */
async function endedOf({ db }: Months, { code, month }: TownMonth): Promise<MonthCounts['ended']> {
  const months = monthsToldWith(month, 'quarter')
  if (!months) return null
  const from = months[0] ?? month
  const count = await db.collection('readers').countDocuments({
    municipality: code,
    status: 'stopped',
    changedAt: { $gte: beginOf(from), $lt: endOf(month) },
  })
  return { from, to: month, count }
}

async function deliveriesOf(
  { db, ledger }: Months,
  { code, month }: TownMonth,
): Promise<MonthCounts['deliveries'] & { welcomed: number }> {
  const { runs } = ledgerCollections(db)
  const ofMonth = { municipality: code, date: { $gte: `${month}-01`, $lte: `${month}-31` } }
  let planned = 0
  let accepted = 0
  let welcomed = 0
  const excluded = new Map<ExclusionReason, { count: number; people: number }>()
  for await (const run of runs.find(ofMonth)) {
    planned += run.plan?.candidates ?? 0
    const taken = addCounts([await ledger.statusCounts(run)]).accepted ?? 0
    accepted += taken
    if (isGreeted({ run }) && taken > 0) welcomed += 1
    for (const reason of EXCLUSION_REASONS) {
      const count = run.plan?.exclusions[reason] ?? 0
      const known = excluded.get(reason) ?? { count: 0, people: 0 }
      // one person may be left out every day: at least as many people as on the fullest day
      const people = Math.max(known.people, count)
      excluded.set(reason, { count: known.count + count, people })
    }
  }
  return {
    planned,
    accepted,
    welcomed,
    excluded: EXCLUSION_REASONS.map((reason) => ({
      code: reason,
      ...(excluded.get(reason) ?? { count: 0, people: 0 }),
    })),
  }
}

async function push({ stored, cms, municipalities, now }: Months): Promise<void> {
  const idOf = new Map(municipalities().map(({ code, cmsId }) => [code, cmsId]))
  const waiting = await stored
    .find({ pushedAt: null, municipality: { $in: [...idOf.keys()] } })
    .sort({ _id: 1 })
    .limit(PUSHED_AT_ONCE)
    .toArray()
  for (const { _id, municipality: code, month, figures } of waiting) {
    const municipality = idOf.get(code) ?? ''
    try {
      // What was told once holds, whatever this database was put back to since.
      const told = readMonthFigures(await cms.monthFigures(municipality, month))
      if (!told) await cms.createMonthFigures({ municipality, month, figures })
      await stored.updateOne({ _id }, { $set: { figures: told ?? figures, pushedAt: now() } })
    } catch (error) {
      if (error instanceof CmsError) return
      throw error
    }
  }
}
