// A domain that has enough of us is begun with slowly, and nobody else waits for it.
import { expect, test } from '@jest/globals'

import { FIRST_LEVEL } from '../../../worker/channel/domainPace'
import { childTexts } from '../../src/plan/town'
import { DAY_45, deliver, differences, never, RUN, statuses } from '../app/day'
import { openWorker, received, register } from '../app/openWorker'

const SLOW = 'slow.example'
const MOST = 8

test('after 4.7 a domain gets fewer at once; others are sent meanwhile, nothing twice, nothing lost', async () => {
  const worker = await openWorker({ releases: childTexts(), now: '2026-10-06T09:30:00+09:00' })
  const { sandbox, clock } = worker
  for (let number = 0; number < 24; number += 1) {
    const domain = number % 3 === 2 ? `other${number}.example` : SLOW
    const address = { channel: 'mail' as const, account: 'mail', address: `r${number}@${domain}` }
    await register(worker.delivery, { address, child: DAY_45 })
  }
  const slow = () => [...received(sandbox).keys()].filter((to) => to.endsWith(SLOW)).length
  const seen: number[] = []
  let ms = 0
  const sleep = async () => {
    seen.push(slow())
    ms += 10_000 // as long as a level lasts
  }
  const mailLimits = { perSecond: MOST, atOnce: MOST }
  const delivery = await worker.connect({ mailLimits, mailClock: { now: () => ms, sleep } })
  await delivery.syncedContent.refresh()
  sandbox.faults.mail.add({
    match: SLOW,
    times: null,
    trouble: { kind: 'answer', stage: 'rcpt', code: 451, message: '4.7.1 Too many, slow down' },
  })
  expect(await deliver({ ...worker, delivery })).toMatchObject({ status: 'waiting' })
  expect(await statuses(worker)).toEqual({ accepted: 8, deferred: 16 })
  expect(slow()).toBe(0)

  sandbox.faults.mail.clear()
  clock.now = new Date(clock.now.getTime() + 10 * 60_000 + 1000)
  ms += 10 * 60_000
  seen.length = 0
  expect(await delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  const [first = 0, second = 0] = seen
  expect(first).toBe(FIRST_LEVEL)
  expect(second - first).toBeLessThanOrEqual(2 * FIRST_LEVEL)
  expect(await statuses(worker)).toEqual({ accepted: 24 })
  expect([...new Set(received(sandbox).values())]).toEqual([1])
  expect(await differences(worker)).toEqual([])
}, 60_000)
