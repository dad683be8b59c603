import type { Db } from 'mongodb'
import { z } from 'zod'

import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import { PAGE_SIZE, type Cms } from '../content/cms'
import type { SyncedContent } from '../content/syncedContent'
import { ledgerCollections } from '../ledger/collections'
import type { Incarnations } from '../ledger/incarnation'
import type { RunStore } from '../ledger/runs'
import { dailyRunId } from '../runs/due'
import type { Welcomes } from '../runs/welcomes'
import type { StoredReport } from './dailyReports'

/** A report as the CMS keeps it. */
const reportSchema = z.object({
  municipality: z.string(),
  date: z.string(),
  isFinal: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  numbers: z.record(z.string(), z.number().nullable()),
})

/** A report that the CMS has and this ledger has not. */
export interface MissingReport {
  code: string
  date: LocalDay
  isFinal: boolean
  numbers: StoredReport['numbers']
}

/** Days back in which a report that is missing here is looked for. */
export const COMPARED_DAYS = 7

interface BehindOptions {
  db: Db
  cms: Pick<Cms, 'reportsSince'>
  syncedContent: Pick<SyncedContent, 'municipalities'>
  incarnations: Incarnations
  runs: RunStore
  welcomes: Pick<Welcomes, 'forget'>
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/**
 * Compares the ledger with the CMS's copy of its reports: a ledger that lacks one was put back to an
 * earlier state, and sends nothing until a person has accepted that.
 */
export function createBehind(options: BehindOptions) {
  let wasCompared = false
  return {
    /** Compares once in the life of this process, as soon as the CMS answers. */
    once: async (): Promise<void> => {
      if (wasCompared) return
      await compare(options)
      wasCompared = true
    },
    /** Reports since a day that are missing here. @throws CmsError */
    missingSince: (date: LocalDay): Promise<MissingReport[]> => missingSince(options, date),
    /**
     * Lets a restored ledger go on: takes over what the CMS has reports of, and leaves all that a
     * lost ledger may have sent to be written off. Tells how many reports it took over; may be
     * called again after a crash.
     *
     * @throws CmsError when the CMS does not answer, because its reports must be known first.
     */
    accept: (): Promise<number> => accept(options),
  }
}

/** The comparison with the CMS. */
export type Behind = ReturnType<typeof createBehind>

async function compare(options: BehindOptions): Promise<void> {
  const { incarnations, onAlert, now } = options
  if (await incarnations.open()) return
  const first = await pageOfMissing(options, addDays(localDayOf(now()), -COMPARED_DAYS), 1)
  if (first.missing.length === 0) return
  const missingFrom = first.missing.map(({ date }) => date).sort()[0] ?? localDayOf(now())
  const lived = await lastSignOfLife(options.db)
  const from = lived !== null && lived < missingFrom ? lived : missingFrom
  if (await incarnations.begin({ from, shownBy: 'reports' })) {
    onAlert('ledger-behind', { shownBy: 'reports', from, reports: first.missing.length })
  }
}

/** The day of the last tick that this state of the ledger has seen. */
async function lastSignOfLife(db: Db): Promise<LocalDay | null> {
  const beat = await ledgerCollections(db).heartbeats.findOne({ _id: 'tick' })
  return beat ? localDayOf(beat.at) : null
}

async function missingSince(options: BehindOptions, date: LocalDay): Promise<MissingReport[]> {
  const all: MissingReport[] = []
  for (let page = 1; ; page += 1) {
    const { missing, isLast } = await pageOfMissing(options, date, page)
    all.push(...missing)
    if (isLast) return all
  }
}

async function pageOfMissing(
  { db, cms, syncedContent }: BehindOptions,
  date: LocalDay,
  page: number,
) {
  const docs = await cms.reportsSince(date, page)
  const codes = new Map(syncedContent.municipalities().map(({ cmsId, code }) => [cmsId, code]))
  const reports = docs.flatMap((doc) => {
    const { municipality, ...report } = reportSchema.parse(doc)
    const code = codes.get(municipality)
    return code === undefined ? [] : [{ code, ...report }]
  })
  const ids = [...new Set(reports.map(storedId))]
  const found = await db
    .collection<StoredReport>('reports')
    .find({ date: { $in: [...new Set(reports.map((one) => one.date))] } })
    .project<Pick<StoredReport, 'municipality' | 'date' | 'isFinal'>>({
      municipality: 1,
      date: 1,
      isFinal: 1,
    })
    .toArray()
  const known = new Set(
    found.map((one) =>
      storedId({ code: one.municipality, date: one.date, isFinal: one.isFinal ?? false }),
    ),
  )
  const unknown = new Set(ids.filter((id) => !known.has(id)))
  return {
    missing: reports.filter((one) => unknown.has(storedId(one))),
    isLast: docs.length < PAGE_SIZE,
  }
}

function storedId({
  code,
  date,
  isFinal,
}: Pick<MissingReport, 'code' | 'date' | 'isFinal'>): string {
  return `${dailyRunId(code, date)}:${isFinal ? 'final' : 'done'}`
}

async function accept(options: BehindOptions): Promise<number> {
  const { incarnations, runs, welcomes } = options
  const loss = await incarnations.open()
  if (!loss) return 0
  const missing = await missingSince(options, loss.from)
  await adopt(options, missing)
  await welcomes.forget(loss.until)
  await runs.reopenHeld()
  const reported = missing.map(({ code, date }) => dailyRunId(code, date))
  await incarnations.accept([...new Set(reported)])
  return missing.length
}

/** What the CMS has of a day is this ledger's report too, and no other is made of it. */
async function adopt({ db, now }: BehindOptions, missing: MissingReport[]): Promise<void> {
  const reports = db.collection<StoredReport>('reports')
  for (const { code, date, isFinal, numbers } of missing) {
    const _id = storedId({ code, date, isFinal })
    const adopted = { municipality: code, date, isFinal, numbers, madeAt: now(), pushedAt: now() }
    await reports.updateOne({ _id }, { $setOnInsert: adopted }, { upsert: true })
  }
}
