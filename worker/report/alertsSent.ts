import type { Collection, Db } from 'mongodb'

import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import { alertOfKey, isAlert, type AlertContent } from '../../src/release/alert'
import type { Release } from '../../src/release/content'
import { isDoneByCms, type Cms } from '../content/cms'
import type { SyncedContent } from '../content/syncedContent'
import { createLedgerReader } from '../ledger/reading'
import type { Run } from '../ledger/documents'
import { mayHaveGone, type DeliveryStatus } from '../ledger/states'
import type { RunStore } from '../ledger/runs'
import { ALERT_LASTS_MS, alertRunId } from '../runs/alerts'
import { aboutCount } from './reportNumbers'

/** What became of an alert, as it is kept until long after the CMS has it. */
interface AlertResult {
  /** Id of the alert. */
  _id: string
  toldAt: Date
}

/** What the CMS is told of an alert: to the next ten, as of all that goes to a segment. */
export interface AlertNumbers {
  /** Readers who got it, or may have; null below what may be told. */
  sent: number | null
  /** Who did not: stopped, expired or refused. */
  notSent: number | null
  /** A drill where there is no practice inbox: it was sent to nobody. */
  isOnlyDrilled: boolean
}

/** Alerts older than this are not looked at any more. */
const TOLD_WITHIN_MS = 24 * 60 * 60 * 1000

const FORGOTTEN_AFTER_SECONDS = 30 * 24 * 60 * 60

/** Creates the index of what was told of alerts; may be called at every start. */
export async function ensureAlertIndexes(db: Db): Promise<void> {
  await resultsOf(db).createIndex({ toldAt: 1 }, { expireAfterSeconds: FORGOTTEN_AFTER_SECONDS })
}

interface AlertsSentOptions {
  db: Db
  cms: Pick<Cms, 'hasAlertStep' | 'createAlertStep'>
  runs: Pick<RunStore, 'find'>
  syncedContent: Pick<SyncedContent, 'everyAlert'>
  municipalities: () => SyncedMunicipality[]
  isPractice: boolean
  now: () => Date
}

/** Tells the CMS, once and as soon as it is known, how many got each alert; again until it takes it. */
export function createAlertsSent(options: AlertsSentOptions) {
  const ledger = createLedgerReader(options.db)
  return {
    push: async (): Promise<void> => {
      await isDoneByCms(async () => {
        for (const alert of recentAlerts(options)) await tell(options, ledger, alert)
      })
    },
  }
}

interface OfAlert {
  id: string
  content: AlertContent
  release: Release
}

function recentAlerts({ syncedContent, now }: AlertsSentOptions): OfAlert[] {
  const oldest = now().getTime() - TOLD_WITHIN_MS
  return syncedContent.everyAlert().flatMap((release) => {
    const { content, key, publishedAt } = release
    const id = alertOfKey(key)
    const isRecent = new Date(publishedAt).getTime() >= oldest
    return id !== null && isAlert(content) && isRecent ? [{ id, content, release }] : []
  })
}

async function tell(
  options: AlertsSentOptions,
  ledger: ReturnType<typeof createLedgerReader>,
  { id, content, release }: OfAlert,
): Promise<void> {
  const { db, cms, municipalities, now } = options
  const results = resultsOf(db)
  const town = municipalities().find(({ code }) => code === content.municipality)
  if (!town || (await results.findOne({ _id: id }))) return
  const numbers = await numbersOf(options, ledger, { content, release })
  if (numbers === null) return
  const key = `sent:${id}`
  const step = {
    municipality: town.cmsId,
    alert: id,
    step: 'sent',
    key,
    numbers,
    at: now().toISOString(),
  }
  if (!(await cms.hasAlertStep(key))) await cms.createAlertStep(step)
  await results.updateOne({ _id: id }, { $setOnInsert: { toldAt: now() } }, { upsert: true })
}

/** Null while it is on its way. */
async function numbersOf(
  { runs, isPractice, now }: AlertsSentOptions,
  ledger: ReturnType<typeof createLedgerReader>,
  { content, release }: Pick<OfAlert, 'content' | 'release'>,
): Promise<AlertNumbers | null> {
  if (content.alert.isTraining && !isPractice) return { ...NOBODY, isOnlyDrilled: true }
  const run = await runs.find(alertRunId(content, release))
  const isPast = now().getTime() - new Date(release.publishedAt).getTime() > ALERT_LASTS_MS
  if (run === null) return isPast ? NOBODY : null
  if (run.state !== 'done' && run.state !== 'held') return null
  return countOf(ledger, run)
}

const NOBODY: AlertNumbers = { sent: 0, notSent: 0, isOnlyDrilled: false }

async function countOf(
  ledger: ReturnType<typeof createLedgerReader>,
  run: Run,
): Promise<AlertNumbers> {
  const tally = { sent: 0, notSent: 0 }
  for (const counts of Object.values(await ledger.statusCounts(run))) {
    for (const [status, count] of Object.entries(counts)) {
      tally[mayHaveGone(status as DeliveryStatus) ? 'sent' : 'notSent'] += count
    }
  }
  return { sent: aboutCount(tally.sent), notSent: aboutCount(tally.notSent), isOnlyDrilled: false }
}

function resultsOf(db: Db): Collection<AlertResult> {
  return db.collection<AlertResult>('alertResults')
}
