// What a tick asks the database for does not grow with the municipalities, nor with the days.
import { expect, test } from '@jest/globals'
import { MongoClient, type Db } from 'mongodb'

import { ledgerCollections } from '../../../worker/ledger/collections'
import type { Run } from '../../../worker/ledger/documents'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createDailyReports, type StoredReport } from '../../../worker/report/dailyReports'
import { createReconcile } from '../../../worker/report/reconcile'
import { addDays } from '../../../src/stage/day'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { deliver, families, RUN } from '../app/day'
import { openWorker } from '../app/openWorker'

const READS = new Set(['find', 'aggregate', 'distinct', 'count'])

/** The same database, over a connection that counts what is read. */
async function watched(db: Db, url: string) {
  const client = await new MongoClient(url, { monitorCommands: true }).connect()
  let reads = 0
  client.on('commandStarted', ({ commandName }) => {
    if (READS.has(commandName)) reads += 1
  })
  const readsOf = async (work: () => Promise<unknown>) => {
    reads = 0
    await work()
    return reads
  }
  return { db: client.db(db.databaseName), readsOf, close: () => client.close() }
}

test('reports that are made already are asked for in a few reads, however many towns', async () => {
  const { delivery, env, clock } = await openWorker({ releases: childTexts() })
  const { db, readsOf, close } = await watched(delivery.db, env.DELIVERY_DATABASE_URL)
  const made = async (count: number) => {
    const towns = Array.from({ length: count }, (_, number) => ({
      ...settings({ code: String(100_000 + number) }),
      cmsId: `cms-${number}`,
    }))
    const days = Array.from({ length: 8 }, (_, back) => addDays(TODAY, -back))
    const runs = days.flatMap((date) => towns.map(({ code }) => doneRun(code, date)))
    await ledgerCollections(db).runs.insertMany(runs)
    const reports = createDailyReports({
      db,
      cms: { createReport: () => Promise.resolve() },
      ledger: createLedgerReader(db),
      municipalities: () => towns,
      now: () => clock.now,
    })
    await reports.make()
    const stored = await db.collection('reports').countDocuments()
    const reads = await readsOf(reports.make)
    await ledgerCollections(db).runs.deleteMany({})
    return { stored, reads }
  }
  try {
    const few = await made(2)
    const many = await made(12)
    expect([few.stored, many.stored]).toEqual([2 * 8, 12 * 8])
    expect(many.reads).toBe(few.reads)
  } finally {
    await close()
  }
})

test('reports of a municipality the CMS no longer has keep no other one waiting', async () => {
  const { delivery, clock } = await openWorker({ releases: childTexts() })
  const { db } = delivery
  const waiting = (code: string, back: number) => {
    const date = addDays(TODAY, -back)
    const report = { municipality: code, date, numbers: {}, madeAt: clock.now, pushedAt: null }
    return { _id: `${code}:${date}:done`, ...report } as unknown as StoredReport
  }
  const ofGone = Array.from({ length: 250 }, (_, back) => waiting('100000', back))
  await db.collection<StoredReport>('reports').insertMany([...ofGone, waiting('999999', 0)])
  const pushed: unknown[] = []
  const reports = createDailyReports({
    db,
    cms: { createReport: (report) => Promise.resolve(void pushed.push(report)) },
    ledger: createLedgerReader(db),
    municipalities: () => [{ ...settings({ code: '999999' }), cmsId: 'cms-1' }],
    now: () => clock.now,
  })
  expect(await reports.push()).toBe(1)
  expect(pushed).toMatchObject([{ municipality: 'cms-1' }])
})

test('a finished run is compared once, and once more when it has been finished again', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { db } = worker.delivery
  const { runs } = ledgerCollections(db)
  const compared: string[] = []
  const ledger = {
    ...createLedgerReader(db),
    differences: (run: Run) => Promise.resolve((compared.push(run._id), [])),
  }
  const reconcile = createReconcile({ db, ledger, onAlert: () => undefined })
  await families(worker, { mail: 1 })
  await deliver(worker)
  await reconcile()
  await reconcile()
  expect(compared).toEqual([RUN])
  await deliver(worker)
  await reconcile()
  expect(compared).toEqual([RUN, RUN])
  const plan = await runs.find({ isUnchecked: true, state: 'done' }).explain('queryPlanner')
  expect(JSON.stringify(plan)).toContain('isUnchecked_1')
})

function doneRun(code: string, date: string): Run {
  return {
    _id: `${code}:${date}`,
    municipality: code,
    date,
    kind: 'daily',
    state: 'done',
    attempts: 1,
    sealed: [1],
  } as Run
}
