// A reader chooses at which hour of the day their texts come, among those their town offers.
import { expect, test } from '@jest/globals'

import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { createChangedPeople } from '../../../worker/runs/changedPeople'
import { dailyRequest } from '../../../worker/runs/due'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { DAY_45, differences, families, never, RUN, statuses, work } from '../app/day'
import { hold, lineUser, mailUser, openWorker, register } from '../app/openWorker'

const TOWN_SETTINGS = { ...settings(), hours: ['14:00', '18:00', '19:00'] }
const at = (time: string) => new Date(`${TODAY}T${time}:00+09:00`)

async function openTown(now = '09:30') {
  const worker = await openWorker({
    releases: childTexts(),
    municipalities: [TOWN_SETTINGS],
    now: at(now).toISOString(),
  })
  const { delivery, clock } = worker
  const changed = createChangedPeople(delivery)
  return {
    ...worker,
    wish: (readerId: string, hour: string | undefined) =>
      delivery.readers.changeWishes({ readerId, wishes: { hour } }),
    request: () => delivery.runs.request(dailyRequest(TOWN_SETTINGS, TODAY)),
    /** What the worker does at an instant: it takes up runs that are free and awake. */
    tickAt: async (time: string, half = delivery) => {
      clock.now = at(time)
      await changed()
      for (let turn = 0; turn < 6; turn += 1) {
        const free = await half.runs.claimable()
        for (const { _id } of free) await half.worker.work(_id, never)
      }
    },
    run: async () => (await delivery.runs.find(RUN))!,
    taken: () => worker.sandbox.line.accepted().flatMap(({ to }) => to),
  }
}

async function twoHours() {
  const town = await openTown()
  const { line } = await families(town, { line: 4 })
  const [early, , late, later] = line
  await town.wish(late!.readerId, '18:00')
  await town.wish(later!.readerId, '18:00')
  await town.request()
  await town.tickAt('09:30')
  return { ...town, early: early!.readerId, late: late!.readerId, later: later!.readerId }
}

test('of one text those who chose no hour get it at once, the others at theirs', async () => {
  const town = await twoHours()
  expect(town.taken()).toEqual([lineUser(0).address, lineUser(1).address])
  expect(await town.run()).toMatchObject({
    state: 'sending',
    leaseUntil: null,
    wakeAt: at('18:00'),
  })
  expect((await town.run()).plan).toMatchObject({ groups: 1, batches: 2, calls: 2 })
  await town.tickAt('17:59')
  expect(await statuses(town)).toEqual({ accepted: 2, planned: 2 })
  await town.tickAt('18:00')
  expect(town.taken().slice(2)).toEqual([lineUser(2).address, lineUser(3).address])
  expect(await town.run()).toMatchObject({ state: 'done' })
  expect(await statuses(town)).toEqual({ accepted: 4 })
  expect(await differences(town)).toEqual([])
})

test('by mail too', async () => {
  const town = await openTown()
  const { readerId } = await register(town.delivery, { address: mailUser(1), child: DAY_45 })
  await town.wish(readerId, '18:00')
  await town.request()
  await town.tickAt('09:30')
  expect(town.sandbox.mail.accepted).toHaveLength(0)
  await town.tickAt('18:00')
  expect(town.sandbox.mail.accepted).toHaveLength(1)
})

test('a stop at 15:00 of a reader of 18:00 wins; the others get their text', async () => {
  const town = await twoHours()
  town.clock.now = at('15:00')
  await town.delivery.readers.stopReader(town.late)
  await town.tickAt('18:00')
  expect(town.taken()).not.toContain(lineUser(2).address)
  expect(town.taken()).toContain(lineUser(3).address)
  expect(await statuses(town)).toEqual({ accepted: 3, excluded: 1 })
  expect(await town.run()).toMatchObject({ state: 'done' })
})

test('a loss told between planning and the hour wins', async () => {
  const town = await twoHours()
  town.clock.now = at('15:00')
  const [child] = await town.delivery.readers.childrenOf(town.late)
  await town.delivery.readers.stopChild({ readerId: town.late, childId: child!._id })
  await town.tickAt('18:00')
  expect(town.taken()).not.toContain(lineUser(2).address)
})

test('a municipality that pauses in between sends nothing at the hour', async () => {
  const town = await twoHours()
  await hold(town.delivery, childTexts(), [{ ...TOWN_SETTINGS, isActive: false }])
  await town.tickAt('18:00')
  expect(town.taken()).toHaveLength(2)
  await town.tickAt('20:00')
  expect(await statuses(town)).toEqual({ accepted: 2, expired: 2 })
})

test('another worker goes on after a restart, and three of them send each text once', async () => {
  const town = await twoHours()
  const others = [await town.connect(), await town.connect()]
  for (const { syncedContent } of others) await syncedContent.refresh()
  town.clock.now = at('18:00')
  await Promise.all([town.delivery, ...others].map(({ worker }) => worker.work(RUN, never)))
  await town.tickAt('18:01', others[0])
  expect(town.taken().toSorted()).toEqual([0, 1, 2, 3].map((one) => lineUser(one).address))
  expect(await town.run()).toMatchObject({ state: 'done' })
})

test('whoever becomes due while a run waits for an hour gets the text at once', async () => {
  const town = await twoHours()
  await register(town.delivery, { address: lineUser(9), child: DAY_45 })
  await town.tickAt('11:00')
  expect(town.taken()).toContain(lineUser(9).address)
  expect(await town.run()).toMatchObject({ state: 'sending', wakeAt: at('18:00') })
  await town.tickAt('18:00')
  expect(await statuses(town)).toEqual({ accepted: 5 })
  expect(await differences(town)).toEqual([])
})

test('a run that waits keeps nobody busy: each look at it ends', async () => {
  const town = await twoHours()
  const outcome = await work(town)
  expect(outcome).toEqual({ status: 'waiting', until: at('18:00') })
  expect(await town.delivery.runs.claimable()).toEqual([])
})

test.each([
  ['a later hour', '19:00', '19:00'],
  ['an earlier one that is still ahead', '14:00', '18:00'],
  ['the town’s own', undefined, '18:00'],
])('changed to %s the same day the text comes once', async (_, hour, comes) => {
  const town = await twoHours()
  town.clock.now = at('12:00')
  await town.wish(town.late, hour)
  for (const time of ['12:05', '14:00', '18:00', '19:00']) {
    await town.tickAt(time)
    const isThere = town.taken().includes(lineUser(2).address)
    expect([time, isThere]).toEqual([time, time >= comes])
  }
  expect(town.taken()).toHaveLength(4)
  expect(await differences(town)).toEqual([])
})

test('an hour chosen after the text has come brings no second one', async () => {
  const town = await twoHours()
  town.clock.now = at('12:00')
  await town.wish(town.early, '18:00')
  await town.tickAt('12:05')
  await town.tickAt('18:00')
  expect(town.taken().filter((one) => one === lineUser(0).address)).toHaveLength(1)
})

test('an hour that is not offered any more is the town’s own', async () => {
  const town = await openTown()
  const { line } = await families(town, { line: 1 })
  await town.wish(line[0]!.readerId, '18:00')
  await hold(town.delivery, childTexts(), [{ ...TOWN_SETTINGS, hours: ['14:00'] }])
  await town.request()
  await town.tickAt('09:30')
  expect(town.taken()).toHaveLength(1)
})

test('begun after the hour, the text comes at once', async () => {
  const town = await openTown('18:30')
  const { line } = await families(town, { line: 1 })
  await town.wish(line[0]!.readerId, '18:00')
  await town.request()
  await town.tickAt('18:30')
  expect(town.taken()).toHaveLength(1)
})

test('it is told beforehand and meanwhile from when it is sent', async () => {
  const town = await openTown()
  const { delivery } = town
  const { readerId } = await register(delivery, { address: lineUser(0), child: DAY_45 })
  await town.wish(readerId, '18:00')
  const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
  const [before] = (await explain(readerId, TODAY)) ?? []
  expect(before?.sentence).toContain('配信する。 送るのは 18:00 からです。')
  await town.request()
  await town.tickAt('09:30')
  const [meanwhile] = (await explain(readerId, TODAY)) ?? []
  expect(meanwhile?.sentence).toContain('計画済み。 送るのは 18:00 からです。')
  await town.tickAt('18:00')
  const [after] = (await explain(readerId, TODAY)) ?? []
  expect(after?.sentence).not.toContain('18:00')
})
