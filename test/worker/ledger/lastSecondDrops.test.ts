// Who was recorded as left out is never sent to, whenever a worker dies and whoever comes back.
import { expect, test } from '@jest/globals'

import { dailyRequest } from '../../../worker/runs/due'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { BEFORE_HOURS, DAY_45 as child, never, RUN } from '../app/day'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { lineUser, openWorker, received, register, type WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

/** Three readers are planned before the hours begin; then one of them (or all) stops. */
async function planAndStop(stopping: number) {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  const { delivery, clock } = worker
  for (const number of [1, 2, 3]) await register(delivery, { address: lineUser(number), child })
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  await delivery.worker.work(RUN, never)
  clock.now = new Date('2026-10-06T08:30:00+09:00')
  for (let number = 1; number <= stopping; number += 1) {
    const [reader] = await delivery.readers.findByIdentity(lineUser(number))
    await delivery.readers.stopReader(reader!._id)
  }
}

/** The worker dies at the first call of a write. */
function dieAt(write: 'markSending' | 'leaveOut') {
  const { sending } = worker.delivery
  const own = sending[write]
  Object.assign(sending, {
    [write]: async () => {
      Object.assign(sending, { [write]: own })
      throw new Error('killed')
    },
  })
}

async function comeBack(numbers: number[]) {
  const { delivery, clock } = worker
  for (const number of numbers) await register(delivery, { address: lineUser(number), child })
  clock.now = new Date(clock.now.getTime() + 60_000)
  return delivery.worker.work(RUN, never)
}

async function told() {
  const ledger = createLedgerReader(worker.delivery.db)
  const [run] = await ledger.runsOf(TODAY)
  expect(await ledger.differences(run!)).toEqual([])
  return (await ledger.statusCounts(run!)).line
}

test.each([
  ['one of three', 1, { accepted: 2, excluded: 1 }],
  ['everybody', 3, { excluded: 3 }],
])(
  '%s stopped, the worker died once that was recorded, and they came back: no text all the same',
  async (_, count, statuses) => {
    await planAndStop(count)
    dieAt('markSending')
    await expect(worker.delivery.worker.work(RUN, never)).rejects.toThrow('killed')
    const numbers = [1, 2, 3].slice(0, count)
    expect(await comeBack(numbers)).toEqual({ status: 'finished' })
    const copies = received(worker.sandbox)
    for (const number of numbers) expect(copies.has(lineUser(number).address)).toBe(false)
    expect([...copies.values()]).toEqual(Array.from({ length: 3 - count }, () => 1))
    expect(await told()).toEqual(statuses)
  },
)

test('who came back before anything was recorded gets the text', async () => {
  await planAndStop(1)
  dieAt('leaveOut')
  await expect(worker.delivery.worker.work(RUN, never)).rejects.toThrow('killed')
  expect(await comeBack([1])).toEqual({ status: 'finished' })
  expect([...received(worker.sandbox).values()]).toEqual([1, 1, 1])
  expect(await told()).toEqual({ accepted: 3 })
})
