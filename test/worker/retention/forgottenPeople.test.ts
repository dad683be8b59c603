// What is kept of people who get nothing any more, and what must not come back by it.
import { expect, test } from '@jest/globals'
import type { Db } from 'mongodb'

import { addDays } from '../../../src/stage/day'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { checkPairs } from '../../../worker/readers/checkPairs'
import { readerCollections } from '../../../worker/readers/collections'
import { oldestBirth } from '../../../worker/readers/dateLimits'
import { createDailyRemoval } from '../../../worker/retention/dailyRemoval'
import { forcedRequest } from '../../../worker/runs/due'
import { childTexts, settings, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, deliver } from '../app/day'
import { mailUser, openWorker, received, register, type WorkerUnderTest } from '../app/openWorker'
import { killAt } from '../killAt'
import { removeAsCounted } from './removeAsCounted'

const KEPT_DAYS = 20
/** The first day on which what ended today is older than what is kept. */
const LATER = addDays(TODAY, KEPT_DAYS + 1)

const MAIL = 'reader1@family.example'

async function openTown() {
  const worker = await openWorker({ releases: childTexts() })
  const one = await register(worker.delivery, { address: mailUser(1), child: DAY_45 })
  return { worker, readerId: one.readerId, childId: one.childId }
}

/** One of two readers stopped after the day's texts went out, and that is older than what is kept. */
async function openTownLater() {
  const opened = await openTown()
  const { worker, readerId } = opened
  await register(worker.delivery, { address: mailUser(2), child: DAY_45 })
  await deliver(worker)
  await worker.delivery.readers.stopReader(readerId)
  goTo(worker, LATER)
  return opened
}

async function removeAll(worker: WorkerUnderTest, db?: Db) {
  if (db === undefined) return removeAsCounted(worker, KEPT_DAYS)
  const { delivery } = worker
  const removeSome = createDailyRemoval({ ...delivery, db, keptDays: KEPT_DAYS })
  while (await removeSome());
}

function goTo({ clock }: WorkerUnderTest, date: string) {
  clock.now = new Date(`${date}T09:30:00+09:00`)
}

const people = ({ delivery }: WorkerUnderTest) => readerCollections(delivery.db)
const ledger = ({ delivery }: WorkerUnderTest) => ledgerCollections(delivery.db)

/** How many pairs are not what their people say. */
const differing = async ({ delivery }: WorkerUnderTest) => (await checkPairs(delivery.db)).differing

function importOld({ delivery }: WorkerUnderTest, birthDates: string[]) {
  const header =
    'municipality,channel,address,anchor,date,edition,relation,area,source,consentedAt,consentVersion'
  const rows = birthDates.map(
    (date) =>
      `${TOWN},mail,${MAIL},birthDate,${date},standard,mother,,,2026-09-01T00:00:00Z,2026-12`,
  )
  return delivery.readers.importRows({
    bytes: new TextEncoder().encode([header, ...rows].join('\n')),
    municipalities: new Map([[TOWN, { settings: settings(), provider: null }]]),
    isDryRun: false,
    consent: { basis: '紙の申込書' },
  })
}

async function deliverOn(worker: WorkerUnderTest, date: string) {
  goTo(worker, date)
  const asked = forcedRequest(TOWN, date, worker.clock.now)
  await worker.delivery.runs.requestAgain(asked)
  await worker.delivery.worker.work(asked._id, () => false)
  return worker.delivery.runs.find(asked._id)
}

test('who has stopped is known for as long as days are kept', async () => {
  const { worker, readerId } = await openTown()
  await deliver(worker)
  await worker.delivery.readers.stopReader(readerId)
  goTo(worker, addDays(LATER, -1))
  await removeAll(worker)
  expect(await people(worker).readers.findOne()).toMatchObject({
    identities: [{ sealed: expect.stringMatching(/./) }],
  })
  expect(await people(worker).pairs.countDocuments()).toBe(1)
  expect(await ledger(worker).deliveries.countDocuments()).toBe(1)
})

test('then the address, the answers and the deliveries go; that they stopped stays', async () => {
  const { worker, readerId } = await openTownLater()
  await removeAll(worker)
  const reader = await people(worker).readers.findOne({ _id: readerId })
  expect(reader).toMatchObject({
    status: 'stopped',
    relation: 'other',
    area: null,
    identities: [{ sealed: '', index: expect.stringMatching(/./) }],
  })
  expect(await people(worker).pairs.countDocuments({ reader: readerId })).toBe(0)
  const rest = await ledger(worker).deliveries.find().toArray()
  expect(rest.map(({ _id }) => _id)).toEqual([`${TOWN}:day45:2`])
  expect(await ledger(worker).endedPairs.countDocuments()).toBe(0)
  expect(await differing(worker)).toBe(0)
})

test('an old list brings back neither who stopped nor a child that was lost', async () => {
  const { worker, readerId, childId } = await openTown()
  const sibling = addDays(TODAY, -500)
  const { readers } = worker.delivery
  await readers.addChild({ readerId, birthDate: sibling })
  await readers.stopChild({ readerId, childId })
  goTo(worker, LATER)
  await removeAll(worker)
  const list = [DAY_45.birthDate, sibling]
  const counts = { readersKnown: 1, childrenAdded: 0, childrenKnown: 2 }
  expect(await importOld(worker, list)).toMatchObject({ status: 'imported', counts })
  expect(await importOld(worker, [addDays(DAY_45.birthDate, 1)])).toMatchObject({
    counts: { childrenAdded: 0 },
  })
  await readers.stopReader(readerId)
  goTo(worker, addDays(LATER, KEPT_DAYS + 1))
  await removeAll(worker)
  const stopped = { readersStopped: 1, readersAdded: 0, childrenAdded: 0 }
  expect(await importOld(worker, list)).toMatchObject({ counts: stopped })
  expect(await people(worker).pairs.countDocuments()).toBe(0)
})

test('who registers again is a new pair, and gets the text of the day once', async () => {
  const { worker, readerId } = await openTown()
  await deliver(worker)
  await worker.delivery.readers.stopReader(readerId)
  goTo(worker, LATER)
  await removeAll(worker)
  const again = await register(worker.delivery, { address: mailUser(1), child: DAY_45 })
  expect(again).toMatchObject({ readerId, status: 'registered' })
  expect(await people(worker).readers.findOne()).not.toHaveProperty('isForgotten')
  expect(await people(worker).pairs.distinct('_id')).toEqual([`${TOWN}:2`])
  await deliverOn(worker, LATER)
  await removeAll(worker)
  await deliverOn(worker, LATER)
  expect(received(worker.sandbox).get(MAIL)).toBe(2) // today's, and the one before the stop
  expect(await differing(worker)).toBe(0)
})

test('who has come back in time keeps all there is', async () => {
  const { worker, readerId } = await openTown()
  await deliver(worker)
  await worker.delivery.readers.stopReader(readerId)
  goTo(worker, LATER)
  await register(worker.delivery, { address: mailUser(1), child: DAY_45 })
  await removeAll(worker)
  expect(await people(worker).readers.findOne()).toMatchObject({ status: 'active' })
  expect(await people(worker).pairs.findOne({ isActive: true })).not.toBeNull()
  expect(await ledger(worker).deliveries.countDocuments()).toBe(1)
})

test('a child goes on for the partner of who has stopped', async () => {
  const { worker, readerId, childId } = await openTown()
  const partner = await register(worker.delivery, {
    address: mailUser(2),
    child: { birthDate: addDays(TODAY, -900) },
  })
  await worker.delivery.readers.joinChild({ readerId: partner.readerId, childId })
  await worker.delivery.readers.stopReader(readerId)
  goTo(worker, LATER)
  await removeAll(worker)
  expect(await people(worker).children.findOne({ _id: childId })).toMatchObject({
    status: 'active',
    readers: [partner.readerId],
  })
  await deliverOn(worker, LATER)
  expect([...received(worker.sandbox)]).toEqual([['reader2@family.example', 1]])
  expect(await differing(worker)).toBe(0)
})

test('after a loss the sibling goes on, alone, and nobody else is told', async () => {
  const { worker, readerId, childId } = await openTown()
  const { readers } = worker.delivery
  await readers.addChild({ readerId, birthDate: addDays(TODAY, -500) })
  await deliver(worker)
  await readers.stopChild({ readerId, childId })
  goTo(worker, LATER)
  await removeAll(worker)
  const pairs = await people(worker).pairs.find().toArray()
  expect(pairs).toMatchObject([{ _id: `${TOWN}:2`, isActive: true, cell: expect.anything() }])
  expect(await ledger(worker).deliveries.countDocuments()).toBe(0)
  expect(await people(worker).readers.findOne()).toMatchObject({ status: 'active' })
  expect(await differing(worker)).toBe(0)
})

test('whose only child was lost is forgotten like who has stopped', async () => {
  const { worker, readerId, childId } = await openTown()
  await worker.delivery.readers.stopChild({ readerId, childId })
  goTo(worker, LATER)
  await removeAll(worker)
  expect(await people(worker).readers.findOne()).toMatchObject({
    status: 'stopped',
    isForgotten: true,
    identities: [{ sealed: '' }],
  })
  expect(await importOld(worker, [DAY_45.birthDate])).toMatchObject({
    counts: { readersStopped: 1, childrenAdded: 0 },
  })
})

test('who left the only child is forgotten too, and an old list does not bring them back', async () => {
  const { worker, readerId, childId } = await openTown()
  await worker.delivery.readers.leaveChild({ readerId, childId })
  goTo(worker, LATER)
  await removeAll(worker)
  expect(await people(worker).readers.findOne()).toMatchObject({
    isForgotten: true,
    identities: [{ sealed: '' }],
  })
  expect(await importOld(worker, [DAY_45.birthDate])).toMatchObject({
    counts: { readersStopped: 1, childrenAdded: 0 },
  })
  let day = LATER
  while (oldestBirth(day) <= addDays(LATER, 300)) day = addDays(day, 365)
  goTo(worker, day)
  await removeAll(worker)
  expect(await people(worker).readers.countDocuments()).toBe(0)
})

test('nothing is left of a family whose child is too old for any text, but refused addresses', async () => {
  const { worker, readerId } = await openTown()
  await deliver(worker)
  const { index } = (await people(worker).readers.findOne())!.identities[0]!
  const refused = { channel: 'mail' as const, account: 'mail', index }
  await worker.delivery.readers.suppress({ ...refused, reason: 'bounced' })
  const other = await register(worker.delivery, { address: mailUser(2), child: DAY_45 })
  await worker.delivery.readers.stopReader(other.readerId)
  let day = addDays(TODAY, KEPT_DAYS)
  while (oldestBirth(addDays(day, -KEPT_DAYS)) <= DAY_45.birthDate) day = addDays(day, 30)
  goTo(worker, addDays(TODAY, 100))
  await removeAll(worker)
  expect(await people(worker).readers.countDocuments()).toBe(2)
  goTo(worker, day)
  await removeAll(worker)
  const { readers, children, pairs, suppressions } = people(worker)
  for (const gone of [readers, children, pairs]) {
    expect(await (gone as typeof readers).countDocuments()).toBe(0)
  }
  expect(await ledger(worker).deliveries.countDocuments()).toBe(0)
  expect(await suppressions.countDocuments()).toBe(1)
  expect(readerId).toBeDefined()
})

test('broken off at any write, the next day ends it', async () => {
  const { worker } = await openTownLater()
  const { db } = worker.delivery
  const names = ['readers', 'children', 'pairs', 'deliveries', 'endedPairs', 'runs', 'batches']
  const copies = await Promise.all(names.map((name) => db.collection(name).find().toArray()))
  for (let write = 1; ; write += 1) {
    for (const [at, name] of names.entries()) {
      await db.collection(name).deleteMany({})
      if (copies[at]!.length > 0) await db.collection(name).insertMany(copies[at]!)
    }
    const killed = killAt(db, { write, when: write % 2 === 0 ? 'before' : 'after' })
    await removeAll(worker, killed.db).catch(() => undefined)
    await removeAll(worker)
    expect(await ledger(worker).deliveries.distinct('_id')).toEqual([`${TOWN}:day45:2`])
    expect(await people(worker).pairs.distinct('_id')).toEqual([`${TOWN}:2`])
    expect(await ledger(worker).endedPairs.countDocuments()).toBe(0)
    expect(await differing(worker)).toBe(0)
    if (!killed.hasKilled()) break
    expect(write).toBeLessThan(40)
  }
}, 180_000)
