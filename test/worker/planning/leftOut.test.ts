import { afterEach, expect, test } from '@jest/globals'

import { startFakeCms } from '../content/fakeCms'
import * as day from '../app/day'
import { DAY_45 as child, openService, RUN } from '../app/day'
import { addOn, release, text } from '../../src/plan/town'
import { lineUser, mailUser, openWorker, register, type WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest
let cms: Awaited<ReturnType<typeof startFakeCms>>
afterEach(() => cms.stop())

const long = (order: number) =>
  release(
    addOn({
      from: 'day45',
      order,
      blocks: [{ blockType: 'text', text: 'あ'.repeat(4900) }],
    }),
  )

async function registerLine(numbers: number[]) {
  for (const number of numbers) {
    await register(worker.delivery, { address: lineUser(number), child })
  }
}

async function deliver() {
  await day.deliver(worker)
  return worker.delivery.runs.find(RUN)
}

async function open(addOns: number) {
  cms = await startFakeCms([])
  const releases = [
    release(text({ slot: 'day45' })),
    ...Array.from({ length: addOns }, (_, order) => long(order)),
  ]
  worker = await openWorker({ releases, cmsUrl: cms.url })
}

test('add-ons that do not fit into LINE are counted, told and reported; mail has room', async () => {
  await open(6)
  await registerLine([1, 2, 3, 4, 5])
  await register(worker.delivery, { address: mailUser(1), child })
  expect(await deliver()).toMatchObject({ plan: { deliveries: 6, leftOut: 5 } })
  const told = { code: 'line-left-out', detail: { run: RUN, deliveries: 5 } }
  expect(worker.alerts).toEqual([told])

  expect(await deliver()).toMatchObject({ plan: { leftOut: 5 } }) // nothing new, nothing told
  expect(worker.alerts).toEqual([told])
  await registerLine([6])
  expect(await deliver()).toMatchObject({ plan: { deliveries: 7, leftOut: 6 } })
  expect(worker.alerts).toEqual([told, { ...told, detail: { run: RUN, deliveries: 6 } }])

  await openService(worker).tick()
  expect(cms.state.reports).toMatchObject([{ numbers: { leftOut: 6, deliveries: 7 } }])
})

test('nothing is counted where everything fits', async () => {
  await open(2)
  await registerLine([1])
  expect(await deliver()).toMatchObject({ plan: { deliveries: 1, leftOut: 0 } })
  expect(worker.alerts).toEqual([])
})
