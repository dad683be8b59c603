import { expect, test } from '@jest/globals'

import { dailyRequest } from '../../../worker/runs/due'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { DAY_45 as child, RUN } from '../app/day'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { lineUser, mailUser, openWorker, received, register } from '../app/openWorker'

test('a run whose mail opens later than LINE waits for it without asking all the time', async () => {
  const worker = await openWorker({ releases: childTexts(), now: '2026-10-06T08:30:00+09:00' })
  const { delivery, clock, sandbox } = worker
  for (const address of [lineUser(1), mailUser(1)]) await register(delivery, { address, child })
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  let asked = 0
  const outcome = await delivery.worker.work(RUN, () => (asked += 1) > 50)
  expect(outcome).toMatchObject({ status: 'waiting' })
  expect([...received(sandbox).keys()]).toEqual([lineUser(1).address])
  clock.now = new Date('2026-10-06T09:00:01+09:00')
  expect(await delivery.worker.work(RUN, () => false)).toEqual({ status: 'finished' })
  expect(received(sandbox).size).toBe(2)
})

test('a mail that was deferred until the hours ended has expired and is not open any more', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { delivery, clock, sandbox } = worker
  await register(delivery, { address: mailUser(1), child })
  sandbox.faults.mail.add({
    times: null,
    trouble: { kind: 'answer', stage: 'rcpt', code: 451, message: '4.3.0 Try again later' },
  })
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  expect(await delivery.worker.work(RUN, () => false)).toMatchObject({ status: 'waiting' })
  clock.now = new Date('2026-10-06T20:00:01+09:00')
  expect(await delivery.worker.work(RUN, () => false)).toEqual({ status: 'finished' })
  const ledger = createLedgerReader(delivery.db)
  const [run] = await ledger.runsOf(TODAY)
  expect(await ledger.statusCounts(run!)).toEqual({ line: {}, mail: { expired: 1 } })
  expect(await ledger.differences(run!)).toEqual([])
})
