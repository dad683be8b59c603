import { isAlert, alertOfKey, type AlertContent } from '../../src/release/alert'
import type { Release } from '../../src/release/content'
import { isWhatWasApproved } from '../../src/release/live'
import { localDayOf } from '../../src/stage/day'
import type { SyncedContent } from '../content/syncedContent'
import type { Run } from '../ledger/documents'
import type { RunRequest } from '../ledger/runRequest'
import type { RunStore } from '../ledger/runs'
import { dailyRunId } from './due'

/**
 * How long an alert goes out after two people have sent it: what is not out by then is recorded, and a
 * clock, a backup or another system that brings old ones back sends nothing (municipality.md, accidents).
 */
export const ALERT_LASTS_MS = 2 * 60 * 60 * 1000

/** A correction waits this long for what it corrects to come to rest, so that it goes to the same readers. */
export const CORRECTION_WAITS_MS = 5 * 60 * 1000

interface AlertsOptions {
  syncedContent: Pick<SyncedContent, 'everyAlert' | 'settings' | 'releases'>
  runs: Pick<RunStore, 'request' | 'find'>
  now: () => Date
  /** Whether everything goes into the practice inbox: drills go nowhere else. */
  isPractice: boolean
}

/** Asks for the run of each alert that was just sent; asking again changes nothing. */
export function createAlertRequests(options: AlertsOptions) {
  return async (): Promise<void> => {
    for (const { content, release } of freshAlerts(options)) {
      if (await options.runs.find(alertRunId(content, release))) continue // looked at each second
      if (!(await isReady(options, content, release))) continue
      await options.runs.request(alertRequest(content, release))
    }
  }
}

/** The alerts that may go out now, and are not drills where these would meet real readers. */
function freshAlerts({ syncedContent, now, isPractice }: AlertsOptions): OfAlert[] {
  const fresh = now().getTime() - ALERT_LASTS_MS
  return syncedContent.everyAlert().flatMap((release) => {
    const { content, key, publishedAt } = release
    if (!isAlert(content) || !isWhatWasApproved(release)) return []
    if (content.alert.isTraining && !isPractice) return []
    const isFresh = new Date(publishedAt).getTime() > fresh
    const isOut = syncedContent.releases().latest(key)?.action === 'publish'
    const isActive = syncedContent.settings(content.municipality)?.isActive === true
    return isFresh && isOut && isActive ? [{ content, release }] : []
  })
}

interface OfAlert {
  content: AlertContent
  release: Release
}

async function isReady(
  { syncedContent, runs, now }: AlertsOptions,
  { alert }: AlertContent,
  release: Release,
): Promise<boolean> {
  if (alert.corrects === null) return true
  const corrected = syncedContent.releases().latest(alert.corrects)
  if (!corrected || !isAlert(corrected.content)) return true
  const waited = now().getTime() - new Date(release.publishedAt).getTime()
  const run = await runs.find(alertRunId(corrected.content, corrected))
  return run === null || isOver(run) || waited >= CORRECTION_WAITS_MS
}

function isOver({ state }: Pick<Run, 'state'>): boolean {
  return state === 'done' || state === 'held'
}

/** Id of the run of an alert: the alert's own, so that it is sent once. *Pure.* */
export function alertRunId(
  { municipality, validFrom }: AlertContent,
  { key }: Pick<Release, 'key'>,
): string {
  return `${dailyRunId(municipality, validFrom)}:urgent:${alertOfKey(key) ?? ''}`
}

/** The run of an alert: at once, on both channels, whatever their hours, for two hours. *Pure.* */
export function alertRequest(
  content: AlertContent,
  release: Pick<Release, 'key' | 'publishedAt'>,
): RunRequest {
  const sentAt = new Date(release.publishedAt)
  const closesAt = new Date(sentAt.getTime() + ALERT_LASTS_MS)
  return {
    _id: alertRunId(content, release),
    municipality: content.municipality,
    date: localDayOf(sentAt),
    kind: 'urgent',
    alert: release.key,
    isForced: true,
    isStale: false,
    opensAt: { line: sentAt, mail: sentAt },
    closesAt: { line: closesAt, mail: closesAt },
  }
}
