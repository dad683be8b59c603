// Notices in the ledger: at their hour, once to a reader, stopped in flight, never after a stop.
import { expect, test } from '@jest/globals'

import type { AddOnContent } from '../../../src/release/content'
import { noticeSlot } from '../../../src/plan/notice'
import { addDays } from '../../../src/stage/day'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { createChangedPeople } from '../../../worker/runs/changedPeople'
import { dailyRequest, welcomeRequest } from '../../../worker/runs/due'
import { childTexts, noticeToday, release, settings, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, differences, families, never, RUN, statuses } from '../app/day'
import { hold, lineUser, openWorker, received, register } from '../app/openWorker'

const at = (time: string) => new Date(`${TODAY}T${time}:00+09:00`)

const notice = (changed: Partial<AddOnContent> = {}) =>
  release(noticeToday({ hour: '15-00', ...changed }))

async function openTown(releases = [notice()]) {
  const worker = await openWorker({ releases, now: at('09:30').toISOString() })
  const { delivery, clock, sandbox } = worker
  const changed = createChangedPeople(delivery)
  const tickAt = async (time: string) => {
    clock.now = at(time)
    await changed()
    for (let turn = 0; turn < 6; turn += 1) {
      for (const { _id } of await delivery.runs.claimable()) await delivery.worker.work(_id, never)
    }
  }
  const begin = async () => {
    await delivery.runs.request(dailyRequest(settings(), TODAY))
    await tickAt('09:30')
  }
  const copies = () => [...received(sandbox).values()].reduce((sum, one) => sum + one, 0)
  return { ...worker, tickAt, begin, copies, line: () => sandbox.line.accepted() }
}

test('it goes to everybody in its range in one call at its hour, and is explained in words', async () => {
  const [one] = [notice()]
  const town = await openTown([one])
  const { line } = await families(town, { line: 3, mail: 2 })
  const born = { birthDate: addDays(TODAY, -900) }
  await register(town.delivery, { address: lineUser(9), child: born })
  await register(town.delivery, { address: lineUser(8), child: { dueDate: addDays(TODAY, 60) } })
  await town.begin()
  await town.tickAt('14:59')
  expect(town.copies()).toBe(0)
  await town.tickAt('15:00')
  expect(town.copies()).toBe(6)
  expect(town.line()).toHaveLength(1)
  expect(await statuses(town)).toEqual({ accepted: 6 })
  expect(await differences(town)).toEqual([])
  const explain = createExplain({ ...town, ledger: createLedgerReader(town.delivery.db) })
  expect(await explain(line[0]!.readerId, TODAY)).toMatchObject([
    { slot: noticeSlot(one.key, TODAY), label: 'お知らせ', status: 'accepted' },
  ])
})

test('its day and the one after are no oddity: what comes of it is counted by itself', async () => {
  const town = await openTown([notice(), ...childTexts()])
  await families(town, { line: 2, mail: 1 })
  await town.begin()
  const { planning } = town.delivery
  const run = { _id: RUN, municipality: TOWN, date: TODAY }
  expect((await town.delivery.runs.find(RUN))?.plan?.deliveries).toBe(6)
  expect(await planning.countOfOneDay(run)).toBe(3)
  expect(await planning.countOfOneDay({ ...run, _id: `${TOWN}:${addDays(TODAY, 1)}` })).toBe(0)
})

test('beside the text of the day it is a second one, and the text keeps its own hour', async () => {
  const town = await openTown([notice(), ...childTexts()])
  await families(town, { line: 1 })
  await town.begin()
  expect(town.copies()).toBe(1)
  await town.tickAt('15:00')
  expect(town.copies()).toBe(2)
  expect(await differences(town)).toEqual([])
})

test('of two siblings, of whom one stops before it goes out, the reader gets it once', async () => {
  const town = await openTown()
  const { readers } = town.delivery
  const family = await register(town.delivery, { address: lineUser(1), child: DAY_45 })
  await readers.addChild({ readerId: family.readerId, birthDate: addDays(TODAY, -300) })
  await town.begin()
  expect((await town.delivery.runs.find(RUN))?.plan?.exclusions).toEqual({ twin: 1 })
  town.clock.now = at('12:00')
  await readers.stopChild(family)
  await town.tickAt('12:05')
  await town.tickAt('15:00')
  await town.tickAt('15:10')
  expect(town.copies()).toBe(1)
})

test('whose only child has stopped gets none, and who has another one no second', async () => {
  const town = await openTown()
  const { readers } = town.delivery
  const only = await register(town.delivery, { address: lineUser(1), child: DAY_45 })
  const other = await register(town.delivery, { address: lineUser(2), child: DAY_45 })
  await readers.addChild({ readerId: other.readerId, birthDate: addDays(TODAY, -300) })
  await town.begin()
  town.clock.now = at('12:00')
  await readers.stopChild(only)
  await town.tickAt('15:00')
  expect(received(town.sandbox)).toEqual(new Map([[lineUser(2).address, 1]]))
  await readers.stopChild(other)
  await town.tickAt('16:30')
  expect(received(town.sandbox)).toEqual(new Map([[lineUser(2).address, 1]]))
})

test('who registers before its hour is greeted at once, and gets it at its hour', async () => {
  const town = await openTown([notice(), ...childTexts()])
  await families(town, { line: 1 })
  await town.begin()
  town.clock.now = at('11:00')
  const { readerId } = await register(town.delivery, { address: lineUser(5), child: DAY_45 })
  const { runs, worker } = town.delivery
  const welcome = welcomeRequest({ code: TOWN, reader: readerId }, town.clock.now)
  await runs.request(welcome)
  await worker.work(welcome._id, never)
  expect(received(town.sandbox).get(lineUser(5).address)).toBe(1)
  await town.tickAt('11:05')
  await town.tickAt('14:59')
  expect(received(town.sandbox).get(lineUser(5).address)).toBe(1)
  await town.tickAt('15:00')
  expect(received(town.sandbox).get(lineUser(5).address)).toBe(2)
  expect(await differences(town)).toEqual([])
})

test('for fathers it comes to no mother, though their children and settings are the same', async () => {
  const town = await openTown([notice({ relation: 'father' })])
  await families(town, { line: 2 })
  await town.delivery.readers.register({
    municipality: TOWN,
    address: lineUser(7),
    child: { birthDate: addDays(TODAY, -46) },
    edition: 'standard',
    relation: 'father',
    area: null,
    source: null,
    consentedAt: town.clock.now,
    consentVersion: '1',
  })
  await town.begin()
  await town.tickAt('15:00')
  expect([...received(town.sandbox).keys()]).toEqual([lineUser(7).address])
  expect(await differences(town)).toEqual([])
})

test('by mail alone it costs no LINE message', async () => {
  const town = await openTown([notice({ channel: 'mail', hour: undefined as never })])
  await families(town, { line: 2, mail: 1 })
  await town.begin()
  expect(town.line()).toHaveLength(0)
  expect(town.copies()).toBe(1)
})

test('withdrawn before its hour it goes to nobody; the day of the others is as it was', async () => {
  const one = notice()
  const town = await openTown([one, ...childTexts()])
  await families(town, { line: 2 })
  await town.begin()
  const gone = release(one.content, { key: one.key, revision: 2, action: 'withdraw' })
  await hold(town.delivery, [gone], [settings()])
  await town.tickAt('15:00')
  expect(town.copies()).toBe(2)
  expect(await statuses(town)).toEqual({ accepted: 2, excluded: 2 })
})

test('an hour that is over when the window closes sends nothing late', async () => {
  const town = await openTown()
  await families(town, { line: 1 })
  await town.begin()
  await town.tickAt('20:01')
  expect(town.copies()).toBe(0)
  expect(await statuses(town)).toEqual({ expired: 1 })
})
