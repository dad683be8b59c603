import { setTimeout as sleep } from 'node:timers/promises'

import type { LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../app/deliveryHalf'
import { forEachAtOnce } from '../concurrency/limiter'
import { dailyRunId, forcedRequest } from './due'
import type { Run } from '../ledger/documents'

/** Runs that are worked on at once. */
const RUNS_AT_ONCE = 4

/** How often another worker's run is looked at. */
const LOOK_MS = 200

/** A run that waits longer than this for its provider is left to the workers. */
const PATIENCE_MS = 30_000

/** How often the CMS is asked for withdrawals meanwhile. */
const SYNC_EVERY_MS = 10_000

interface DeliverNowOptions {
  date: LocalDay
  /** Codes of municipalities. */
  municipalities: string[]
  isStopping: () => boolean
}

/**
 * Runs municipalities' texts of a day now and waits until they are done, here or by a worker. What
 * has to wait long (a relay that asks for minutes, a monthly limit) stays unfinished.
 */
export async function runNow(
  delivery: Pick<DeliveryHalf, 'runs' | 'worker' | 'now' | 'sync'>,
  options: DeliverNowOptions,
): Promise<Run[]> {
  const syncing = setInterval(() => void delivery.sync().catch(() => undefined), SYNC_EVERY_MS)
  try {
    return await deliverAll(delivery, options)
  } finally {
    clearInterval(syncing)
  }
}

async function deliverAll(
  { runs, worker, now }: Pick<DeliveryHalf, 'runs' | 'worker' | 'now'>,
  { date, municipalities, isStopping }: DeliverNowOptions,
): Promise<Run[]> {
  await forEachAtOnce(municipalities, RUNS_AT_ONCE, async (code) => {
    await runs.requestAgain(forcedRequest(code, date, now()))
    const id = dailyRunId(code, date)
    while (!isStopping() && !isOver(await runs.find(id))) {
      const outcome = await worker.work(id, isStopping)
      if (outcome.status === 'unknownMunicipality') return
      if (outcome.status === 'taken') await sleep(LOOK_MS)
      if (outcome.status === 'waiting') {
        const waitMs = outcome.until.getTime() - now().getTime()
        if (waitMs > PATIENCE_MS) return
        await sleep(Math.min(LOOK_MS, Math.max(0, waitMs)))
      }
    }
  })
  const ids = municipalities.map((code) => dailyRunId(code, date))
  const found = await Promise.all(ids.map((id) => runs.find(id)))
  return found.filter((run) => run !== null)
}

function isOver(run: Run | null): boolean {
  return run !== null && (run.state === 'done' || run.state === 'held') && !run.isAgain
}
