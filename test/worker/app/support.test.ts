// product.md, rule 1: support texts come by choice, not before the next day, to who asked alone,
// discreetly, each once; the undo of the stop ends them, and nothing else of the family changes.
import { expect, test } from '@jest/globals'

import { noticeOf } from '../../../src/release/lockScreen'
import { addDays, type LocalDay } from '../../../src/stage/day'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createForecasts } from '../../../worker/report/forecasts'
import { verifyDay } from '../../../worker/report/verify'
import { dailyRequest, dailyRunId } from '../../../worker/runs/due'
import { childTexts, supporting, supportTexts, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, lookAndWork, never, openService } from './day'
import {
  lineUser,
  mailUser,
  openWorker,
  received,
  register,
  type WorkerUnderTest,
} from './openWorker'

const releases = [...childTexts(), ...supportTexts()]
const TOMORROW = addDays(TODAY, 1)
const MOTHER = lineUser(1)

/** A family of two, whose child was stopped by the first; she has asked for support texts. */
async function stoppedFamily() {
  const worker = await openWorker({ releases, municipalities: [supporting()] })
  const { readers } = worker.delivery
  const mother = await register(worker.delivery, { address: MOTHER, child: DAY_45 })
  const father = await readers.register({
    ...{ municipality: TOWN, address: mailUser(1), edition: 'standard', area: null, source: null },
    ...{ relation: 'father', consentedAt: worker.clock.now, consentVersion: '1', child: {} },
    sharedChildren: [mother.childId],
  })
  await readers.stopChild(mother)
  await readers.askSupport(mother.readerId)
  return { ...worker, mother, father }
}

/** Lives through a day as the worker does. */
async function live(worker: WorkerUnderTest, day: LocalDay, time = '09:30') {
  worker.clock.now = new Date(`${day}T${time}:00+09:00`)
  const service = openService(worker)
  await service.tick()
  await lookAndWork(service)
}

const noticesOf = ({ sandbox }: WorkerUnderTest) =>
  sandbox.line.accepted().flatMap((call) => sandbox.line.messagesOf(call).map(noticeOf))

const wordsOf = ({ sandbox }: WorkerUnderTest) =>
  sandbox.line.accepted().map((call) => JSON.stringify(sandbox.line.messagesOf(call)))

async function differencesOf({ delivery }: WorkerUnderTest, day: LocalDay) {
  const ledger = createLedgerReader(delivery.db)
  return (await verifyDay({ delivery, ledger }, day)).differences
}

test('not on the day it was asked, then on its days, once each, and to nobody else', async () => {
  const worker = await stoppedFamily()
  await live(worker, TODAY)
  expect(received(worker.sandbox).size).toBe(0)
  await live(worker, TOMORROW)
  await live(worker, TOMORROW, '11:00')
  expect([...received(worker.sandbox)]).toEqual([[MOTHER.address, 1]])
  expect(wordsOf(worker)[0]).toContain('support1 の文です。')
  expect(new Set(noticesOf(worker))).toEqual(new Set(['みなと町からのお知らせ']))
  expect(await differencesOf(worker, TOMORROW)).toEqual([])
  for (const day of [2, 3, 4, 5, 8, 9]) await live(worker, addDays(TODAY, day))
  expect(wordsOf(worker).map((words) => /support\d/.exec(words)?.[0])).toEqual([
    'support1',
    'support4',
    'support8',
  ])
  expect([...received(worker.sandbox)]).toEqual([[MOTHER.address, 3]])
  expect(worker.alerts).toEqual([])
}, 60_000)

test('asked again on a later day after it was ended, what came does not come again', async () => {
  const worker = await stoppedFamily()
  const { readers } = worker.delivery
  await live(worker, TOMORROW)
  await readers.endSupport(worker.mother.readerId)
  await live(worker, addDays(TODAY, 4))
  expect(received(worker.sandbox).get(MOTHER.address)).toBe(1)
  await readers.askSupport(worker.mother.readerId)
  for (const day of [5, 8]) await live(worker, addDays(TODAY, day))
  expect(wordsOf(worker).map((words) => /support\d/.exec(words)?.[0])).toEqual([
    'support1',
    'support4',
  ])
}, 60_000)

test.each<[string, (worker: Awaited<ReturnType<typeof stoppedFamily>>) => Promise<unknown>]>([
  ['ended', ({ delivery, mother }) => delivery.readers.endSupport(mother.readerId)],
  [
    'the stop was undone',
    async ({ delivery: { readers }, mother: { readerId } }) => {
      const [stop] = await readers.openStops({ readerId })
      expect(await readers.undoStop({ readerId, id: stop!.id })).toEqual({ status: 'changed' })
    },
  ],
])(
  '%s between planning and sending, it does not go out',
  async (_, end) => {
    const worker = await stoppedFamily()
    const { delivery, sandbox } = worker
    worker.clock.now = new Date(`${TOMORROW}T07:50:00+09:00`)
    await delivery.runs.request(dailyRequest(supporting(), TOMORROW))
    await delivery.worker.work(dailyRunId(TOWN, TOMORROW), never)
    const ledger = createLedgerReader(delivery.db)
    const [run] = await ledger.runsOf(TOMORROW)
    expect(run?.plan?.deliveries).toBe(1)
    await end(worker)
    await live(worker, TOMORROW, '08:30')
    expect(sandbox.line.accepted().length + sandbox.mail.accepted.length).toBeLessThanOrEqual(2)
    expect(JSON.stringify(wordsOf(worker))).not.toContain('support')
  },
  60_000,
)

test('stopped between planning and sending, the child’s text stays away from who asks for support', async () => {
  const worker = await openWorker({ releases, municipalities: [supporting()] })
  const { delivery, sandbox, clock } = worker
  const mother = await register(delivery, { address: MOTHER, child: DAY_45 })
  clock.now = new Date(`${TODAY}T07:50:00+09:00`)
  await delivery.runs.request(dailyRequest(supporting(), TODAY))
  await delivery.worker.work(dailyRunId(TOWN, TODAY), never)
  const [run] = await createLedgerReader(delivery.db).runsOf(TODAY)
  expect(run?.plan?.deliveries).toBe(1)
  await delivery.readers.stopChild(mother)
  await delivery.readers.askSupport(mother.readerId)
  await live(worker, TODAY, '08:30')
  expect(sandbox.line.accepted()).toEqual([])
}, 60_000)

test('undone, the child’s own texts come again to both, and no support text ever', async () => {
  const worker = await stoppedFamily()
  const { readers } = worker.delivery
  const [stop] = await readers.openStops({ readerId: worker.mother.readerId })
  await readers.undoStop({ readerId: worker.mother.readerId, id: stop!.id })
  for (const day of [1, 4]) await live(worker, addDays(TODAY, day))
  expect(received(worker.sandbox).get(MOTHER.address)).toBe(2)
  expect(received(worker.sandbox).get(mailUser(1).address)).toBe(2)
  expect(JSON.stringify(wordsOf(worker))).not.toContain('support')
}, 60_000)

test('the other twin’s texts go on, in their own words, beside it', async () => {
  const worker = await openWorker({ releases, municipalities: [supporting()] })
  const { readers } = worker.delivery
  const { readerId, childId } = await register(worker.delivery, { address: MOTHER, child: DAY_45 })
  await readers.addChild({ readerId, ...DAY_45, answer: 'twin' })
  await readers.stopChild({ readerId, childId })
  expect(await readers.childrenOf(readerId)).toHaveLength(1)
  await readers.askSupport(readerId)
  await live(worker, TOMORROW)
  const words = wordsOf(worker)
  expect(words).toHaveLength(2)
  expect(words.filter((one) => one.includes('support1 の文です。'))).toHaveLength(1)
  expect(words.filter((one) => one.includes('day46 の文です。'))).toHaveLength(1)
  expect(received(worker.sandbox).get(MOTHER.address)).toBe(2)
}, 60_000)

test('no forecast counts it', async () => {
  const { delivery } = await stoppedFamily()
  const { bands, stages } = await createForecasts(delivery.db).of(TOWN, TOMORROW)
  expect({ bands, stages }).toEqual({ bands: {}, stages: {} })
})
