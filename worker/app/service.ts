import type { Db } from 'mongodb'

import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import { ledgerCollections } from '../ledger/collections'
import { createLedgerReader } from '../ledger/reading'
import { createDailyReports } from '../report/dailyReports'
import { PAUSE_MS } from '../deliver/pause'
import { createPairCheck } from '../report/pairCheck'
import { createReconcile } from '../report/reconcile'
import { dueRequests, MISSED_DAYS } from '../runs/due'
import { createChangedPeople } from '../runs/changedPeople'
import { createRepublished } from '../runs/republished'
import type { DeliveryHalf } from './deliveryHalf'
import { createHands } from './hands'

/** How often the worker looks for runs and welcomes. */
const POLL_MS = 1000

/** The part of pino's logger that is used. */
export interface ServiceLog {
  info: (fields: object, message: string) => void
  warn: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}

interface ServiceOptions {
  delivery: DeliveryHalf
  log: ServiceLog
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/**
 * The worker's life: ticks compute what is due from the data, hands take runs that are free. Any
 * number of workers may live at once.
 */
export function createService({ delivery, log, onAlert }: ServiceOptions) {
  const { runs, welcomes } = delivery
  const deps: TickDeps = { ...delivery, ...createDailyWork(delivery, onAlert) }
  const hands = createHands({ ...delivery, log, onAlert })
  const poll = async (): Promise<void> => {
    await welcomes.takeUp(runs)
    await hands.takeFreeRuns()
  }
  const polling = createPolling(poll, log)
  return {
    /** Asks for the runs that are due, reconciles and reports. Idempotent. */
    tick: () => tick(deps),

    /** Takes over what is new in the CMS; an outage only leaves things as they are. */
    syncContent: () => syncContent(delivery, log),

    /** Takes up welcomes and free runs, as many as there are hands. */
    poll,

    /** Resolves when no run is worked on here. */
    idle: hands.idle,

    /** Polls from now on, until it is drained. */
    start: polling.start,

    /** Finishes the calls that are out, records them and gives the runs back. */
    drain: async (): Promise<void> => {
      hands.stop()
      await polling.stop()
      await hands.idle()
    },
  }
}

/** The worker's life. */
export type Service = ReturnType<typeof createService>

interface DailyWork {
  askForRepublished: () => Promise<void>
  askForChanged: () => Promise<void>
  reconcile: ReturnType<typeof createReconcile>
  checkSomePairs: () => Promise<void>
  reports: ReturnType<typeof createDailyReports>
}

type TickDeps = DailyWork & Pick<DeliveryHalf, 'syncedContent' | 'runs' | 'db' | 'now'>

function createDailyWork(delivery: DeliveryHalf, onAlert: ServiceOptions['onAlert']): DailyWork {
  const { db, cms, runs, syncedContent, contentStore, now } = delivery
  const { municipalities } = syncedContent
  const ledger = createLedgerReader(db)
  return {
    askForRepublished: createRepublished({ db, store: contentStore, syncedContent, runs, now }),
    askForChanged: createChangedPeople(delivery),
    reconcile: createReconcile({ db, ledger, now, onAlert }),
    checkSomePairs: createPairCheck({ db, now, onAlert }),
    reports: createDailyReports({ db, cms, ledger, municipalities, now }),
  }
}

async function tick(deps: TickDeps): Promise<void> {
  const { syncedContent, askForRepublished, askForChanged, reconcile, reports } = deps
  await syncedContent.refresh()
  if (!syncedContent.isReady()) return
  await requestDueRuns(deps)
  await askForRepublished()
  await askForChanged()
  await deps.runs.endHeld()
  await deps.runs.retryRefused(new Date(deps.now().getTime() - PAUSE_MS))
  await reconcile()
  await deps.checkSomePairs()
  await reports.make()
  await reports.push()
  await beat(deps)
}

async function requestDueRuns({ syncedContent, runs, db, now }: TickDeps): Promise<void> {
  const lastDates = await lastDailyDates(db, localDayOf(now()))
  const municipalities = syncedContent.municipalities()
  const due = dueRequests({ municipalities, now: now(), lastDates })
  for (const request of due) await runs.request(request)
}

/** Each municipality's latest day with a run, of those that are over and today. */
async function lastDailyDates(db: Db, today: LocalDay): Promise<Map<string, LocalDay>> {
  const date = { $gte: addDays(today, -MISSED_DAYS - 1), $lte: today }
  const found = await ledgerCollections(db)
    .runs.aggregate<{ _id: string; date: string }>([
      { $match: { kind: 'daily', date } },
      { $group: { _id: '$municipality', date: { $max: '$date' } } },
    ])
    .toArray()
  return new Map(found.map(({ _id, date }) => [_id, date]))
}

/** A worker's sign of life, for whoever watches. */
async function beat({ db, now }: TickDeps): Promise<void> {
  await db
    .collection<{ _id: string; at: Date }>('heartbeats')
    .updateOne({ _id: 'tick' }, { $set: { at: now() } }, { upsert: true })
}

async function syncContent({ sync, syncedContent }: DeliveryHalf, log: ServiceLog): Promise<void> {
  try {
    const { newReleases } = await sync()
    if (newReleases > 0) log.info({ newReleases }, 'content synced')
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'content not synced')
  }
  await syncedContent.refresh()
}

/** Polls again and again, a while after the last poll has ended, until it is stopped. */
function createPolling(poll: () => Promise<void>, log: ServiceLog) {
  let isStopping = false
  let polling: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  const pollAndWait = () => {
    if (isStopping) return
    polling = poll()
      .catch((error: Error) => log.error({ name: error.name }, 'poll failed'))
      .finally(() => {
        if (!isStopping) timer = setTimeout(pollAndWait, POLL_MS)
      })
  }
  return {
    start: pollAndWait,
    /** Resolves when the last poll has ended. */
    stop: async (): Promise<void> => {
      isStopping = true
      if (timer) clearTimeout(timer)
      await polling
    },
  }
}
