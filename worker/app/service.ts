import type { Db } from 'mongodb'

import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import { failureOf } from '../concurrency/failure'
import { ledgerCollections } from '../ledger/collections'
import { mayHaveGone, type Loss } from '../ledger/incarnation'
import type { RunRequest } from '../ledger/runRequest'
import { createLedgerReader } from '../ledger/reading'
import { createBehind, type Behind } from '../report/behind'
import { createDailyReports } from '../report/dailyReports'
import { createMonthFigures } from '../report/monthFigures'
import { createAlertsSent } from '../report/alertsSent'
import { createVoicePush } from '../report/voices'
import { createSurveyWork } from '../survey/results'
import { PAUSE_MS } from '../deliver/pause'
import { createPairCheck } from '../report/pairCheck'
import { pausedSentence } from '../report/lossSentences'
import { createLineHealth } from '../report/lineHealth'
import { createStatusPush } from '../report/statusPush'
import { createToday } from '../report/today'
import { createTomorrow } from '../report/tomorrow'
import { createReconcile } from '../report/reconcile'
import { createAlertRequests } from '../runs/alerts'
import { dueRequests, MISSED_DAYS, openingOn } from '../runs/due'
import { createChangedPeople } from '../runs/changedPeople'
import { createRepublished } from '../runs/republished'
import type { MunicipalitySettings } from '../../src/plan/settings'
import type { DeliveryHalf } from './deliveryHalf'
import { createHands } from './hands'
import { createResealing } from '../keys/resealing'
import { createDailyRemoval } from '../retention/dailyRemoval'
import { createWorkerSign } from './workerSign'

/** Pieces that are removed, or sealed anew, in one tick: a second or two at most. */
const PIECES_PER_TICK = 5

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
  const { runs, welcomes, clock } = delivery
  const compare = createBehind(delivery)
  const deps: TickDeps = { ...delivery, ...createDailyWork(delivery, onAlert) }
  const askForAlerts = createAlertRequests(delivery)
  const hands = createHands({ ...delivery, log, onAlert })
  const sign = createWorkerSign(delivery)
  const poll = async (): Promise<void> => {
    await sign.give()
    if ((await delivery.incarnations.open()) || !(await clock.isRight())) return
    await askForAlerts()
    await welcomes.takeUp(runs)
    await hands.takeFreeRuns()
  }
  const polling = createPolling(poll, log)
  return {
    /**
     * Asks for the runs that are due, reconciles and reports. Idempotent; nothing happens while this
     * machine's clock is wrong.
     */
    tick: () => tick(deps),

    /** Takes over what is new in the CMS; an outage only leaves things as they are. */
    syncContent: () => syncContent(delivery, { log, compare }),

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
      await sign.takeAway()
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
  months: ReturnType<typeof createMonthFigures>
  voices: ReturnType<typeof createVoicePush>
  alertsSent: ReturnType<typeof createAlertsSent>
  surveys: ReturnType<typeof createSurveyWork>
  status: ReturnType<typeof createStatusPush>
  tomorrow: ReturnType<typeof createTomorrow>
  lineHealth: ReturnType<typeof createLineHealth>
  removeSome: () => Promise<boolean>
  resealSome: () => Promise<boolean>
}

type TickDeps = DailyWork &
  Pick<
    DeliveryHalf,
    | 'syncedContent'
    | 'runs'
    | 'incarnations'
    | 'db'
    | 'now'
    | 'clock'
    | 'lineMenus'
    | 'dateNotes'
    | 'accountMoves'
    | 'bounces'
    | 'acts'
  >

function createDailyWork(delivery: DeliveryHalf, onAlert: ServiceOptions['onAlert']): DailyWork {
  const { db, cms, runs, syncedContent, contentStore, now } = delivery
  const { municipalities } = syncedContent
  const ledger = createLedgerReader(db)
  return {
    askForRepublished: createRepublished({ db, store: contentStore, syncedContent, runs, now }),
    askForChanged: createChangedPeople(delivery),
    reconcile: createReconcile({ db, ledger, onAlert }),
    checkSomePairs: createPairCheck({ db, now, onAlert }),
    reports: createDailyReports({ db, cms, ledger, municipalities, now }),
    months: createMonthFigures({ db, cms, ledger, municipalities, now }),
    voices: createVoicePush({ db, cms, municipalities, now }),
    alertsSent: createAlertsSent({ ...delivery, municipalities }),
    surveys: createSurveyWork({ ...delivery, municipalities }),
    status: createStatusPush({ cms, today: createToday({ ...delivery, ledger }) }),
    tomorrow: createTomorrow(delivery),
    lineHealth: createLineHealth(delivery),
    removeSome: createDailyRemoval(delivery),
    resealSome: createResealing(delivery),
  }
}

async function tick(deps: TickDeps): Promise<void> {
  const { syncedContent, askForRepublished, askForChanged, reconcile, reports, months } = deps
  await syncedContent.refresh()
  if (!syncedContent.isReady() || !(await deps.clock.isRight())) return
  if (await deps.incarnations.open()) return beat(deps)
  await requestDueRuns(deps)
  await askForRepublished()
  await askForChanged()
  await deps.runs.endHeld()
  await deps.runs.retryRefused(new Date(deps.now().getTime() - PAUSE_MS))
  await reconcile()
  await deps.checkSomePairs()
  await reports.make()
  await reports.push()
  await months.make()
  await months.push()
  await deps.voices.push()
  await deps.alertsSent.push()
  await deps.surveys.sync()
  await deps.surveys.push()
  await deps.status.push(await deps.acts.doAll())
  await beat(deps)
  await deps.lineMenus.keepSome()
  await deps.dateNotes.sendSome()
  await deps.accountMoves.workSome()
  await deps.bounces?.work()
  await deps.tomorrow.planSome()
  await deps.lineHealth.askSome()
  for (let piece = 0; piece < PIECES_PER_TICK && (await deps.removeSome()); piece += 1);
  for (let piece = 0; piece < PIECES_PER_TICK && (await deps.resealSome()); piece += 1);
}

async function requestDueRuns(deps: TickDeps): Promise<void> {
  const { syncedContent, runs, incarnations, db, now } = deps
  const losses = await incarnations.losses()
  const municipalities = syncedContent.municipalities()
  const lastDates = new Map([
    ...daysBefore(losses, municipalities, now()),
    ...(await lastDailyDates(db, localDayOf(now()))),
  ])
  const due = dueRequests({ municipalities, now: now(), lastDates })
  for (const request of due) await runs.request(unlessLost(deps, losses, request))
}

/** A ledger that went back to before its first run still asks for the days it has lost. */
function daysBefore(losses: Loss[], municipalities: MunicipalitySettings[], now: Date) {
  const earliest = addDays(localDayOf(now), -MISSED_DAYS)
  const [first] = losses.filter(({ until }) => localDayOf(until) >= earliest)
  if (!first) return []
  return municipalities.map(({ code }): [string, LocalDay] => [code, addDays(first.from, -1)])
}

/** A day that a lost ledger may have worked on is no day on which nothing went out. */
function unlessLost({ syncedContent }: TickDeps, losses: Loss[], request: RunRequest): RunRequest {
  const settings = syncedContent.settings(request.municipality)
  const isStale =
    request.isStale &&
    !(settings && mayHaveGone(losses, { run: request, opening: openingOn(settings, request.date) }))
  return { ...request, isStale }
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
  const { heartbeats } = ledgerCollections(db)
  await heartbeats.updateOne({ _id: 'tick' }, { $set: { at: now() } }, { upsert: true })
}

async function syncContent(
  { sync, syncedContent, incarnations }: DeliveryHalf,
  { log, compare }: { log: ServiceLog; compare: Behind },
): Promise<void> {
  try {
    const { newReleases } = await sync()
    if (newReleases > 0) log.info({ newReleases }, 'content synced')
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'content not synced')
  }
  await syncedContent.refresh()
  await compare.once().catch((error: Error) => {
    log.warn({ reason: error.message }, 'reports not compared')
  })
  const loss = await incarnations.open()
  if (loss) log.warn({ shownBy: loss.shownBy, from: loss.from }, pausedSentence(loss))
}

/** Polls again and again, a while after the last poll has ended, until it is stopped. */
function createPolling(poll: () => Promise<void>, log: ServiceLog) {
  let isStopping = false
  let polling: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  const pollAndWait = () => {
    if (isStopping) return
    polling = poll()
      .catch((error: unknown) => log.error(failureOf(error), 'poll failed'))
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
