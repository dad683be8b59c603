// A machine whose clock is wrong decides nothing of a day.
import { expect, test } from '@jest/globals'

import { childTexts } from '../../src/plan/town'
import { openWorker, received } from './openWorker'
import { deliver, families, openService, RUN, work } from './day'

test('a worker whose clock is minutes away sends nothing, says so, and goes on when it is right', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { machine, delivery, sandbox, alerts } = worker
  await families(worker, { line: 1, mail: 1 })
  machine.aheadMs = 120_000
  const apart = await worker.connect()
  expect(await deliver({ ...worker, delivery: apart })).toEqual({ status: 'clockApart' })
  expect(alerts.map(({ code }) => code)).toEqual(['clock-apart'])
  const service = openService({ delivery: apart })
  await service.tick()
  await service.poll()
  await service.idle()
  expect(await delivery.runs.find(RUN)).toMatchObject({ state: 'requested', epoch: 0 })
  expect(received(sandbox).size).toBe(0)
  machine.aheadMs = 0
  expect(await work({ ...worker, delivery: await worker.connect() })).toEqual({
    status: 'finished',
  })
  expect(received(sandbox).size).toBe(2)
})

test('a worker of a wrong clock does not write a day off that is not over', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { machine, clock, delivery } = worker
  await families(worker, { line: 1 })
  machine.aheadMs = 86_400_000
  clock.now = new Date('2026-10-07T21:30:00+09:00')
  const apart = openService({ delivery: await worker.connect() })
  await apart.tick()
  expect(await delivery.db.collection('runs').countDocuments()).toBe(0)
})
