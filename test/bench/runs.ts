import { setTimeout as sleep } from 'node:timers/promises'

import { addDays, instantOf, localDayOf, type LocalDay } from '../../src/stage/day'
import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { forEachAtOnce } from '../../worker/concurrency/limiter'
import { dailyRunId, forcedRequest } from '../../worker/runs/due'
import { ledgerCollections } from '../../worker/ledger/collections'
import type { Run } from '../../worker/ledger/documents'
import { PLANNED_AT_ONCE, RUNS_AT_ONCE } from '../../worker/runs/runWorker'

/** Municipalities on one delivery half. */
export interface Towns {
  delivery: DeliveryHalf
  /** Their codes. */
  own: string[]
}

/** The day of a round: each one has a day of its own, so that everything is due anew. */
export function dayOf(round: number): LocalDay {
  return addDays(localDayOf(new Date()), round)
}

let aheadMs = 0

/** The workers' clock: noon when a round's day begins, at whatever hour the bench runs. */
export function benchNow(): Date {
  return new Date(Date.now() + aheadMs)
}

/** Begins a round's day and asks for its runs, whose hours begin later. */
export async function requestRuns({ delivery, own: codes }: Towns, date: LocalDay) {
  aheadMs = instantOf(date, '12:00').getTime() - Date.now()
  const later = instantOf(date, '23:00')
  await Promise.all(
    codes.map((code) => {
      const asked = forcedRequest(code, date, benchNow())
      return delivery.runs.request({ ...asked, opensAt: { line: later, mail: later } })
    }),
  )
}

/** Plans runs through the worker: claimed, planned, counted, sealed. */
export async function planRuns({ delivery, own }: Towns, date: LocalDay) {
  await workAll({ delivery, own }, { date, atOnce: PLANNED_AT_ONCE })
}

/** Lets the hours of planned runs begin. */
export async function openHours({ delivery, own: codes }: Towns, date: LocalDay) {
  const ids = codes.map((code) => dailyRunId(code, date))
  const opened = { 'opensAt.line': new Date(0), 'opensAt.mail': new Date(0) }
  await ledgerCollections(delivery.db).runs.updateMany({ _id: { $in: ids } }, { $set: opened })
}

/** Sends runs that are planned and open: claimed, checked, sent, recorded, finished. */
export async function sendRuns({ delivery, own: codes }: Towns, date: LocalDay) {
  // On a noisy machine a provider may put a run off; the worker's next tick takes it up again.
  for (let tick = 0; tick < TICKS; tick += 1) {
    await workAll({ delivery, own: codes }, { date, atOnce: RUNS_AT_ONCE })
    const open = (await runsOf({ delivery, own: codes }, date)).filter(isOpen)
    if (open.length === 0) return
    if (tick === TICKS - 1) throw new Error(`Runs are not done: ${JSON.stringify(open)}`)
    await breathe()
  }
}

/** Ticks in which a run that was put off must come to its end. */
const TICKS = 50

const isOpen = ({ state }: Run) => state !== 'done'

/** As many at once as one worker takes in hand. */
async function workAll(
  { delivery, own }: Towns,
  { date, atOnce }: { date: LocalDay; atOnce: number },
) {
  await forEachAtOnce(own, atOnce, async (code) => {
    await delivery.worker.work(dailyRunId(code, date), () => false)
  })
}

/** The runs of a day. */
export async function runsOf({ delivery, own: codes }: Towns, date: LocalDay): Promise<Run[]> {
  const found = await Promise.all(codes.map((code) => delivery.runs.find(dailyRunId(code, date))))
  return found.filter((run) => run !== null)
}

/** Lets files and caches of the last step settle. */
export function breathe(): Promise<void> {
  return sleep(200)
}
