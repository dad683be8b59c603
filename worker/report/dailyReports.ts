import type { Collection, Db } from 'mongodb'

import type { Forecast } from '../../src/plan/forecast'
import type { Withdrawal } from '../../src/plan/withdrawals'
import { addDays, instantOf, localDayOf, type LocalDay } from '../../src/stage/day'
import { CmsError, type Cms } from '../content/cms'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { createForecasts } from './forecasts'
import { ledgerCollections } from '../ledger/collections'
import type { Run } from '../ledger/documents'
import { addCountsByChannel, type LedgerReader } from '../ledger/reading'
import type { Reader } from '../readers/reader'
import { aboutCount, reportNumbers, type ReportNumbers } from './reportNumbers'
import { createWithdrawalCounts, type WithdrawnOn } from './withdrawalCounts'

/** A report as stored until the CMS has it, and after. */
export interface StoredReport {
  /**
   * `code:date:done` after the run, `code:date:final` when the day is over; `code:date:done+n` after
   * the n-th withdrawal of the day.
   */
  _id: string
  municipality: string
  date: LocalDay
  numbers: ReportNumbers
  isFinal?: boolean
  withdrawals?: Withdrawal[]
  /** How many got each notice of the day. */
  notices?: Withdrawal[]
  forecast?: Forecast
  madeAt: Date
  pushedAt: Date | null
}

/** Creates the indexes of the reports; may be called at every start. */
export async function ensureReportIndexes(db: Db): Promise<void> {
  const reports = db.collection<StoredReport>('reports')
  await reports.createIndexes([{ key: { pushedAt: 1, _id: 1 } }, { key: { date: 1 } }])
  // The notices of a town's day; of other texts there is no entry.
  await db
    .collection('synced_releases')
    .createIndex(
      { 'content.municipality': 1, 'content.validFrom': 1, key: 1 },
      { partialFilterExpression: { 'content.timing': 'notice' } },
    )
}

interface ReportsOptions {
  db: Db
  cms: Pick<Cms, 'createReport'>
  ledger: LedgerReader
  municipalities: () => SyncedMunicipality[]
  now: () => Date
}

/** Days back that still get a report. */
export const REPORT_DAYS = 7

/** Reports a push brings to the CMS; the rest waits for the next tick. */
const REPORTS_PER_PUSH = 200

/** Makes each municipality's daily reports and brings them to the CMS, again until it takes them. */
export function createDailyReports(options: ReportsOptions) {
  const { db } = options
  const deps: Reporting = {
    ...options,
    reports: db.collection<StoredReport>('reports'),
    readers: db.collection<Reader>('readers'),
    forecasts: createForecasts(db),
    withdrawn: createWithdrawalCounts(db),
  }
  return {
    /** Makes what is due; a report that exists is not made again. */
    make: () => makeDue(deps),
    /** Brings what the CMS has not got yet. Tells how many it took. */
    push: () => push(deps),
  }
}

/** Reports, made and pushed. */
export type Reports = ReturnType<typeof createDailyReports>

interface Reporting extends ReportsOptions {
  reports: Collection<StoredReport>
  readers: Collection<Reader>
  forecasts: ReturnType<typeof createForecasts>
  withdrawn: ReturnType<typeof createWithdrawalCounts>
}

/** What a report is about: whose day, and what was withdrawn on it. */
interface ReportOf extends WithdrawnOn {
  code: string
  date: LocalDay
  /** The day is over: this is its last report. */
  isFinal: boolean
}

async function makeDue(deps: Reporting): Promise<void> {
  const today = localDayOf(deps.now())
  for (let back = 0; back <= REPORT_DAYS; back += 1) {
    const date = addDays(today, -back)
    const { keys, times } = await deps.withdrawn.on(date)
    const ofDay = { date, keys, times, isFinal: date < today }
    for (const code of await codesWithout(deps, ofDay)) await makeOne(deps, { code, ...ofDay })
  }
}

/** Municipalities whose day is done and has no such report: two reads, however many there are. */
async function codesWithout(deps: Reporting, ofDay: Omit<ReportOf, 'code'>): Promise<string[]> {
  const { runs } = ledgerCollections(deps.db)
  const daily = { date: ofDay.date, kind: 'daily' as const, state: 'done' as const }
  const done = new Set(await runs.distinct('municipality', daily))
  const codes = deps.municipalities().flatMap(({ code }) => (done.has(code) ? [code] : []))
  const _id = { $in: codes.map((code) => reportId({ code, ...ofDay })) }
  const found = await deps.reports.find({ _id }, { projection: { _id: 1 } }).toArray()
  const made = new Set(found.map((report) => report._id))
  return codes.filter((code) => !made.has(reportId({ code, ...ofDay })))
}

async function makeOne(deps: Reporting, report: ReportOf): Promise<void> {
  const { reports, ledger } = deps
  const { code, date } = report
  const _id = reportId(report)
  const runs = await ledger.runsOf(date, code)
  const daily = runs.find(({ kind }) => kind === 'daily')
  if (daily?.state !== 'done') return
  const made = await figuresOf(deps, report, runs)
  await reports.updateOne({ _id }, { $setOnInsert: made }, { upsert: true })
}

function reportId({ code, date, times, isFinal }: ReportOf): string {
  const again = times > 0 ? `+${times}` : ''
  return `${code}:${date}:${isFinal ? 'final' : `done${again}`}`
}

async function figuresOf(
  { ledger, withdrawn, forecasts, ...deps }: Reporting,
  { code, date, keys, isFinal }: ReportOf,
  runs: Run[],
): Promise<Omit<StoredReport, '_id'>> {
  const counts = addCountsByChannel(await Promise.all(runs.map((run) => ledger.statusCounts(run))))
  const candidates = runs.reduce((sum, { plan }) => sum + (plan?.candidates ?? 0), 0)
  const leftOut = runs.reduce((sum, { plan }) => sum + (plan?.leftOut ?? 0), 0)
  const readers = await countReaders(deps, code, date)
  return {
    municipality: code,
    date,
    numbers: reportNumbers({ readers, candidates, leftOut, counts }),
    isFinal,
    withdrawals: await withdrawn.of(runs, keys),
    notices: (await withdrawn.of(runs, await withdrawn.noticesOn(code, date))).map(aboutSent),
    forecast: await forecasts.of(code, addDays(localDayOf(deps.now()), 1)),
    madeAt: deps.now(),
    pushedAt: null,
  }
}

function countReaders(
  { readers }: Pick<Reporting, 'readers'>,
  municipality: string,
  date: LocalDay,
): Promise<number> {
  const to = instantOf(date, '24:00')
  return readers.countDocuments({ municipality, status: 'active', createdAt: { $lt: to } })
}

/** To the next ten: segments may be chosen so that two exact numbers differ by one person. */
function aboutSent({ key, sent, stopped }: Withdrawal): Withdrawal {
  const about = (count: number | null) => (count === null ? null : aboutCount(count))
  return { key, sent: about(sent), stopped: about(stopped) }
}

async function push({ reports, cms, municipalities, now }: Reporting): Promise<number> {
  const idOf = new Map(municipalities().map(({ code, cmsId }) => [code, cmsId]))
  // Only of those the CMS has: reports of others must not keep these waiting.
  const waiting = await reports
    .find({ pushedAt: null, municipality: { $in: [...idOf.keys()] } })
    .sort({ _id: 1 })
    .limit(REPORTS_PER_PUSH)
    .toArray()
  let pushed = 0
  for (const { _id, municipality, ...report } of waiting) {
    const cmsId = idOf.get(municipality)
    if (cmsId === undefined) continue
    try {
      await cms.createReport({ municipality: cmsId, ...partsOf(report) })
    } catch (error) {
      if (error instanceof CmsError) return pushed
      throw error
    }
    await reports.updateOne({ _id }, { $set: { pushedAt: now() } })
    pushed += 1
  }
  return pushed
}

/** What the CMS gets of a report. */
function partsOf({ date, numbers, ...more }: Omit<StoredReport, '_id' | 'municipality'>) {
  const { isFinal, withdrawals, notices, forecast } = more
  return { date, numbers, isFinal, withdrawals, notices, forecast }
}
