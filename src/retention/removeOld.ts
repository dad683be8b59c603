import type { CollectionSlug, Payload, Where } from 'payload'

import { SIGN_INS } from '../cms/auditActions'
import { systemNow } from '../config/clock'
import { addDays, localDayOf } from '../stage/day'
import { addMonths, monthOf } from '../stage/month'
import { SURVEY_RESULTS } from '../questionnaire/surveys'
import { VOICES } from '../voice/voices'
import { countTrash, removeTrash } from './removeTrash'

/** Days that the figures of a day are kept: three fiscal years and the months after. */
export const KEPT_REPORT_DAYS = 1200

/** Less would take away reports that the worker compares its ledger with. */
export const LEAST_REPORT_DAYS = 90

/** Days that it is kept who came in and went: an audit looks back at a fiscal year. */
export const KEPT_SIGN_IN_DAYS = 400

/** Months that what a reader said of a text is kept, a quote too. */
export const KEPT_VOICE_MONTHS = 36

const DAY_MS = 24 * 3_600_000
const FAILED_JOBS_KEPT_DAYS = 30
const LOCKS_KEPT_DAYS = 1

/** Documents of one removal, and removals of one call; what is left goes the next time. */
const AT_ONCE = 500
const PIECES = 20

/** What the removal in the CMS goes by. */
export interface RemovalOptions {
  now: () => Date
  keptReportDays: number
}

/** What of the CMS is removed by its age. */
export type OldKind = 'reports' | 'voices' | 'signIns' | 'jobs' | 'locks' | 'surveyTexts' | 'trash'

/**
 * Removes what has ended in the CMS: old reports, old sign-ins, what readers said years ago, jobs that failed long ago, editing locks that
 * nobody took off, texts that lay in the trash for long. In pieces, and as often as anybody likes. Tells how many documents went.
 */
export async function removeOld(payload: Payload, options: RemovalOptions): Promise<number> {
  const { now } = options
  let removed = 0
  for (const [, collection, where] of oldDocuments(options)) {
    removed += await removeAll(payload, collection, where)
  }
  return removed + (await forgetTexts(payload, now)) + (await removeTrash(payload, now))
}

/** Counts what {@link removeOld} would take away now, by the filters it removes by. */
export async function countOld(payload: Payload, options: RemovalOptions) {
  const rows: { kind: OldKind; due: number }[] = []
  const counted: Old[] = [
    ...oldDocuments(options),
    ['surveyTexts', SURVEY_RESULTS, oldTexts(options.now)],
  ]
  for (const [kind, collection, where] of counted) {
    const { totalDocs } = await payload.db.count({ collection, where })
    rows.push({ kind, due: totalDocs })
  }
  rows.push({ kind: 'trash', due: await countTrash(payload, options.now) })
  return rows
}

type Old = [OldKind, CollectionSlug, Where]

function oldDocuments({ now, keptReportDays }: RemovalOptions): Old[] {
  const today = localDayOf(now())
  // Payload writes these times by the machine's own clock.
  const before = (days: number) => new Date(systemNow().getTime() - days * DAY_MS).toISOString()
  const lastSignIn = new Date(now().getTime() - KEPT_SIGN_IN_DAYS * DAY_MS).toISOString()
  return [
    ['reports', 'kizuna-reports', { date: { less_than: addDays(today, -keptReportDays) } }],
    ['voices', VOICES, { month: { less_than: addMonths(monthOf(today), -KEPT_VOICE_MONTHS) } }],
    [
      'signIns',
      'kizuna-audit-log',
      { and: [{ action: { in: [...SIGN_INS] } }, { at: { less_than: lastSignIn } }] },
    ],
    ['jobs', 'payload-jobs', { updatedAt: { less_than: before(FAILED_JOBS_KEPT_DAYS) } }],
    ['locks', 'payload-locked-documents', { updatedAt: { less_than: before(LOCKS_KEPT_DAYS) } }],
  ]
}

function oldTexts(now: () => Date): Where {
  const first = `${addMonths(monthOf(localDayOf(now())), -KEPT_VOICE_MONTHS)}-01`
  return { and: [{ createdAt: { less_than: first } }, { texts: { exists: true } }] }
}

/** What readers wrote to surveys goes as voices do; the numbers, of which none is of one person, stay. */
async function forgetTexts({ db }: Payload, now: () => Date): Promise<number> {
  const where = oldTexts(now)
  const collection = SURVEY_RESULTS
  const { docs } = await db.find<{ id: string }>({ collection, where, limit: AT_ONCE, select: {} })
  for (const { id } of docs) await db.updateOne({ collection, id, data: { texts: null } })
  return docs.length
}

async function removeAll(
  { db }: Payload,
  collection: CollectionSlug,
  where: Where,
): Promise<number> {
  let removed = 0
  for (let piece = 0; piece < PIECES; piece += 1) {
    const { docs } = await db.find<{ id: string }>({
      collection,
      where,
      limit: AT_ONCE,
      pagination: false,
      select: {},
    })
    if (docs.length === 0) return removed
    await db.deleteMany({ collection, where: { id: { in: docs.map(({ id }) => id) } } })
    removed += docs.length
  }
  return removed
}
