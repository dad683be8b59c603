// A survey by stage in the ledger: day by day while it is asked, once to a reader for ever.
import { expect, test } from '@jest/globals'

import type { AddOnContent } from '../../../src/release/content'
import { addDays, type LocalDay } from '../../../src/stage/day'
import { createChangedPeople } from '../../../worker/runs/changedPeople'
import { dailyRequest, welcomeRequest } from '../../../worker/runs/due'
import { countAsked, wasAsked } from '../../../worker/survey/asked'
import { childTexts, noticeToday, release, settings, TODAY, TOWN } from '../../src/plan/town'
import { differences, never } from '../app/day'
import { hold, lineUser, mailUser, openWorker, received, register } from '../app/openWorker'

const block = (survey: string) => ({
  ...{ blockType: 'survey', survey, title: '子育てについて', endsOn: '2026-12-31' },
  ...{ text: '3 分で終わります。', label: 'アンケートに答える' },
})
const asking = (survey: string, changed: Partial<AddOnContent> = {}) =>
  release(noticeToday({ title: 'おたずね', blocks: [block(survey)], ...changed }))
const byStage = (changed: Partial<AddOnContent> = {}) =>
  asking('S1', { timing: 'once', from: 'month4', to: 'month4', validTo: '2026-12-31', ...changed })

/** Born so that four months are over on a day. */
const FOUR_MONTHS_ON = {
  [TODAY]: { birthDate: '2026-06-06' },
  '2026-10-07': { birthDate: '2026-06-07' },
  '2026-11-03': { birthDate: '2026-07-03' },
} as const

async function openTown(releases = [byStage()]) {
  const worker = await openWorker({ releases, now: `${TODAY}T09:30:00+09:00` })
  const { delivery, clock, sandbox } = worker
  const changed = createChangedPeople(delivery)
  const day = async (date: LocalDay, time = '09:30') => {
    clock.now = new Date(`${date}T${time}:00+09:00`)
    await delivery.runs.request(dailyRequest(settings(), date))
    await changed()
    for (let turn = 0; turn < 6; turn += 1) {
      for (const { _id } of await delivery.runs.claimable()) await delivery.worker.work(_id, never)
    }
  }
  const copies = ({ address }: { address: string }) => received(sandbox).get(address) ?? 0
  const asked = (survey: string, reader: string) =>
    wasAsked(delivery.db, { survey, municipality: TOWN, reader })
  return { ...worker, day, copies, asked }
}

test('each family is asked on the day its child comes to it, by LINE and by mail, and may answer', async () => {
  const town = await openTown()
  const { delivery } = town
  const [first, second] = [lineUser(1), mailUser(2)]
  const one = await register(delivery, { address: first, child: FOUR_MONTHS_ON[TODAY] })
  const other = await register(delivery, { address: second, child: FOUR_MONTHS_ON['2026-10-07'] })
  const gone = await register(delivery, { address: lineUser(3), child: FOUR_MONTHS_ON[TODAY] })
  await delivery.readers.stopChild(gone)
  await town.day(TODAY)
  expect([town.copies(first), town.copies(second), town.copies(lineUser(3))]).toEqual([1, 0, 0])
  expect(await differences(town)).toEqual([])
  expect(await town.asked('S1', other.readerId)).toBe(false)
  await town.day('2026-10-07')
  expect([town.copies(first), town.copies(second)]).toEqual([1, 1])
  expect(await town.asked('S1', one.readerId)).toBe(true)
  expect(await town.asked('S1', other.readerId)).toBe(true)
  expect(await countAsked(delivery.db, { survey: 'S1', municipality: TOWN })).toBe(2)
  // A day more or less of them is no oddity: what comes of it is counted by itself.
  const ofDay = (date: LocalDay) =>
    delivery.planning.countOfOneDay({ _id: `${TOWN}:${date}`, municipality: TOWN, date })
  expect([await ofDay(TODAY), await ofDay('2026-10-07')]).toEqual([1, 1])
})

test('whose second child comes to it months later is not asked again, nor whose dates are corrected', async () => {
  const town = await openTown()
  const { readers } = town.delivery
  const [first, second] = [lineUser(1), lineUser(2)]
  const two = await register(town.delivery, { address: first, child: FOUR_MONTHS_ON[TODAY] })
  await readers.addChild({ readerId: two.readerId, ...FOUR_MONTHS_ON['2026-11-03'] })
  const moved = await register(town.delivery, { address: second, child: FOUR_MONTHS_ON[TODAY] })
  await town.day(TODAY)
  expect([town.copies(first), town.copies(second)]).toEqual([1, 1])
  await readers.reportBirth({ ...moved, ...FOUR_MONTHS_ON['2026-11-03'] })
  await town.day('2026-11-03')
  expect([town.copies(first), town.copies(second)]).toEqual([1, 1])
})

test('who was asked something else this month is left out, whichever child it was about', async () => {
  const notice = asking('S2', { from: 'month12', to: 'month36', validTo: TODAY })
  const town = await openTown([byStage(), notice])
  const { readers } = town.delivery
  const family = await register(town.delivery, {
    address: lineUser(1),
    child: { birthDate: addDays(TODAY, -600) },
  })
  const young = FOUR_MONTHS_ON['2026-10-07']
  await readers.addChild({ readerId: family.readerId, ...young })
  const later = await register(town.delivery, {
    address: lineUser(2),
    child: { birthDate: addDays(TODAY, -600) },
  })
  await readers.addChild({ readerId: later.readerId, ...FOUR_MONTHS_ON['2026-11-03'] })
  await town.day(TODAY)
  await town.day('2026-10-07')
  expect(await town.asked('S2', family.readerId)).toBe(true)
  expect(await town.asked('S1', family.readerId)).toBe(false)
  await town.day('2026-11-03')
  expect(await town.asked('S1', later.readerId)).toBe(true)
})

test('who registers on the day is greeted at once, and asked by the day’s run', async () => {
  const town = await openTown([byStage(), ...childTexts()])
  await town.day(TODAY, '09:30')
  const address = lineUser(5)
  town.clock.now = new Date(`${TODAY}T11:00:00+09:00`)
  const { readerId } = await register(town.delivery, { address, child: FOUR_MONTHS_ON[TODAY] })
  const welcome = welcomeRequest({ code: TOWN, reader: readerId }, town.clock.now)
  await town.delivery.runs.request(welcome)
  await town.delivery.worker.work(welcome._id, never)
  expect([town.copies(address), await town.asked('S1', readerId)]).toEqual([1, false])
  await town.day(TODAY, '11:05')
  expect([town.copies(address), await town.asked('S1', readerId)]).toEqual([2, true])
  expect(await differences(town)).toEqual([])
})

test('withdrawn in the middle it goes to nobody any more, and who was asked may still answer', async () => {
  const one = byStage()
  const town = await openTown([one])
  const [first, second] = [lineUser(1), lineUser(2)]
  const asked = await register(town.delivery, { address: first, child: FOUR_MONTHS_ON[TODAY] })
  await register(town.delivery, { address: second, child: FOUR_MONTHS_ON['2026-10-07'] })
  await town.day(TODAY)
  const gone = release(one.content, { key: one.key, revision: 2, action: 'withdraw' })
  await hold(town.delivery, [gone], [settings()])
  await town.day('2026-10-07')
  expect([town.copies(first), town.copies(second)]).toEqual([1, 0])
  expect(await town.asked('S1', asked.readerId)).toBe(true)
})
