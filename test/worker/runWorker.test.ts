import { afterEach, expect, test } from '@jest/globals'

import { addDays } from '../../src/stage/day'
import { forcedRequest } from '../../worker/due'
import { childTexts, TODAY, TOWN } from './fixture'
import { mailUser, openWorker, received, register, type WorkerUnderTest } from './openWorker'

let worker: WorkerUnderTest
afterEach(() => worker.close())

const RUN = `${TOWN}:${TODAY}`
const MINUTE_MS = 60_000

test('a worker that was stopped for longer than its lease begins nothing more when it wakes up', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock } = worker
  const child = { birthDate: addDays(TODAY, -45) }
  for (let number = 0; number < 30; number += 1) {
    await register(delivery, { address: mailUser(number), child })
  }
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  const begun = sandbox.until(() => {
    if (sandbox.mail.accepted.length === 0) return false
    clock.now = new Date(clock.now.getTime() + MINUTE_MS) // it was stopped here, its signs of life too
    return true
  })
  expect(await delivery.worker.work(RUN, () => false)).toEqual({ status: 'drained' })
  await begun
  expect(sandbox.mail.accepted.length).toBeLessThan(30)
  expect(await delivery.worker.work(RUN, () => false)).toEqual({ status: 'finished' })
  const copies = received(sandbox)
  expect(copies.size).toBe(30)
  expect([...copies.values()].every((count) => count === 1)).toBe(true)
})
