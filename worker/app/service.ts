import type { Db } from 'mongodb'

import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from './deliveryHalf'
import { dueRequests, isWorkable, MISSED_DAYS } from '../runs/due'
import { ledgerCollections } from '../ledger/collections'
import { createLedgerReader } from '../ledger/reading'
import { createReconcile } from '../report/reconcile'
import { createRepublished } from '../runs/republished'
import { createDailyReports } from '../report/dailyReports'

/** Runs one worker works on at once. */
export const RUNS_AT_ONCE = 4

/** How often the worker looks for runs and welcomes. */
const POLL_MS = 1000

/** How long a run that failed here (or cannot be worked on) is left alone. */
const REST_MS = 30_000

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
  const { runs, worker, syncedContent, sync, cms, welcomes, db, now } = delivery
  const ledger = createLedgerReader(db)
  const reconcile = createReconcile({ db, ledger, now, onAlert })
  const { municipalities } = syncedContent
  const askForRepublished = createRepublished({
    db,
    store: delivery.contentStore,
    syncedContent,
    runs,
    now,
  })
  const reports = createDailyReports({ db, cms, ledger, municipalities, now })
  const working = new Map<string, Promise<void>>()
  const restUntil = new Map<string, number>()
  let isStopping = false

  /** Asks for the runs that are due, reconciles and reports. Idempotent. */
  const tick = async (): Promise<void> => {
    await syncedContent.refresh()
    if (!syncedContent.isReady()) return
    const lastDates = await lastDailyDates(db, localDayOf(now()))
    const due = dueRequests({
      municipalities: syncedContent.municipalities(),
      now: now(),
      lastDates,
    })
    for (const request of due) await runs.request(request)
    await askForRepublished()
    await reconcile()
    await reports.make()
    await reports.push()
    await beat()
  }

  /** Takes over what is new in the CMS; an outage only leaves things as they are. */
  const syncContent = async (): Promise<void> => {
    try {
      const { newReleases } = await sync()
      if (newReleases > 0) log.info({ newReleases }, 'content synced')
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'content not synced')
    }
    await syncedContent.refresh()
  }

  const beat = async () => {
    await db
      .collection<{ _id: string; at: Date }>('heartbeats')
      .updateOne({ _id: 'tick' }, { $set: { at: now() } }, { upsert: true })
  }

  /** Takes up welcomes and free runs, as many as there are hands. */
  const poll = async (): Promise<void> => {
    await welcomes.takeUp(runs)
    if (working.size >= RUNS_AT_ONCE) return
    for (const run of await runs.claimable()) {
      if (working.size >= RUNS_AT_ONCE || isStopping) return
      const isResting = (restUntil.get(run._id) ?? 0) > now().getTime()
      if (!working.has(run._id) && !isResting && isWorkable(run, now())) start(run._id)
    }
  }

  const start = (id: string) => {
    const done = worker
      .work(id, () => isStopping)
      .then(({ status }) => {
        restUntil.delete(id)
        if (status === 'unknownMunicipality') rest(id)
        if (status !== 'taken') log.info({ run: id, status }, 'run worked on')
      })
      .catch((error: Error & { code?: unknown }) => {
        rest(id)
        log.error({ run: id, name: error.name, code: error.code }, 'run failed')
        onAlert('run-failed', { run: id, name: error.name, code: error.code })
      })
      .finally(() => working.delete(id))
    working.set(id, done)
  }

  const rest = (id: string) => restUntil.set(id, now().getTime() + REST_MS)

  let looking: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  const schedulePoll = () => {
    if (isStopping) return
    looking = poll()
      .catch((error: Error) => log.error({ name: error.name }, 'look failed'))
      .finally(() => {
        if (!isStopping) timer = setTimeout(schedulePoll, POLL_MS)
      })
  }

  /** Finishes the calls that are out, records them and gives the runs back. */
  const drain = async (): Promise<void> => {
    isStopping = true
    if (timer) clearTimeout(timer)
    await looking
    await Promise.all(working.values())
  }
  /** Resolves when no run is worked on here. */
  const idle = async (): Promise<void> => {
    await Promise.all(working.values())
  }
  return { tick, syncContent, poll, idle, start: schedulePoll, drain }
}

/** The worker's life. */
export type Service = ReturnType<typeof createService>

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
