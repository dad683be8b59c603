import { expect, test } from '@jest/globals'

import { deliver, families, work } from '../app/day'
import { childTexts } from '../../src/plan/town'
import { openWorker, received } from '../app/openWorker'

const MINUTE_MS = 60_000

test('a worker that was stopped for longer than its lease begins nothing more when it wakes up', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { sandbox, clock } = worker
  await families(worker, { mail: 30 })
  const begun = sandbox.until(() => {
    if (sandbox.mail.accepted.length === 0) return false
    clock.now = new Date(clock.now.getTime() + MINUTE_MS) // it was stopped here, its signs of life too
    return true
  })
  expect(await deliver(worker)).toEqual({ status: 'drained' })
  await begun
  expect(sandbox.mail.accepted.length).toBeLessThan(30)
  expect(await work(worker)).toEqual({ status: 'finished' })
  const copies = received(sandbox)
  expect(copies.size).toBe(30)
  expect([...copies.values()].every((count) => count === 1)).toBe(true)
})
