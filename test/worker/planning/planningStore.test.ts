// A planner that was stopped for longer than its lease, and the one that has taken over meanwhile.
import { expect, test } from '@jest/globals'

import type { Batch, Delivery } from '../../../worker/ledger/documents'
import { createPlanningStore } from '../../../worker/planning/planningStore'
import { TODAY } from '../../src/plan/town'
import { openLedger, RUN } from '../ledger/openLedger'

const STOPPED = { _id: RUN, attempts: 1, sealed: [] }
const NEXT = { _id: RUN, attempts: 2, sealed: [] }

function open() {
  const ledger = openLedger()
  return { store: createPlanningStore(ledger.db), ...ledger }
}

const delivery = (reader: string, attempt: number): Delivery => ({
  _id: `${reader}:child:24w3d`,
  run: RUN,
  date: TODAY,
  channel: 'line',
  batch: `${RUN}/${attempt}.1`,
  attempt,
})

test('the stopped planner removes nothing of the next planning', async () => {
  const { store, deliveries, batches, exclusions } = open()
  await store.addDeliveries(NEXT, [delivery('hana', 2)])
  await store.addBatches([{ _id: `${RUN}/2.1`, run: RUN, attempt: 2 } as Batch])
  await store.addExclusions([
    { _id: 'x', run: RUN, date: TODAY, delivery: 'y', attempt: 2, reason: 'stopped' },
  ])
  await store.discardUnsealed(STOPPED)
  for (const collection of [deliveries, batches, exclusions]) {
    expect(await collection.countDocuments({ run: RUN, attempt: 2 })).toBe(1)
  }
})

test('the stopped planner takes no delivery away from the next planning', async () => {
  const { store, deliveries } = open()
  await store.addDeliveries(NEXT, [delivery('hana', 2)])
  const taken = await store.addDeliveries(STOPPED, [delivery('hana', 1)])
  expect(taken).toEqual(['hana:child:24w3d'])
  expect(await deliveries.findOne()).toMatchObject({ attempt: 2 })
})

test('what the stopped planner wrote late does not count as delivered, and is replaced', async () => {
  const { store, deliveries } = open()
  await store.addDeliveries(STOPPED, [delivery('hana', 1)])
  expect(await store.findExisting(['hana:child:24w3d'], NEXT)).toMatchObject({ existing: [] })
  expect(await store.addDeliveries(NEXT, [delivery('hana', 2)])).toEqual([])
  expect(await deliveries.findOne()).toMatchObject({ attempt: 2 })
})

test('what an earlier, finished planning wrote stays', async () => {
  const { store } = open()
  await store.addDeliveries(STOPPED, [delivery('hana', 1)])
  const again = { ...NEXT, sealed: [1] }
  await store.discardUnsealed(again)
  expect(await store.findExisting(['hana:child:24w3d'], again)).toMatchObject({
    existing: [{ attempt: 1 }],
  })
  expect(await store.addDeliveries(again, [delivery('hana', 2)])).toEqual(['hana:child:24w3d'])
})

test('a stopped planner gives back nothing that a later planning has planned anew', async () => {
  const { store, deliveries, batches } = open()
  const withdrawn = { state: 'excluded', reason: 'withdrawn', recipients: ['hana:child:24w3d'] }
  await store.addDeliveries(NEXT, [delivery('hana', 2)])
  await store.addBatches([{ _id: `${RUN}/2.1`, run: RUN, attempt: 2, ...withdrawn } as Batch])
  await store.freeWithdrawn(STOPPED, ['hana:child:24w3d'])
  expect(await deliveries.countDocuments()).toBe(1)

  const third = { _id: RUN, attempts: 3, sealed: [2] }
  await store.freeWithdrawn(third, ['hana:child:24w3d'])
  expect(await deliveries.countDocuments()).toBe(0)
  expect(await batches.findOne()).toMatchObject({ recipients: [], freed: 1 })
})
