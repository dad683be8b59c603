// Only what a planning has finished is sent, and only its own worker says that it has.
import { expect, test } from '@jest/globals'

import type { Batch, RunNumbers } from '../../../worker/ledger/documents'
import { createRunStore } from '../../../worker/ledger/runs'
import { createSendingStore } from '../../../worker/ledger/sending'
import { dailyRequest } from '../../../worker/runs/due'
import { settings, TODAY } from '../../src/plan/town'
import { openLedger, RUN } from './openLedger'

const PLAN = { deliveries: 1 } as RunNumbers

async function begun() {
  const ledger = openLedger()
  const now = () => new Date('2026-10-06T00:30:00Z')
  const runs = createRunStore({ db: ledger.db, now, owner: 'a worker' })
  await runs.request(dailyRequest(settings(), TODAY))
  const claim = (await runs.claim(RUN))!
  claim.run = await runs.beginPlanning(claim, 0)
  return { ...ledger, store: createSendingStore({ db: ledger.db, now }), runs, claim }
}

test.each([
  ['another worker has claimed', { epoch: 2 }],
  ['a later planning has begun of', { attempts: 2 }],
])('a run that %s is not sealed', async (_, changed) => {
  const { db, runs, claim } = await begun()
  await db.collection<{ _id: string }>('runs').updateOne({ _id: RUN }, { $set: changed })
  await expect(runs.seal(claim, PLAN)).rejects.toMatchObject({ code: 'LOST_LEASE' })
  expect(await runs.find(RUN)).toMatchObject({ state: 'planning', sealed: [] })
})

test('batches of a planning that was not sealed are not sent', async () => {
  const { batches, store, runs, claim } = await begun()
  const batch = { run: RUN, channel: 'line', state: 'planned', recipients: [] } as Partial<Batch>
  const added = [1, 2].map((attempt) => ({ ...batch, _id: `${RUN}/${attempt}`, attempt }) as Batch)
  await batches.insertMany(added)
  claim.run = await runs.seal(claim, PLAN)
  const page = await store.nextPage(claim, ['line'])
  expect(page.map(({ attempt }) => attempt)).toEqual([1])
})
