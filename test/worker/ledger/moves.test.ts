// A move that the tables forbid is not written, whoever asks for it.
import { expect, test } from '@jest/globals'

import type { Batch, Delivery } from '../../../worker/ledger/documents'
import { createRunStore, type Claim } from '../../../worker/ledger/runs'
import { imaginedRun } from '../../../worker/ledger/runRequest'
import { createSendingStore } from '../../../worker/ledger/sending'
import { BATCH_STATES, canBatchMove, RUN_STATES } from '../../../worker/ledger/states'
import { TODAY, TOWN } from '../../src/plan/town'
import { frozenBatch, HANA, openLedger, RUN } from './openLedger'

const NOW = new Date('2026-10-06T00:30:00Z')
const now = () => NOW
const CLAIM = { epoch: 1, run: { _id: RUN, sealed: [1] } } as Claim

const batch = (changed: Partial<Batch>): Batch => frozenBatch({ epoch: 1, ...changed })

function open() {
  const { db, batches, deliveries, runs } = openLedger()
  return { store: createSendingStore({ db, now }), db, batches, deliveries, runs }
}

const moves = (['line', 'mail'] as const).flatMap((channel) =>
  BATCH_STATES.flatMap((from) =>
    BATCH_STATES.filter((to) => to !== from).map((to) => ({ channel, from, to })),
  ),
)

test('an outcome is written only where the table has the move, for every pair of states', async () => {
  const { store, batches } = open()
  const written: string[] = []
  for (const { channel, from, to } of moves) {
    await batches.replaceOne({ _id: `${RUN}/1.1` }, batch({ channel, state: from }), {
      upsert: true,
    })
    const settling = store.settle(CLAIM, [{ id: `${RUN}/1.1`, set: { state: to } }])
    const code = await settling.then(
      () => 'written',
      (error: { code: string }) => error.code,
    )
    expect(code).toBe(canBatchMove(channel, from, to) ? 'written' : 'FORBIDDEN_MOVE')
    expect((await batches.findOne())?.state).toBe(code === 'written' ? to : from)
    if (code === 'written') written.push(`${channel} ${from} ${to}`)
  }
  expect(written.length).toBeGreaterThan(15)
  expect(written.length).toBeLessThan(moves.length / 2)
})

test('a LINE batch that may have been taken does not end as excluded, nor do its people', async () => {
  const { store, batches, deliveries } = open()
  const sending = batch({ state: 'sending' })
  await batches.insertOne(sending)
  await deliveries.insertOne({
    _id: HANA,
    batch: sending._id,
  })
  const dropped = [{ id: HANA, status: 'excluded' as const, reason: 'withdrawn' as const }]
  const end = { state: 'excluded' as const, reason: 'withdrawn' as const }
  const ending = store.leaveOut(CLAIM, [{ batch: sending, left: [], checkedWith: 0, dropped, end }])
  await expect(ending).rejects.toMatchObject({ code: 'FORBIDDEN_MOVE' })
  expect(await batches.findOne()).toMatchObject({ state: 'sending' })
  expect((await deliveries.findOne())?.status).toBeUndefined()
})

test('a batch that is over is not marked as being sent again', async () => {
  const { store, batches } = open()
  const over = batch({ state: 'accepted' })
  await batches.insertOne(over)
  expect(await store.markSending(CLAIM, [{ batch: over, left: [], checkedWith: 0 }])).toEqual(
    new Set(),
  )
  expect(await store.markSending(CLAIM, [{ batch: over, left: [HANA], checkedWith: 0 }])).toEqual(
    new Set(),
  )
  expect(await batches.findOne()).toMatchObject({ state: 'accepted', tries: 0 })
})

test('a mail that is settled is neither begun again nor expired', async () => {
  const { store, batches, deliveries } = open()
  await batches.insertOne(batch({ channel: 'mail', state: 'sending' }))
  await deliveries.insertOne({
    _id: HANA,
    batch: `${RUN}/1.1`,
    status: 'accepted',
    epoch: 1,
  } satisfies Delivery)
  expect(await store.settleAndMark(CLAIM, [], [HANA])).toEqual([])
  await store.expire(CLAIM, 'mail')
  expect(await deliveries.findOne()).toMatchObject({ status: 'accepted' })
})

test('a run is planned, sealed, held and finished only from where the table has the move', async () => {
  const { db, runs } = open()
  const store = createRunStore({ db, now, owner: 'test' })
  const hours = { line: NOW, mail: NOW }
  const plan = null
  const why = { code: 'odd', detail: '', at: NOW }
  const asked = {
    _id: RUN,
    municipality: TOWN,
    date: TODAY,
    kind: 'daily' as const,
    isForced: false,
    isStale: false,
    opensAt: hours,
    closesAt: hours,
  }
  const steps = {
    planning: (claim: Claim) => store.beginPlanning(claim, 0),
    sending: (claim: Claim) => store.seal(claim, claim.run.plan!),
    held: (claim: Claim) => store.hold(claim, why, plan),
    done: (claim: Claim) => store.finish(claim),
  }
  const written: string[] = []
  for (const from of RUN_STATES) {
    for (const [to, step] of Object.entries(steps)) {
      const run = { ...imaginedRun(asked), state: from, epoch: 1 }
      await runs.replaceOne({ _id: RUN }, run, { upsert: true })
      await step({ epoch: 1, run }).then(
        () => written.push(`${from} ${to}`),
        () => undefined,
      )
    }
  }
  expect(written).toEqual([
    'requested planning',
    'planning planning',
    'planning sending',
    'planning held',
    'sending held',
    'sending done',
  ])
})
