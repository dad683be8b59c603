import type { CollectionSlug, Payload, Where } from 'payload'

import { SIGN_INS } from '../cms/auditActions'
import { systemNow } from '../config/clock'
import { addDays, localDayOf } from '../stage/day'
import { addMonths, monthOf } from '../stage/month'
import { SURVEY_RESULTS } from '../questionnaire/surveys'
import { VOICES } from '../voice/voices'
import { removeTrash } from './removeTrash'

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

interface RemovalOptions {
  now: () => Date
  keptReportDays: number
}

/**
 * Removes what has ended in the CMS: old reports, old sign-ins, what readers said years ago, jobs that failed long ago, editing locks that
 * nobody took off, texts that lay in the trash for long. In pieces, and as often as anybody likes. Tells how many documents went.
 */
export async function removeOld(
  payload: Payload,
  { now, keptReportDays }: RemovalOptions,
): Promise<number> {
  const today = localDayOf(now())
  // Payload writes these times by the machine's own clock.
  const before = (days: number) => new Date(systemNow().getTime() - days * DAY_MS).toISOString()
  const lastSignIn = new Date(now().getTime() - KEPT_SIGN_IN_DAYS * DAY_MS).toISOString()
  const old: [CollectionSlug, Where][] = [
    ['kizuna-reports', { date: { less_than: addDays(today, -keptReportDays) } }],
    [VOICES, { month: { less_than: addMonths(monthOf(today), -KEPT_VOICE_MONTHS) } }],
    [
      'kizuna-audit-log',
      { and: [{ action: { in: [...SIGN_INS] } }, { at: { less_than: lastSignIn } }] },
    ],
    ['payload-jobs', { updatedAt: { less_than: before(FAILED_JOBS_KEPT_DAYS) } }],
    ['payload-locked-documents', { updatedAt: { less_than: before(LOCKS_KEPT_DAYS) } }],
  ]
  let removed = 0
  for (const [collection, where] of old) removed += await removeAll(payload, collection, where)
  return removed + (await forgetTexts(payload, now)) + (await removeTrash(payload, now))
}

/** What readers wrote to surveys goes as voices do; the numbers, of which none is of one person, stay. */
async function forgetTexts({ db }: Payload, now: () => Date): Promise<number> {
  const first = `${addMonths(monthOf(localDayOf(now())), -KEPT_VOICE_MONTHS)}-01`
  const where: Where = {
    and: [{ createdAt: { less_than: first } }, { texts: { exists: true } }],
  }
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
