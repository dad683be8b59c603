import type { Db } from 'mongodb'

import type { Forecast } from '../../src/plan/forecast'
import type { Withdrawal } from '../../src/plan/withdrawals'
import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import { CmsError, type Cms } from '../content/cms'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { instantOf } from '../runs/due'
import { createForecasts } from './forecasts'
import { addCountsByChannel, type LedgerReader } from '../ledger/reading'
import type { Reader } from '../readers/reader'
import { reportNumbers, type ReportNumbers } from './reportNumbers'
import { createWithdrawalCounts, type WithdrawnOn } from './withdrawalCounts'

/** A report as stored until the CMS has it, and after. */
interface StoredReport {
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
  forecast?: Forecast
  madeAt: Date
  pushedAt: Date | null
}

interface ReportsOptions {
  db: Db
  cms: Pick<Cms, 'createReport'>
  ledger: LedgerReader
  municipalities: () => SyncedMunicipality[]
  now: () => Date
}

/** Days back that still get a report. */
const REPORT_DAYS = 7

/** Makes each municipality's daily reports and brings them to the CMS, again until it takes them. */
export function createDailyReports({ db, cms, ledger, municipalities, now }: ReportsOptions) {
  const reports = db.collection<StoredReport>('reports')
  const readers = db.collection<Reader>('readers')
  const forecasts = createForecasts(db)
  const withdrawn = createWithdrawalCounts(db)

  /** Makes what is due; a report that exists is not made again. */
  const make = async (): Promise<void> => {
    const today = localDayOf(now())
    for (let back = 0; back <= REPORT_DAYS; back += 1) {
      const date = addDays(today, -back)
      const { keys, times } = await withdrawn.on(date)
      for (const { code } of municipalities()) {
        await makeOf({ code, date, keys, times }, date < today)
      }
    }
  }

  const makeOf = async ({ code, date, keys, times }: ReportOf, isFinal: boolean) => {
    const again = times > 0 ? `+${times}` : ''
    const _id = `${code}:${date}:${isFinal ? 'final' : `done${again}`}`
    if (await reports.findOne({ _id }, { projection: { _id: 1 } })) return
    const runs = await ledger.runsOf(date, code)
    const daily = runs.find(({ kind }) => kind === 'daily')
    if (daily?.state !== 'done') return
    const counts = addCountsByChannel(
      await Promise.all(runs.map((run) => ledger.statusCounts(run))),
    )
    const candidates = runs.reduce((sum, { plan }) => sum + (plan?.candidates ?? 0), 0)
    const leftOut = runs.reduce((sum, { plan }) => sum + (plan?.leftOut ?? 0), 0)
    const people = await peopleOf(code, date)
    const numbers = reportNumbers({ ...people, candidates, leftOut, counts })
    const withdrawals = await withdrawn.of(runs, keys)
    const forecast = await forecasts.of(code, addDays(localDayOf(now()), 1))
    const rest = { isFinal, withdrawals, forecast, madeAt: now(), pushedAt: null }
    const made = { municipality: code, date, numbers, ...rest }
    await reports.updateOne({ _id }, { $setOnInsert: made }, { upsert: true })
  }

  const peopleOf = async (municipality: string, date: LocalDay) => {
    const [from, to] = [instantOf(date, '00:00'), instantOf(date, '24:00')]
    const active = { municipality, status: 'active' as const, createdAt: { $lt: to } }
    const [all, registered] = await Promise.all([
      readers.countDocuments(active),
      readers.countDocuments({ ...active, createdAt: { $gte: from, $lt: to } }),
    ])
    return { readers: all, registered }
  }

  /** Brings what the CMS has not got yet. Tells how many it took. */
  const push = async (): Promise<number> => {
    const waiting = await reports.find({ pushedAt: null }).sort({ _id: 1 }).limit(200).toArray()
    let pushed = 0
    for (const { _id, municipality, ...report } of waiting) {
      const cmsId = municipalities().find(({ code }) => code === municipality)?.cmsId
      if (!cmsId) continue
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
  return { make, push }
}

/** What a report is about: whose day, and what was withdrawn on it. */
interface ReportOf extends WithdrawnOn {
  code: string
  date: LocalDay
}

/** What the CMS gets of a report. */
function partsOf({ date, numbers, ...more }: Omit<StoredReport, '_id' | 'municipality'>) {
  const { isFinal, withdrawals, forecast } = more
  return { date, numbers, isFinal, withdrawals, forecast }
}

/** Reports, made and pushed. */
export type Reports = ReturnType<typeof createDailyReports>
