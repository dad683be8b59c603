// A failover swallows a write, or the answer to one that was made: it is repeated until it is known.
import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { DURABLE, ledgerCollections } from '../../../worker/ledger/collections'
import type { Batch, Delivery, RunNumbers } from '../../../worker/ledger/documents'
import { createRunStore, type Claim } from '../../../worker/ledger/runs'
import { createSendingStore } from '../../../worker/ledger/sending'
import { dailyRequest } from '../../../worker/runs/due'
import { settings, TODAY } from '../../src/plan/town'
import { openLosingDatabase, type LosingDatabase } from './losingConnection'
import { frozenBatch, HANA, RUN } from './openLedger'

const now = () => new Date('2026-10-06T00:30:00Z')
const CLAIM = { epoch: 1, run: { _id: RUN, sealed: [1], attempts: 1 } } as Claim
const PLAN = { deliveries: 1 } as RunNumbers

let losing: LosingDatabase
beforeEach(async () => {
  losing = await openLosingDatabase()
})
afterEach(async () => {
  const concerns = new Set(losing.concerns().map((concern) => JSON.stringify(concern)))
  await losing.close()
  // whatever the connection's own default is
  expect([...concerns]).toEqual([JSON.stringify({ w: 'majority', j: true })])
})

function open() {
  const ledger = ledgerCollections(losing.db)
  const options = { db: losing.db, now }
  const runs = createRunStore({ ...options, owner: 'a worker' })
  return { ...ledger, store: createSendingStore(options), runs, stored: ledger.runs }
}
type Opened = ReturnType<typeof open>

const BATCH = frozenBatch({ state: 'sending', epoch: 1, tries: 1 })

const DELIVERY: Delivery = { _id: HANA, batch: BATCH._id }

/** A write of a sender: what is there before, what is written, and what is there then. */
interface Written {
  name: string
  given: { batch?: Partial<Batch>; delivery?: Partial<Delivery> }
  write: (opened: Opened) => Promise<unknown>
  then: { batch?: Partial<Batch>; delivery?: Partial<Delivery> }
  answer?: unknown
}

const markOf = (state: Batch['state']) => ({
  batch: { _id: BATCH._id, state, epoch: 0 },
  left: [],
  checkedWith: 0,
})

const WRITES: Written[] = [
  {
    name: 'marks a page',
    given: { batch: { state: 'planned', epoch: 0, tries: 0 } },
    write: ({ store }) => store.markSending(CLAIM, [markOf('planned')]),
    answer: new Set([BATCH._id]),
    then: { batch: { state: 'sending', tries: 1 } },
  },
  {
    name: 'settles a batch',
    given: { batch: {} },
    write: ({ store }) => store.settle(CLAIM, [{ id: BATCH._id, set: { state: 'accepted' } }]),
    then: { batch: { state: 'accepted' } },
  },
  {
    name: 'settles a delivery',
    given: { delivery: {} },
    write: ({ store }) => store.settleDeliveries(CLAIM, [{ id: HANA, status: 'rejected' }]),
    then: { delivery: { status: 'rejected' } },
  },
  {
    name: 'marks a mail',
    given: { delivery: {} },
    write: ({ store }) => store.settleAndMark(CLAIM, [], [HANA]),
    answer: [HANA],
    then: { delivery: { status: 'inFlight', epoch: 1 } },
  },
  {
    name: 'settles a mail',
    given: { delivery: { status: 'inFlight', epoch: 1 } },
    write: ({ store }) => store.settleAndMark(CLAIM, [{ id: HANA, status: 'accepted' }], []),
    then: { delivery: { status: 'accepted' } },
  },
  {
    name: 'recovers mails after a crash',
    given: { delivery: { status: 'inFlight', epoch: 1 } },
    write: ({ store }) => store.recoverInFlight({ ...CLAIM, epoch: 2 }, 'at-most-once'),
    then: { delivery: { status: 'unknown', code: 'crash' } },
  },
  {
    name: 'closes the hours of what was not begun',
    given: { batch: { state: 'planned', epoch: 0 } },
    write: ({ store }) => store.expire(CLAIM, 'line'),
    then: { batch: { state: 'expired' } },
  },
  {
    name: 'closes the hours of what was begun',
    given: { batch: { state: 'unsure' } },
    write: ({ store }) => store.expire(CLAIM, 'line'),
    then: { batch: { state: 'unknown' } },
  },
  {
    name: 'writes off what a lost ledger may have sent',
    given: { batch: { state: 'planned', epoch: 0 } },
    write: ({ store }) => store.writeOff(CLAIM),
    then: { batch: { state: 'unknown', code: 'restored' } },
  },
  {
    name: 'ends waits',
    given: { batch: { state: 'deferred', notBefore: new Date('2026-10-06T09:00:00Z') } },
    write: ({ store }) => store.endWaits(CLAIM),
    then: { batch: { notBefore: now() } },
  },
  {
    name: 'stops a text',
    given: { batch: { state: 'planned' } },
    write: ({ store }) => store.rejectPayload(CLAIM, 'hash', 'line-400'),
    then: { batch: { state: 'rejected', code: 'line-400' } },
  },
]

const PARTS = ['request', 'answer'] as const
const CASES = WRITES.flatMap((written) => PARTS.map((part) => ({ ...written, part })))

test.each(CASES)('what $name is known although its $part is lost', async (one) => {
  const { given, write, then, answer, part } = one
  const opened = open()
  if (given.batch) await opened.batches.insertOne({ ...BATCH, ...given.batch })
  if (given.delivery) await opened.deliveries.insertOne({ ...DELIVERY, ...given.delivery })
  losing.lose('update', part)
  const said = await write(opened)
  expect(losing.left()).toBe(0)
  if (answer !== undefined) expect(said).toEqual(answer)
  if (then.batch) expect(await opened.batches.findOne()).toMatchObject(then.batch)
  if (then.delivery) expect(await opened.deliveries.findOne()).toMatchObject(then.delivery)
})

test('an outcome whose answer is lost is no outcome of another worker that has the batch', async () => {
  const { batches, store } = open()
  await batches.insertOne({ ...BATCH, epoch: 2 })
  losing.lose('update', 'answer')
  const settled = store.settle(CLAIM, [{ id: BATCH._id, set: { state: 'accepted' } }])
  await expect(settled).rejects.toMatchObject({ code: 'LOST_LEASE' })
})

/** The writes to a claimed run, each with the state it is in then. */
const RUN_WRITES: { state: string; write: (opened: Opened, claim: Claim) => Promise<unknown> }[] = [
  { state: 'planning', write: ({ runs }, claim) => runs.beginPlanning(claim, 0) },
  { state: 'sending', write: sealed },
  { state: 'done', write: async (opened, claim) => finished(opened, claim) },
  { state: 'held', write: async (opened, claim) => held(opened, claim) },
  { state: 'requested', write: ({ runs }, claim) => runs.release(claim) },
]

async function sealed({ runs }: Opened, claim: Claim) {
  claim.run = await runs.beginPlanning(claim, 0)
  lose()
  claim.run = await runs.seal(claim, PLAN)
  expect(claim.run.sealed).toEqual([claim.run.attempts])
}

async function finished(opened: Opened, claim: Claim) {
  await sealed(opened, claim)
  lose()
  await opened.runs.finish(claim)
}

async function held({ runs }: Opened, claim: Claim) {
  claim.run = await runs.beginPlanning(claim, 0)
  lose()
  await runs.hold(claim, { code: 'drift', detail: '', at: now() }, null)
}

let part: (typeof PARTS)[number] = 'answer'
/** The driver repeats such a write once by itself. */
const lose = () => losing.lose('findAndModify', part, 2)

test.each(RUN_WRITES.flatMap((one) => PARTS.map((lost) => ({ ...one, lost }))))(
  'a run becomes $state although the $lost is lost twice',
  async ({ state, write, lost }) => {
    const opened = open()
    await opened.runs.request(dailyRequest(settings(), TODAY))
    const claim = await opened.runs.claim(RUN)
    part = lost
    if (state === 'requested') losing.lose('update', lost, 2)
    else lose()
    await write(opened, claim!)
    expect(losing.left()).toBe(0)
    expect(await opened.stored.findOne()).toMatchObject({ state, epoch: 1 })
  },
)

test('a run that another worker has claimed meanwhile is not ended because an answer was lost', async () => {
  const opened = open()
  await opened.runs.request(dailyRequest(settings(), TODAY))
  const claim = await opened.runs.claim(RUN)
  await sealed(opened, claim!)
  await opened.stored.updateOne({}, { $set: { epoch: 2 } }, DURABLE)
  lose()
  await expect(opened.runs.finish(claim!)).rejects.toMatchObject({ code: 'LOST_LEASE' })
})
