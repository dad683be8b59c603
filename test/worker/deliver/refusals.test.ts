import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { dailyRunId, forcedRequest } from '../../../worker/runs/due'
import { createLedgerReader } from '../../../worker/ledger/reading'
import type { Address } from '../../../worker/readers/reader'
import { childTexts, settings, TODAY, TOWN } from '../../src/plan/town'
import { statuses } from '../app/day'
import { lineUser, mailUser, openWorker, register, type WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

const IN_HOURS = '2026-10-06T09:30:00+09:00'
const DAY_45 = { birthDate: addDays(TODAY, -45) }
const at = (domain: string, number: number): Address => ({
  channel: 'mail',
  account: 'mail',
  address: `reader${number}@${domain}`,
})

async function deliver({ delivery, clock }: WorkerUnderTest, date = TODAY) {
  await delivery.runs.requestAgain(forcedRequest(TOWN, date, clock.now))
  return delivery.worker.work(dailyRunId(TOWN, date), () => false)
}

async function counts({ delivery }: WorkerUnderTest, date = TODAY) {
  const ledger = createLedgerReader(delivery.db)
  const [run] = await ledger.runsOf(date)
  expect(await ledger.differences(run!)).toEqual([])
  return ledger.statusCounts(run!)
}

const suppressions = ({ delivery }: WorkerUnderTest) =>
  delivery.db.collection('suppressions').find().toArray()

test('a sender the relay refuses stops all mail, once told, and what is left expires', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  const { delivery, clock, sandbox, alerts } = worker
  for (let number = 0; number < 40; number += 1) {
    await register(delivery, { address: mailUser(number), child: DAY_45 })
  }
  await register(delivery, { address: lineUser(1), child: DAY_45 })
  sandbox.faults.mail.add({
    times: null,
    trouble: { kind: 'answer', stage: 'mail', code: 553, message: '5.1.8 Sender not allowed' },
  })
  expect(await deliver(worker)).toMatchObject({ status: 'waiting' })
  const told = alerts.filter(({ code }) => code === 'mail-stopped')
  expect(told).toEqual([
    {
      code: 'mail-stopped',
      detail: { run: dailyRunId(TOWN, TODAY), scope: 'channel', code: 'smtp-553-5.1.8' },
    },
  ])
  clock.now = new Date('2026-10-07T00:00:01+09:00') // a forced run lasts as long as its day
  expect(await delivery.worker.work(dailyRunId(TOWN, TODAY), () => false)).toEqual({
    status: 'finished',
  })
  const { line, mail } = await counts(worker)
  expect(line).toEqual({ accepted: 1 })
  expect(mail).toEqual({ expired: 40 })
  expect(await suppressions(worker)).toEqual([])
}, 60_000)

test.each([
  [6, { domain: 'strict.example' }],
  [2, {}],
])('a domain of %s people that refuses us is told as %o', async (people, named) => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  for (let number = 0; number < people; number += 1) {
    const address = at('strict.example', number)
    await register(worker.delivery, { address, child: DAY_45 })
  }
  worker.sandbox.faults.mail.add({
    times: null,
    trouble: { kind: 'answer', stage: 'rcpt', code: 550, message: '5.7.1 Blocked' },
  })
  await deliver(worker)
  const [told, ...others] = worker.alerts.filter(({ code }) => code === 'mail-stopped')
  const run = dailyRunId(TOWN, TODAY)
  expect(told?.detail).toEqual({ run, scope: 'domain', code: 'smtp-550-5.7.1', ...named })
  expect(others).toEqual([])
})

test('an address that cannot send is told once and never brought to the relay', async () => {
  worker = await openWorker({
    releases: childTexts(),
    now: IN_HOURS,
    municipalities: [settings({ mailFrom: 'nobody' })],
  })
  for (let number = 0; number < 3; number += 1) {
    await register(worker.delivery, { address: mailUser(number), child: DAY_45 })
  }
  expect(await deliver(worker)).toEqual({ status: 'held', code: 'all-refused' })
  expect(await statuses(worker)).toEqual({ deferred: 3 })
  expect(worker.alerts).toMatchObject([
    { code: 'mail-stopped', detail: { scope: 'content', code: 'bad-sender' } },
    { code: 'all-refused', detail: { channel: 'mail', code: 'bad-sender' } },
  ])
})

test('docomo’s first 550 may be a filter: the address is suppressed on the second day', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  const { delivery, clock, sandbox } = worker
  await register(delivery, { address: at('docomo.ne.jp', 1), child: DAY_45 })
  await register(delivery, { address: at('docomo.ne.jp', 2), child: DAY_45 })
  sandbox.faults.mail.add({
    match: 'reader1@',
    times: null,
    trouble: { kind: 'answer', stage: 'rcpt', code: 550, message: 'Unknown user' },
  })
  await deliver(worker)
  expect(await counts(worker)).toMatchObject({ mail: { accepted: 1, rejected: 1 } })
  expect(await suppressions(worker)).toEqual([])

  const tomorrow = addDays(TODAY, 1)
  clock.now = new Date('2026-10-07T09:30:00+09:00')
  const other = await worker.connect() // the count outlives the process
  await other.syncedContent.refresh()
  await deliver({ ...worker, delivery: other }, tomorrow)
  expect(await counts(worker, tomorrow)).toMatchObject({ mail: { accepted: 1, rejected: 1 } })
  expect(await suppressions(worker)).toMatchObject([{ reason: 'bounced' }])
  expect(JSON.stringify(await suppressions(worker))).not.toContain('docomo')
})

test('a user id LINE does not know is suppressed as not taken, and nobody else', async () => {
  worker = await openWorker({ releases: childTexts(), now: IN_HOURS })
  const { delivery, sandbox } = worker
  for (const number of [1, 2, 3]) {
    await register(delivery, { address: lineUser(number), child: DAY_45 })
  }
  sandbox.faults.line.add({
    at: 'multicast',
    trouble: {
      kind: 'answer',
      status: 400,
      body: { message: "The property, 'to[1]', in the request body is invalid" },
    },
  })
  expect(await deliver(worker)).toEqual({ status: 'finished' })
  expect(await counts(worker)).toMatchObject({ line: { accepted: 2, rejected: 1 } })
  expect(await suppressions(worker)).toMatchObject([{ reason: 'notTaken' }])
})
