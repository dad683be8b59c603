// A planner that was stopped for longer than its lease, and the one that has taken over meanwhile.
import { expect, test } from '@jest/globals'

import { deliveryId, pairId } from '../../../src/plan/candidate'
import { batchId } from '../../../worker/ledger/batchId'
import type { Batch, Run } from '../../../worker/ledger/documents'
import type { PlannedRun } from '../../../worker/planning/existingDeliveries'
import { createPlanningStore } from '../../../worker/planning/planningStore'
import { TODAY, TOWN } from '../../src/plan/town'
import { openLedger, RUN } from '../ledger/openLedger'

const STOPPED = { _id: RUN, attempts: 1, sealed: [] }
const NEXT = { _id: RUN, attempts: 2, sealed: [] }

function open() {
  const ledger = openLedger()
  return { store: createPlanningStore(ledger.db), ...ledger }
}

const HANA = deliveryId(pairId(TOWN, 1), '24w3d')

/** Writes the one delivery as a planning does: its batch first. */
async function plan({ store, batches }: ReturnType<typeof open>, run: PlannedRun) {
  const _id = batchId(run, 1)
  const batch = { _id, run: RUN, attempt: run.attempts, recipients: [HANA], state: 'planned' }
  await batches.replaceOne({ _id }, batch as unknown as Batch, { upsert: true })
  return store.addDeliveries(run, [{ _id: HANA, batch: _id }])
}

test('the stopped planner removes nothing of the next planning', async () => {
  const opened = open()
  const { store, deliveries, batches, exclusions } = opened
  await plan(opened, NEXT)
  await store.addExclusions([
    { _id: 'x', run: RUN, date: TODAY, delivery: 'y', attempt: 2, reason: 'stopped' },
  ])
  await store.discardUnsealed(STOPPED)
  expect(await deliveries.findOne()).toEqual({ _id: HANA, batch: `${RUN}/2.1` })
  for (const collection of [batches, exclusions]) {
    expect(await collection.countDocuments({ run: RUN, attempt: 2 })).toBe(1)
  }
})

test('the stopped planner takes no delivery away from the next planning', async () => {
  const opened = open()
  await plan(opened, NEXT)
  expect(await plan(opened, STOPPED)).toEqual([HANA])
  expect(await opened.deliveries.findOne()).toMatchObject({ batch: `${RUN}/2.1` })
})

test('what the stopped planner wrote late does not count as delivered, and is replaced', async () => {
  const opened = open()
  const { store, deliveries } = opened
  await plan(opened, STOPPED)
  expect(await store.findExisting([HANA], NEXT)).toMatchObject({ existing: [] })
  expect(await plan(opened, NEXT)).toEqual([])
  expect(await deliveries.findOne()).toMatchObject({ batch: `${RUN}/2.1` })
})

test('what an earlier, finished planning wrote stays', async () => {
  const opened = open()
  const { store } = opened
  await plan(opened, STOPPED)
  const again = { ...NEXT, sealed: [1] }
  await store.discardUnsealed(again)
  expect(await store.findExisting([HANA], again)).toMatchObject({ existing: [{ attempt: 1 }] })
  expect(await plan(opened, again)).toEqual([HANA])
})

test('a stopped planner gives back nothing that a later planning has planned anew', async () => {
  const opened = open()
  const { store, deliveries, batches } = opened
  await plan(opened, NEXT)
  await batches.updateOne({}, { $set: { state: 'excluded', reason: 'withdrawn' } })
  await store.freeWithdrawn(STOPPED, [HANA])
  expect(await deliveries.countDocuments()).toBe(1)

  const third = { _id: RUN, attempts: 3, sealed: [2] }
  await store.freeWithdrawn(third, [HANA])
  expect(await deliveries.countDocuments()).toBe(0)
  expect(await batches.findOne()).toMatchObject({ recipients: [], freed: 1 })
})

test('what another run left unfinished counts no more than what this one did', async () => {
  const opened = open()
  const { store, runs, deliveries } = opened
  const welcome = `${RUN}:welcome:hana`
  await runs.insertOne({ _id: welcome, attempts: 2, sealed: [2] } as unknown as Run)
  const _id = batchId({ _id: welcome, attempts: 1 }, 1)
  await store.addDeliveries({ _id: welcome, attempts: 1, sealed: [] }, [{ _id: HANA, batch: _id }])
  expect(await store.findExisting([HANA], STOPPED)).toMatchObject({ existing: [] })
  expect(await plan(opened, STOPPED)).toEqual([])
  expect(await deliveries.findOne()).toMatchObject({ batch: `${RUN}/1.1` })
})

test('what another run is planning just now is its own', async () => {
  const opened = open()
  const welcome = { _id: `${RUN}:welcome:hana`, attempts: 1, sealed: [] }
  await opened.runs.insertOne({ ...welcome, state: 'planning' } as unknown as Run)
  await opened.store.addDeliveries(welcome, [{ _id: HANA, batch: batchId(welcome, 1) }])
  expect(await plan(opened, STOPPED)).toEqual([HANA])
})
