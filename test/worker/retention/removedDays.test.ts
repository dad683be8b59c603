// What is left of a day once its details are older than what is kept, and what people are told of it.
import { expect, test } from '@jest/globals'
import type { Db } from 'mongodb'

import { addDays } from '../../../src/stage/day'
import type { ContentStore } from '../../../worker/content/store'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createPlanningStore } from '../../../worker/planning/planningStore'
import { readerCollections } from '../../../worker/readers/collections'
import { createExplain } from '../../../worker/report/explain'
import { verifyDay } from '../../../worker/report/verify'
import { forcedRequest } from '../../../worker/runs/due'
import { createDailyRemoval, LEAST_KEPT_DAYS } from '../../../worker/retention/dailyRemoval'
import { childTexts, release, text, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, deliver, openService, RUN } from '../app/day'
import { mailUser, openWorker, received, register, type WorkerUnderTest } from '../app/openWorker'
import { runIn } from '../cli/io'
import { removeAsCounted } from './removeAsCounted'
import { killAt } from '../killAt'

const KEPT_DAYS = 20
const LAST_KEPT = addDays(TODAY, KEPT_DAYS)
const FIRST_GONE = addDays(LAST_KEPT, 1)

/** A family whose milestone was merged into the text of the day, and another one. */
async function openDelivered() {
  const milestone = release(text({ slot: 'month1+14', kind: 'milestone' }))
  const worker = await openWorker({ releases: [...childTexts(), milestone] })
  const one = await register(worker.delivery, { address: mailUser(1), child: DAY_45 })
  const second = await register(worker.delivery, { address: mailUser(2), child: DAY_45 })
  await deliver(worker)
  await openService(worker).tick()
  return { worker, ...one, second: { readerId: second.readerId, childId: second.childId } }
}

function goTo({ clock }: WorkerUnderTest, date: string) {
  clock.now = new Date(`${date}T06:00:00+09:00`)
}

const removalOf = ({ delivery }: WorkerUnderTest, db: Db = delivery.db) =>
  createDailyRemoval({ ...delivery, db, keptDays: KEPT_DAYS })

async function removeAll(worker: WorkerUnderTest, db?: Db) {
  if (db === undefined) return removeAsCounted(worker, KEPT_DAYS)
  const removeSome = removalOf(worker, db)
  while (await removeSome());
}

/** How many documents of a day there are. */
async function left({ delivery: { db } }: WorkerUnderTest) {
  const { runs, batches, exclusions, payloads, deliveries } = ledgerCollections(db)
  const count = async (collection: { countDocuments: () => Promise<number> }) =>
    collection.countDocuments()
  return {
    runs: await count(runs),
    batches: await count(batches),
    exclusions: await count(exclusions),
    payloads: await count(payloads),
    reports: await db.collection('reports').countDocuments(),
    deliveries: await count(deliveries),
  }
}

const explain = ({ delivery }: WorkerUnderTest, reader: string, date = TODAY) =>
  createExplain({ delivery, ledger: createLedgerReader(delivery.db) })(reader, date)

const verify = ({ delivery }: WorkerUnderTest, date = TODAY) =>
  verifyDay({ delivery, ledger: createLedgerReader(delivery.db) }, date)

const pushed = ({ delivery }: WorkerUnderTest) =>
  delivery.db.collection('reports').updateMany({}, { $set: { pushedAt: new Date() } })

test('as long as a day is kept, all of it is there and explained', async () => {
  const { worker, readerId } = await openDelivered()
  await pushed(worker)
  const before = await left(worker)
  expect(before).toMatchObject({ runs: 1, batches: 1, exclusions: 2, payloads: 1, reports: 1 })
  goTo(worker, LAST_KEPT)
  await removeAll(worker)
  expect(await left(worker)).toEqual(before)
  expect(await explain(worker, readerId)).toMatchObject([{ status: 'accepted' }, {}])
  expect(await verify(worker)).toMatchObject({ runs: 1, deliveries: 2, differences: [] })
})

test('then the details go, and what keeps a text from going out twice stays', async () => {
  const { worker, readerId } = await openDelivered()
  await pushed(worker)
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  const gone = { runs: 0, batches: 0, payloads: 0, reports: 0 }
  expect(await left(worker)).toEqual({ ...gone, exclusions: 2, deliveries: 2 })
  const sentence = expect.stringContaining('20 日の保存期間が過ぎたため削除しました')
  const [told, ...others] = (await explain(worker, readerId)) ?? []
  expect(told).toMatchObject({ status: 'removed', slot: null, sentence })
  expect(others).toEqual([])
  expect(await verify(worker)).toMatchObject({ removed: { keptDays: KEPT_DAYS }, differences: [] })
})

test('a day before the first that was removed is not told as one without deliveries', async () => {
  const { worker, readerId } = await openDelivered()
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  const before = addDays(TODAY, -3)
  expect(await explain(worker, readerId, before)).toMatchObject([{ status: 'removed' }])
  expect(await verify(worker, before)).toMatchObject({ removed: { keptDays: KEPT_DAYS } })
  const after = addDays(TODAY, 1)
  expect((await verify(worker, after)).removed).toBeUndefined()
  expect(await explain(worker, readerId, after)).toMatchObject([{ status: 'none' }])
})

test('the commands say in words that the details are gone, and end with 1', async () => {
  const { worker, readerId } = await openDelivered()
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  const kizuna = (...args: string[]) =>
    runIn({ env: worker.env, now: () => worker.clock.now }, args)
  const words = '20 日の保存期間が過ぎたため削除しました'
  const verified = await kizuna('verify', '--date', TODAY)
  expect([verified.code, verified.out.join()]).toEqual([1, expect.stringContaining(words)])
  expect((await kizuna('verify', '--date', TODAY, '--json')).json()).toMatchObject({
    isAgreed: false,
    removed: { keptDays: KEPT_DAYS },
  })
  const ledger = await kizuna('export', 'ledger', '--date', TODAY)
  expect(ledger).toMatchObject({ code: 1, out: [] })
  expect(ledger.err.join()).toContain(words)
  const explained = await kizuna('explain', '--reader', readerId, '--date', TODAY)
  expect([explained.code, explained.out.join()]).toEqual([0, expect.stringContaining(words)])
  const status = (await kizuna('status')).out.join('\n')
  expect(status).toContain('保存期間: 400 日(2026年10月6日(火)までの分は削除しました)')
})

test('a slot whose batch is long gone is not delivered again, nor one that was merged into it', async () => {
  const { worker, readerId, childId, second } = await openDelivered()
  await pushed(worker)
  const later = '2026-11-19' // both slots fall on this day by a birthday of 5 October
  goTo(worker, later)
  await removeAll(worker)
  const copies = [...received(worker.sandbox).values()]
  worker.clock.now = new Date(`${later}T09:30:00+09:00`)
  for (const one of [{ readerId, childId }, second]) {
    await worker.delivery.readers.changeAnchor({ ...one, dates: { birthDate: '2026-10-05' } })
  }
  const { runs } = worker.delivery
  const asked = forcedRequest(TOWN, later, worker.clock.now)
  await runs.requestAgain(asked)
  await worker.delivery.worker.work(asked._id, () => false)
  expect((await runs.find(asked._id))?.plan).toMatchObject({
    deliveries: 0,
    exclusions: { alreadyDelivered: 4 },
  })
  expect([...received(worker.sandbox).values()]).toEqual(copies)
})

test.each([
  ['is not done', { state: 'sending' as const }],
  ['was not compared with the ledger', { isUnchecked: true as const }],
  ['is held', { state: 'held' as const }],
])('a run that %s stays, with all that is its own', async (_, changed) => {
  const { worker } = await openDelivered()
  const before = await left(worker)
  const { runs } = ledgerCollections(worker.delivery.db)
  await runs.updateOne({ _id: RUN }, { $set: changed })
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  expect(await left(worker)).toEqual(before)
  expect((await verify(worker)).removed).toBeUndefined()
})

test('a run of a municipality that is gone does not stay for ever', async () => {
  const { worker } = await openDelivered()
  const { runs } = ledgerCollections(worker.delivery.db)
  await runs.updateOne({ _id: RUN }, { $set: { municipality: '000000', state: 'requested' } })
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  expect(await runs.countDocuments()).toBe(0)
})

test('a report that the CMS has not got stays as long as somebody can bring it', async () => {
  const { worker } = await openDelivered()
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  expect((await left(worker)).reports).toBe(1)
  await pushed(worker)
  await removeAll(worker)
  expect((await left(worker)).reports).toBe(0)
})

test('nothing is removed while a run is worked on', async () => {
  const { worker } = await openDelivered()
  const { runs } = ledgerCollections(worker.delivery.db)
  goTo(worker, FIRST_GONE)
  const leaseUntil = new Date(worker.clock.now.getTime() + 10_000)
  const other = { _id: `${TOWN}:${FIRST_GONE}`, date: FIRST_GONE, state: 'sending', leaseUntil }
  await runs.insertOne({ ...(await runs.findOne({ _id: RUN }))!, ...other } as never)
  const removeSome = removalOf(worker)
  expect(await removeSome()).toBe(true)
  expect(await runs.findOne({ _id: RUN })).not.toBeNull()
  await runs.updateOne({ _id: other._id }, { $set: { leaseUntil: null } })
  while (await removeSome());
  expect(await runs.findOne({ _id: RUN })).toBeNull()
})

test('broken off at any write, it goes on the next time, and nobody is told that nothing was sent', async () => {
  const { worker, readerId } = await openDelivered()
  await pushed(worker)
  const { delivery } = worker
  const names = ['runs', 'batches', 'exclusions', 'payloads', 'reports', 'retention'] as const
  const copies = new Map<string, object[]>()
  for (const name of names) copies.set(name, await delivery.db.collection(name).find().toArray())
  goTo(worker, FIRST_GONE)
  let broken = 0
  for (let write = 1; ; write += 1) {
    for (const name of names) {
      await delivery.db.collection(name).deleteMany({})
      const docs = copies.get(name) ?? []
      if (docs.length > 0) await delivery.db.collection(name).insertMany(docs)
    }
    const when = write % 2 === 0 ? 'before' : 'after'
    const killed = killAt(delivery.db, { write, when })
    await removeAll(worker, killed.db).catch(() => undefined)
    const runs = await left(worker)
    if (runs.batches === 0 || runs.runs === 0) {
      expect(await explain(worker, readerId)).toMatchObject([{ status: 'removed' }])
    }
    await removeAll(worker)
    expect(await left(worker)).toMatchObject({ runs: 0, batches: 0, payloads: 0, reports: 0 })
    if (!killed.hasKilled()) break
    broken += 1
  }
  expect(broken).toBeGreaterThan(4)
}, 180_000)

test('a text that is planned again while it is being removed is there when it is sent', async () => {
  const { worker } = await openDelivered()
  const { db } = worker.delivery
  const { payloads } = ledgerCollections(db)
  const { _id: hash, usedOn: _, ...body } = (await payloads.findOne())!
  const removing = new Proxy(db, {
    get: (target, name) => {
      if (name !== 'collection') return Reflect.get(target, name, target) as unknown
      return (called: string) =>
        called === 'payloads' ? removedBeforeUpdate(db) : target.collection(called)
    },
  })
  const store = createPlanningStore(removing)
  await store.addPayloads([{ hash, ...body }], FIRST_GONE)
  expect(await payloads.findOne()).toEqual({ ...body, _id: hash, usedOn: FIRST_GONE })
})

/** The payloads as a planner sees them whose find is followed by their removal. */
function removedBeforeUpdate(db: Db) {
  return new Proxy(db.collection('payloads'), {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      const method = value.bind(target) as (...args: unknown[]) => unknown
      if (name !== 'updateMany') return method
      return async (...args: unknown[]) => {
        await target.deleteMany({})
        return method(...args)
      }
    },
  })
}

test('of revisions the one goes that was replaced before what is kept', async () => {
  const worker = await openWorker({ releases: [] })
  const store: ContentStore = worker.delivery.contentStore
  const at = (revision: number, publishedAt: string, key = 'manuscript:a') =>
    release(text({ slot: 'day1', body: String(revision) }), {
      key,
      revision,
      publishedAt: `${publishedAt}T00:00:00.000Z`,
    })
  await store.addReleases([
    at(1, '2026-01-01'),
    at(2, '2026-02-01'),
    at(3, addDays(TODAY, -5)),
    at(1, '2026-01-01', 'manuscript:b'),
  ])
  goTo(worker, TODAY)
  await removeAll(worker)
  const rest = (await store.allReleases()).map(({ key, revision }) => `${key} ${revision}`)
  expect(rest.sort()).toEqual(['manuscript:a 2', 'manuscript:a 3', 'manuscript:b 1'])
})

test('notes of first refusals, of friends and of dead workers, and old losses end', async () => {
  const { worker } = await openDelivered()
  const { db } = worker.delivery
  const { workers, installation, runs } = ledgerCollections(db)
  const { filterNotes, friendships } = readerCollections(db)
  const old = new Date(`${TODAY}T00:00:00+09:00`)
  await filterNotes.insertOne({ _id: 'mail:mail:x', firstOn: TODAY })
  await filterNotes.insertOne({ _id: 'mail:mail:y', firstOn: FIRST_GONE })
  await friendships.insertOne({ _id: 'L1:x', isFriend: false, at: old })
  await workers.insertOne({ _id: 'killed', at: old })
  const loss = { from: TODAY, until: old, shownBy: 'restore' as const }
  await installation.updateOne(
    { _id: 'installation' },
    {
      $set: {
        losses: [
          { ...loss, acceptedAt: old },
          { ...loss, acceptedAt: null },
        ],
      },
    },
  )
  goTo(worker, FIRST_GONE)
  await removeAll(worker)
  expect(await filterNotes.distinct('_id')).toEqual(['mail:mail:y'])
  expect(await friendships.countDocuments()).toBe(0)
  expect(await workers.countDocuments()).toBe(0)
  expect((await installation.findOne())?.losses).toMatchObject([{ acceptedAt: null }])
  expect(await runs.countDocuments()).toBe(0)
})

test('fewer days than delivery looks back cannot be kept', async () => {
  const { delivery } = await openWorker({ releases: [] })
  for (const keptDays of [LEAST_KEPT_DAYS - 1, 0, NaN]) {
    expect(() => createDailyRemoval({ ...delivery, keptDays })).toThrow(RangeError)
  }
})
