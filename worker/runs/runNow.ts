import { setTimeout as sleep } from 'node:timers/promises'

import type { LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { forEachAtOnce } from '../concurrency/limiter'
import type { Run } from '../ledger/documents'
import { dailyRunId, forcedRequest } from './due'
import { PLANNED_AT_ONCE, type WorkOutcome } from './runWorker'

/** How often another worker's run is looked at. */
const LOOK_MS = 200

/** A run that waits longer than this for its provider is left to the workers. */
const PATIENCE_MS = 30_000

/** How often the CMS is asked for withdrawals meanwhile. */
const SYNC_EVERY_MS = 10_000

interface RunNowOptions {
  date: LocalDay
  /** Codes of municipalities. */
  municipalities: string[]
  isStopping: () => boolean
}

/**
 * Runs municipalities' texts of a day now and waits until they are done, here or by a worker. What
 * has to wait long (a relay that asks for minutes, a monthly limit), or what a person has stopped, stays
 * unfinished.
 */
export async function runNow(
  delivery: Deps & Pick<DeliveryHalf, 'sync'>,
  options: RunNowOptions,
): Promise<Run[]> {
  const syncing = setInterval(() => void delivery.sync().catch(() => undefined), SYNC_EVERY_MS)
  try {
    await forEachAtOnce(options.municipalities, PLANNED_AT_ONCE, (code) =>
      runOne(delivery, code, options),
    )
    return await runsOf(delivery, options)
  } finally {
    clearInterval(syncing)
  }
}

type Deps = Pick<DeliveryHalf, 'runs' | 'worker' | 'halts' | 'now'>

/** Asks for a municipality's run and works on it until it is over or has to wait for long. */
async function runOne(
  { runs, worker, halts, now }: Deps,
  code: string,
  { date, isStopping }: RunNowOptions,
): Promise<void> {
  await runs.requestAgain(forcedRequest(code, date, now()))
  const id = dailyRunId(code, date)
  while (!isStopping() && !isOver(await runs.find(id))) {
    const outcome = await worker.work(id, isStopping)
    const waitMs = waitAfter(outcome, now())
    if (waitMs === null) return
    if (outcome.status === 'waiting' && (await halts.all()).length > 0) return
    await sleep(waitMs)
  }
}

/** How long to wait before the run is looked at again; null when that is not worth waiting for. */
function waitAfter(outcome: WorkOutcome, now: Date): number | null {
  if (['unknownMunicipality', 'paused', 'clockApart'].includes(outcome.status)) return null
  if (outcome.status === 'taken') return LOOK_MS
  if (outcome.status !== 'waiting') return 0
  const waitMs = outcome.until.getTime() - now.getTime()
  return waitMs > PATIENCE_MS ? null : Math.min(LOOK_MS, Math.max(0, waitMs))
}

async function runsOf({ runs }: Deps, { date, municipalities }: RunNowOptions): Promise<Run[]> {
  const ids = municipalities.map((code) => dailyRunId(code, date))
  const found = await Promise.all(ids.map((id) => runs.find(id)))
  return found.filter((run) => run !== null)
}

function isOver(run: Run | null): boolean {
  return run !== null && (run.state === 'done' || run.state === 'held') && !run.isAgain
}
