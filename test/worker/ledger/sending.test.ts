// What a worker may write that was stopped for a while and does not know that another took over.
import { expect, test } from '@jest/globals'

import type { Delivery } from '../../../worker/ledger/documents'
import type { Claim } from '../../../worker/ledger/runs'
import { createSendingStore } from '../../../worker/ledger/sending'
import { frozenBatch, HANA, openLedger, RUN } from './openLedger'

const now = () => new Date('2026-10-06T00:30:00Z')
const claimed = (epoch: number): Claim => ({ epoch, run: { _id: RUN, sealed: [1] } }) as Claim

function open() {
  const { db, batches, deliveries } = openLedger()
  const store = createSendingStore({ db, now })
  const addDelivery = (status: Delivery['status'], epoch: number) =>
    deliveries.insertOne({
      _id: HANA,
      batch: `${RUN}/1.1`,
      status,
      epoch,
    } as Delivery)
  return { store, batches, deliveries, addDelivery }
}

test('a batch that was closed after it was read is not sent any more', async () => {
  const { store, batches } = open()
  await batches.insertOne(frozenBatch({}))
  const [read] = await store.nextPage(claimed(1), ['line'])
  await store.expire(claimed(1), 'line')
  expect(await store.markSending(claimed(1), [{ batch: read!, left: [], checkedWith: 0 }])).toEqual(
    new Set(),
  )
  expect(await batches.findOne()).toMatchObject({ state: 'expired' })
})

test('a batch that a stopped worker began after it was read is not sent as if it were untouched', async () => {
  const { store, batches } = open()
  await batches.insertOne(frozenBatch({}))
  const [read] = await store.nextPage(claimed(2), ['line'])
  const page = [{ batch: read!, left: [], checkedWith: 0 }]
  expect(await store.markSending(claimed(1), page)).toEqual(new Set([read!._id]))
  // with somebody left out it would go out under another key: twice for all others
  const others = [{ batch: read!, left: [HANA], checkedWith: 0 }]
  expect(await store.markSending(claimed(2), others)).toEqual(new Set())
  const [again] = await store.nextPage(claimed(2), ['line'])
  expect(again).toMatchObject({ state: 'sending', epoch: 1 })
})

test('a worker that lost its run to another is told so when it marks a batch', async () => {
  const { store, batches } = open()
  await batches.insertOne(frozenBatch({ epoch: 2, state: 'sending' }))
  const page = [{ batch: frozenBatch({}), left: [], checkedWith: 0 }]
  await expect(store.markSending(claimed(1), page)).rejects.toMatchObject({ code: 'LOST_LEASE' })
})

test.each([
  ['accepted', 'accepted'],
  ['rejected', 'rejected'],
  ['deferred', 'unknown'],
] as const)(
  'a late “%s” for a mail that is listed as unknown leaves it %s',
  async (status, left) => {
    const { store, deliveries, addDelivery } = open()
    await addDelivery('unknown', 1)
    await store.settleDeliveries(claimed(1), [{ id: HANA, status }])
    expect(await deliveries.findOne()).toMatchObject({ status: left })
  },
)

test('a worker that lost its run records nobody as left out of what the other one sends', async () => {
  const { store, batches, deliveries, addDelivery } = open()
  await addDelivery(undefined, 0)
  await batches.insertOne(frozenBatch({}))
  const [read] = await store.nextPage(claimed(1), ['line'])
  expect(
    await store.markSending(claimed(2), [{ batch: read!, left: [], checkedWith: 0 }]),
  ).toHaveProperty('size', 1)
  const dropped = [{ id: HANA, status: 'excluded' as const, reason: 'stopped' as const }]
  const late = store.leaveOut(claimed(1), [{ batch: read!, left: [HANA], checkedWith: 0, dropped }])
  await expect(late).rejects.toMatchObject({ code: 'LOST_LEASE' })
  expect((await deliveries.findOne())?.status ?? null).toBeNull()
})

test('nor does it of a batch that was closed after it was read', async () => {
  const { store, batches, deliveries, addDelivery } = open()
  await addDelivery(undefined, 0)
  await batches.insertOne(frozenBatch({}))
  const [read] = await store.nextPage(claimed(1), ['line'])
  await store.expire(claimed(1), 'line')
  const dropped = [{ id: HANA, status: 'excluded' as const, reason: 'stopped' as const }]
  const end = { state: 'excluded' as const }
  expect(
    await store.leaveOut(claimed(1), [{ batch: read!, left: [], checkedWith: 0, dropped, end }]),
  ).toEqual(new Set())
  expect(await batches.findOne()).toMatchObject({ state: 'expired' })
  expect((await deliveries.findOne())?.status ?? null).toBeNull()
})
