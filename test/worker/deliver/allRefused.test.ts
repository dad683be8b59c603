// What refuses everybody for a reason of ours: the run waits, a person is told, nobody is lost.
import { describe, expect, test } from '@jest/globals'

import { settings, childTexts, TODAY, TOWN } from '../../src/plan/town'
import { dailyRunId, forcedRequest } from '../../../worker/runs/due'
import type { Fault, LineTrouble, MailTrouble } from '../../../worker/sandbox/fault'
import {
  DAY_45,
  deliver,
  differences,
  families,
  never,
  openService,
  RUN,
  statuses,
} from '../app/day'
import { hold, mailUser, openWorker, received, register } from '../app/openWorker'
import type { WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

const IN_HOURS = '2026-10-06T09:30:00+09:00'
const OTHER = '131997'

const runOf = (id = RUN) => worker.delivery.runs.find(id)
const suppressed = () => worker.delivery.db.collection('suppressions').countDocuments()
const codes = () => worker.alerts.map(({ code }) => code)

/** The worker looks again after ten minutes, by itself. */
async function tenMinutesLater(id = RUN) {
  worker.clock.now = new Date(worker.clock.now.getTime() + 10 * 60_000 + 1000)
  await worker.delivery.runs.retryRefused(new Date(worker.clock.now.getTime() - 10 * 60_000))
  return worker.delivery.worker.work(id, never)
}

function onceEach(): number[] {
  return [...new Set(received(worker.sandbox).values())]
}

const always = (stage: 'mail' | 'rcpt' | 'data', code: number, message: string) => ({
  times: null,
  trouble: { kind: 'answer' as const, stage, code, message },
})

describe.each<[string, Fault<MailTrouble>]>([
  ['the sender at MAIL FROM', always('mail', 550, 'Sender rejected')],
  ['the sender, said at RCPT TO', always('rcpt', 550, '5.7.1 Sender not owned by user')],
  ['with a bare 550 at RCPT TO', always('rcpt', 550, 'Rejected')],
  ['with a bare 554 at DATA', always('data', 554, 'Transaction failed')],
  ['as if nobody lived there', always('rcpt', 550, '5.1.1 User unknown')],
])('a relay that refuses everybody: %s', (_label, fault) => {
  test('the run is held, a person is told, and it goes on when that is mended', async () => {
    worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
    await families(worker, { mail: 24 })
    worker.sandbox.faults.mail.add(fault)
    expect(await deliver(worker)).toEqual({ status: 'held', code: 'all-refused' })
    expect(await runOf()).toMatchObject({
      state: 'held',
      hold: { code: 'all-refused', detail: expect.stringContaining('差出アドレス') },
    })
    expect(codes()).toContain('all-refused')
    expect(await statuses(worker)).toEqual({ deferred: 24 })
    expect(await suppressed()).toBe(0)

    expect(await tenMinutesLater()).toEqual({ status: 'held', code: 'all-refused' })
    expect(received(worker.sandbox).size).toBe(0)

    worker.sandbox.faults.mail.clear()
    expect(await tenMinutesLater()).toEqual({ status: 'finished' })
    expect(received(worker.sandbox).size).toBe(24)
    expect(onceEach()).toEqual([1])
    expect(await statuses(worker)).toEqual({ accepted: 24 })
    expect(await differences(worker)).toEqual([])
  }, 60_000)
})

test('a person who asks again does not wait for the ten minutes', async () => {
  const broken = settings({ mailFrom: '子育て@example.jp' })
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS, municipalities: [broken] })
  await families(worker, { mail: 3 })
  expect(await deliver(worker)).toEqual({ status: 'held', code: 'all-refused' })
  await hold(worker.delivery, [], [settings()])
  expect(await deliver(worker)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 3 })
  expect(onceEach()).toEqual([1])
})

test('a page that is not mended by the evening expires, and the day is over', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  await families(worker, { mail: 4 })
  worker.sandbox.faults.mail.add(always('mail', 550, 'Sender rejected'))
  await deliver(worker)
  worker.clock.now = new Date('2026-10-07T00:00:01+09:00')
  expect(await tenMinutesLater()).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ expired: 4 })
  expect(codes()).toContain('expired')
})

test('of two towns the one whose sender is refused is held, the other has its texts', async () => {
  const towns = [settings(), settings({ code: OTHER, mailFrom: 'tayori@other.example.jp' })]
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS, municipalities: towns })
  await families(worker, { mail: 4 })
  for (let number = 50; number < 54; number += 1) {
    const address = mailUser(number)
    await register(worker.delivery, { address, child: DAY_45, municipality: OTHER })
  }
  await hold(worker.delivery, [], [settings({ mailFrom: 'a..b@example.jp' }), towns[1]!])
  for (const town of [TOWN, OTHER]) {
    await worker.delivery.runs.requestAgain(forcedRequest(town, TODAY, worker.clock.now))
    await worker.delivery.worker.work(dailyRunId(town, TODAY), never)
  }
  expect(await runOf()).toMatchObject({ state: 'held' })
  expect(await runOf(dailyRunId(OTHER, TODAY))).toMatchObject({ state: 'done' })
  expect(received(worker.sandbox).size).toBe(4)
})

describe.each<[string, Fault<LineTrouble>]>([
  ['a revoked token', { at: 'multicast', times: null, trouble: { kind: 'answer', status: 401 } }],
  ['no plan', { at: 'multicast', times: null, trouble: { kind: 'answer', status: 403 } }],
  ['a wrong secret', { at: 'token', times: null, trouble: { kind: 'answer', status: 400 } }],
  [
    'a text that is none for LINE',
    {
      at: 'multicast',
      times: null,
      trouble: { kind: 'answer', status: 400, body: { message: 'messages[0] is invalid' } },
    },
  ],
])('LINE refuses everybody: %s', (_label, fault) => {
  test('the run is held, nobody is suppressed, and it goes on when that is mended', async () => {
    worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
    await families(worker, { line: 3 })
    worker.sandbox.faults.line.add(fault)
    expect(await deliver(worker)).toEqual({ status: 'held', code: 'all-refused' })
    expect(codes()).toEqual(expect.arrayContaining(['line-stopped', 'all-refused']))
    expect(await statuses(worker)).toEqual({ deferred: 3 })
    expect(await suppressed()).toBe(0)
    worker.sandbox.faults.line.clear()
    expect(await tenMinutesLater()).toEqual({ status: 'finished' })
    expect(await statuses(worker)).toEqual({ accepted: 3 })
    expect(onceEach()).toEqual([1])
  }, 60_000)
})

test('ids of another provider are nobody’s fault, and nobody is suppressed for them', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  await families(worker, { line: 12 })
  const named = Array.from({ length: 12 }, (_, at) => ({ property: `to[${at}]`, message: 'bad' }))
  const body = { message: 'The request body has errors', details: named }
  worker.sandbox.faults.line.add({
    at: 'multicast',
    times: null,
    trouble: { kind: 'answer', status: 400, body },
  })
  expect(await deliver(worker)).toEqual({ status: 'held', code: 'all-refused' })
  expect(await suppressed()).toBe(0)
})

test('mail that is refused does not hold LINE back, and is mended within its hours', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  await families(worker, { line: 2, mail: 4 })
  worker.sandbox.faults.mail.add(always('mail', 550, 'Sender rejected'))
  expect(await deliver(worker)).toMatchObject({ status: 'waiting' })
  expect(await statuses(worker)).toEqual({ accepted: 2, deferred: 4 })
  expect(codes()).toEqual(['mail-stopped'])
  worker.sandbox.faults.mail.clear()
  worker.clock.now = new Date(worker.clock.now.getTime() + 11 * 60_000)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 6 })
})

test('a single reader whose address is refused is that reader’s own matter', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  await families(worker, { mail: 1 })
  worker.sandbox.faults.mail.add(always('rcpt', 550, '5.1.1 User unknown'))
  expect(await deliver(worker)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ rejected: 1 })
  expect(await suppressed()).toBe(1)
  expect(worker.alerts).toEqual([])
})

test('a worker that ticks takes the held run up again by itself', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  await families(worker, { mail: 3 })
  worker.sandbox.faults.mail.add(always('mail', 550, 'Sender rejected'))
  await deliver(worker)
  worker.sandbox.faults.mail.clear()
  const service = openService(worker)
  worker.clock.now = new Date(worker.clock.now.getTime() + 11 * 60_000)
  await service.tick()
  await service.poll()
  await service.idle()
  expect(await runOf()).toMatchObject({ state: 'done' })
  expect(await statuses(worker)).toEqual({ accepted: 3 })
})
