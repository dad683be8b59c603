// Resting: nothing is sent until the day, nothing is caught up, and the reader comes back at any time.
import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { WELCOME_SLOT } from '../../../src/plan/reader'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { forcedRequest } from '../../../worker/runs/due'
import { createForecasts } from '../../../worker/report/forecasts'
import {
  BEFORE_HOURS,
  DAY_45,
  deliver,
  differences,
  families,
  ledgerLines,
  lookAndWork,
  openService,
  RUN,
  statuses,
  work,
} from '../app/day'
import { lineUser, openWorker, received, register, type WorkerUnderTest } from '../app/openWorker'
import { childTexts, release, text, TODAY, TOWN } from '../../src/plan/town'

const releases = childTexts()

/** Plans the day's run, of which nothing goes out before eight. */
async function plan(worker: WorkerUnderTest) {
  const eight = new Date(`${TODAY}T08:00:00+09:00`)
  await worker.delivery.runs.request({
    ...forcedRequest(TOWN, TODAY, worker.clock.now),
    opensAt: { line: eight, mail: eight },
  })
  await work(worker)
  expect(await statuses(worker)).toEqual({ planned: 1 })
}

async function goOnAtNine(worker: WorkerUnderTest) {
  worker.clock.now = new Date('2026-10-06T09:00:00+09:00')
  await work(worker)
}

test.each([
  ['until they come back', null, 0],
  ['until tomorrow', addDays(TODAY, 1), 0],
  ['until today, which is over', TODAY, 1],
])('who rests %s gets today: %s → %i', async (_, until, calls) => {
  const worker = await openWorker({ releases })
  const [one] = (await families(worker, { line: 1 })).line
  await worker.delivery.readers.rest({ readerId: one!.readerId, until })
  await deliver(worker)
  expect(received(worker.sandbox).size).toBe(calls)
  const run = await worker.delivery.runs.find(RUN)
  expect(run?.plan?.exclusions ?? {}).toEqual(calls === 0 ? { resting: 1 } : {})
  expect(await differences(worker)).toEqual([])
})

test('the others of the same day go on beside them', async () => {
  const worker = await openWorker({ releases })
  const [one] = (await families(worker, { line: 4, mail: 2 })).line
  await worker.delivery.readers.rest({ readerId: one!.readerId, until: null })
  await deliver(worker)
  expect(received(worker.sandbox).size).toBe(5)
  expect(await statuses(worker)).toEqual({ accepted: 5 })
})

test('a rest that begins after the planning is seen at the last second, and said by its reason', async () => {
  const worker = await openWorker({ releases, now: BEFORE_HOURS })
  const { delivery } = worker
  const { readerId } = await register(delivery, { address: lineUser(1), child: DAY_45 })
  await plan(worker)
  await delivery.readers.rest({ readerId, until: null })
  await goOnAtNine(worker)
  expect(received(worker.sandbox).size).toBe(0)
  expect(await ledgerLines(worker)).toMatchObject([{ status: 'excluded', reason: 'resting' }])
  const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
  expect(await explain(readerId, TODAY)).toMatchObject([{ reason: 'resting' }])
  expect(await differences(worker)).toEqual([])
})

test('who comes back within the hours gets today’s text, once', async () => {
  const worker = await openWorker({ releases })
  const { readers } = worker.delivery
  const [one] = (await families(worker, { line: 1 })).line
  await readers.rest({ readerId: one!.readerId, until: null })
  await deliver(worker)
  await readers.comeBack(one!.readerId)
  expect(await deliver(worker)).toEqual({ status: 'finished' })
  await deliver(worker)
  expect([...received(worker.sandbox).values()]).toEqual([1])
  expect(await differences(worker)).toEqual([])
})

test('nothing of the days of a rest is caught up', async () => {
  const worker = await openWorker({ releases })
  const { delivery, clock } = worker
  const yesterday = { birthDate: addDays(TODAY, -44) }
  const { readerId } = await register(delivery, { address: lineUser(1), child: yesterday })
  const { readerId: other } = await register(delivery, { address: lineUser(2), child: DAY_45 })
  for (const id of [readerId, other]) {
    await delivery.readers.rest({ readerId: id, until: addDays(TODAY, 1) })
  }
  await deliver(worker)
  clock.now = new Date('2026-10-07T09:30:00+09:00')
  const service = openService(worker)
  await service.tick()
  await lookAndWork(service)
  // one each, of this day: the text of day 45 that the other one slept through never comes
  expect([...received(worker.sandbox).values()]).toEqual([1, 1])
  const { lines } = await createLedgerReader(delivery.db).ofReader(other, addDays(TODAY, 1))
  expect(lines.map(({ slot }) => slot)).toEqual(['day46'])
})

test.each([
  ['the question at 42w0d', { dueDate: addDays(TODAY, -14) }, { slot: '42w0d', kind: 'question' }],
  ['a birthday', { birthDate: '2025-10-06' }, { slot: 'month12', kind: 'milestone' }],
] as const)('%s does not come to who rests', async (_, child, given) => {
  const worker = await openWorker({ releases: [release(text(given))] })
  const { delivery } = worker
  const { readerId } = await register(delivery, { address: lineUser(1), child })
  await register(delivery, { address: lineUser(2), child })
  await delivery.readers.rest({ readerId, until: null })
  await deliver(worker)
  expect([...received(worker.sandbox).keys()]).toEqual([lineUser(2).address])
})

test('a welcome that is still waited for is not sent to who rests meanwhile', async () => {
  const worker = await openWorker({ releases })
  const { delivery } = worker
  const child = { birthDate: addDays(TODAY, -46) }
  const { readerId } = await register(delivery, { address: lineUser(1), child })
  await delivery.welcomes.requestWelcome(readerId)
  await delivery.readers.rest({ readerId, until: null })
  await lookAndWork(openService(worker))
  expect(received(worker.sandbox).size).toBe(0)
  const ledger = createLedgerReader(delivery.db)
  const { exclusions } = await ledger.ofReader(readerId, TODAY)
  expect(exclusions).toContainEqual(
    expect.objectContaining({ slot: WELCOME_SLOT, reason: 'resting' }),
  )
})

test.each([
  { until: null, told: 10 },
  { until: addDays(TODAY, 1), told: 20 },
  { until: addDays(TODAY, 2), told: 10 },
])('a forecast counts who gets texts on its day: of 15 one rests until $until', async (rest) => {
  const worker = await openWorker({ releases })
  const { line } = await families(worker, { line: 15 })
  const forecast = () => createForecasts(worker.delivery.db).of(TOWN, addDays(TODAY, 1))
  expect(await forecast()).toMatchObject({ stages: { age0: 20 }, editions: { standard: 20 } })
  await worker.delivery.readers.rest({ readerId: line[0]!.readerId, until: rest.until })
  const { told } = rest
  expect(await forecast()).toMatchObject({ stages: { age0: told }, editions: { standard: told } })
})

test('a stop that is undone before the text goes out leaves it on its way', async () => {
  const worker = await openWorker({ releases, now: BEFORE_HOURS })
  const { delivery } = worker
  const family = await register(delivery, { address: lineUser(1), child: DAY_45 })
  await plan(worker)
  await delivery.readers.stopChild(family)
  await undo(worker, family.readerId)
  await goOnAtNine(worker)
  expect([...received(worker.sandbox).values()]).toEqual([1])
  expect(await differences(worker)).toEqual([])
})

test('undone afterwards, what went by is not caught up and the next day is as it was', async () => {
  const worker = await openWorker({ releases, now: BEFORE_HOURS })
  const { delivery, clock } = worker
  const family = await register(delivery, { address: lineUser(1), child: DAY_45 })
  await plan(worker)
  await delivery.readers.stopChild(family)
  await goOnAtNine(worker)
  await undo(worker, family.readerId)
  await deliver(worker)
  expect(received(worker.sandbox).size).toBe(0)
  expect(await differences(worker)).toEqual([])
  clock.now = new Date('2026-10-07T09:30:00+09:00')
  const service = openService(worker)
  await service.tick()
  await lookAndWork(service)
  expect([...received(worker.sandbox).values()]).toEqual([1])
})

async function undo({ delivery: { readers } }: WorkerUnderTest, readerId: string) {
  const [stop] = await readers.openStops({ readerId })
  expect(await readers.undoStop({ readerId, id: stop!.id })).toEqual({ status: 'changed' })
}
