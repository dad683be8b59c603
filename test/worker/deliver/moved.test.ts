// A reader changes where their texts come on a day that is planned already: no text twice, none lost.
import { expect, test } from '@jest/globals'

import type { Address } from '../../../worker/readers/reader'
import { dailyRequest } from '../../../worker/runs/due'
import { DAY_45, differences, ledgerLines, lookAndWork, openService, statuses } from '../app/day'
import { lineUser, mailUser, openWorker, received, register } from '../app/openWorker'
import { childTexts, settings, TODAY } from '../../src/plan/town'

const releases = childTexts()
/** LINE in the morning, mail in the evening. */
const HOURS = settings({
  windows: { line: { from: '09:00', to: '10:00' }, mail: { from: '18:00', to: '20:00' } },
})
const at = (time: string) => new Date(`${TODAY}T${time}:00+09:00`)
const KEY = 'cd'.repeat(16)

type Worker = Awaited<ReturnType<typeof openWorker>>

/** The town's hours, and the one that the first of the people has chosen. */
interface Wished {
  hours?: typeof HOURS
  hour?: string
}

/** A worker whose day is planned, and which has sent what the hours let it send. */
async function openDay(people: Address[], time: string, wished: Wished = {}) {
  const { hours = HOURS, hour } = wished
  const worker = await openWorker({
    releases,
    municipalities: [hours],
    now: `${TODAY}T08:00:00+09:00`,
  })
  const { delivery, clock } = worker
  const registered = []
  for (const address of people) {
    registered.push(await register(delivery, { address, child: DAY_45 }))
  }
  if (hour) {
    await delivery.readers.changeWishes({ readerId: registered[0]!.readerId, wishes: { hour } })
  }
  const service = openService(worker)
  const go = async (to: string) => {
    clock.now = at(to)
    await lookAndWork(service)
    await lookAndWork(service)
  }
  await delivery.runs.requestAgain(dailyRequest(hours, TODAY))
  await go(time)
  return { worker, go, registered }
}

async function toMail({ delivery }: Worker, readerId: string, { address }: Address) {
  const change = { readerId, municipality: HOURS.code, address, once: 'once' }
  const asked = await delivery.readers.askContactByMail(change)
  expect(await delivery.readers.confirmContact(asked!.token)).toMatchObject({ status: 'changed' })
}

async function toLine({ delivery }: Worker, readerId: string, address: Address) {
  const { readers } = delivery
  const change = { readerId, municipality: HOURS.code, key: KEY, lineAccount: 'L1' }
  await readers.askContactByLine(change)
  await readers.bringContactKey({ key: KEY, address, lineAccount: 'L1' })
  const answered = await readers.confirmContactByLine({ key: KEY, address })
  expect(answered).toMatchObject({ status: 'changed' })
}

test('mail → LINE after LINE’s hours: what was planned by mail comes on LINE, once', async () => {
  const { worker, go, registered } = await openDay([mailUser(1), mailUser(2)], '09:30')
  await toLine(worker, registered[0]!.readerId, lineUser(9))
  await go('12:00')
  expect(received(worker.sandbox).size).toBe(0)
  await go('18:30')
  await go('19:00')
  const copies = Object.fromEntries(received(worker.sandbox))
  expect(copies).toEqual({ [lineUser(9).address]: 1, [mailUser(2).address]: 1 })
  expect(await statuses(worker)).toMatchObject({ accepted: 2 })
  expect(JSON.stringify(worker.sandbox.line.accepted())).not.toContain('ご登録ありがとう')
  expect(await differences(worker)).toEqual([])
})

test('LINE → mail before LINE’s hours: the text comes by mail alone, once', async () => {
  const { worker, go, registered } = await openDay([lineUser(1), lineUser(2)], '08:30')
  await toMail(worker, registered[0]!.readerId, mailUser(9))
  await go('09:30')
  await go('18:30')
  const copies = Object.fromEntries(received(worker.sandbox))
  expect(copies).toEqual({ [mailUser(9).address]: 1, [lineUser(2).address]: 1 })
})

test('the old address has the text of the day already: the new one gets none that day', async () => {
  const { worker, go, registered } = await openDay([lineUser(1)], '09:30')
  expect(received(worker.sandbox).get(lineUser(1).address)).toBe(1)
  await toMail(worker, registered[0]!.readerId, mailUser(9))
  await go('18:30')
  await worker.delivery.welcomes.requestWelcome(registered[0]!.readerId)
  await go('19:00')
  const texts = (await ledgerLines(worker)).filter(({ slot }) => slot === 'day45')
  expect(texts.filter(({ status }) => status === 'accepted')).toHaveLength(1)
})

test('one mail address → another: what was planned goes to the new one, without a new plan', async () => {
  const { worker, go, registered } = await openDay([mailUser(1), mailUser(2)], '09:30')
  await toMail(worker, registered[0]!.readerId, mailUser(9))
  await go('18:30')
  const copies = Object.fromEntries(received(worker.sandbox))
  expect(copies).toEqual({ [mailUser(9).address]: 1, [mailUser(2).address]: 1 })
  expect(await statuses(worker)).toEqual({ accepted: 2 })
})

/** Who is registered by mail and once more on LINE says that both are one. */
async function joinOnLine({ delivery }: Worker, readerId: string, address: Address) {
  const { readers } = delivery
  const change = { readerId, municipality: HOURS.code, key: KEY, lineAccount: 'L1' }
  await readers.askContactByLine(change)
  await readers.bringContactKey({ key: KEY, address, lineAccount: 'L1' })
  expect(await readers.confirmContactByLine({ key: KEY, address })).toMatchObject({
    status: 'twice',
  })
  const joined = await readers.confirmContactByLine({ key: KEY, address, join: 'one' })
  expect(joined).toMatchObject({ status: 'changed', isJoined: true })
}

const LATE_LINE = settings({
  windows: { line: { from: '18:00', to: '20:00' }, mail: { from: '09:00', to: '10:00' } },
})

test.each([
  { when: 'before either has had it', time: '08:30', hours: HOURS, by: lineUser(9) },
  { when: 'when LINE has had it', time: '09:30', hours: HOURS, by: lineUser(9) },
  { when: 'when the mail has had it', time: '09:30', hours: LATE_LINE, by: mailUser(1) },
])('registered twice and made one $when: the text of the day once', async ({ time, hours, by }) => {
  const { worker, go, registered } = await openDay([mailUser(1), lineUser(9)], time, { hours })
  await joinOnLine(worker, registered[0]!.readerId, lineUser(9))
  for (const later of ['09:40', '12:00', '18:30', '19:00']) await go(later)
  expect(Object.fromEntries(received(worker.sandbox))).toEqual({ [by.address]: 1 })
  expect(await differences(worker)).toEqual([])
  // and nothing that was sent comes again when it is asked for
  await worker.delivery.welcomes.requestWelcome(registered[0]!.readerId)
  await go('19:30')
  const texts = (await ledgerLines(worker)).filter(({ slot }) => slot === 'day45')
  expect(texts.filter(({ status }) => status === 'accepted')).toHaveLength(1)
})

test('registered twice and made one when both are planned and neither was sent: once, by the one that goes on', async () => {
  const hours = settings({
    windows: { line: { from: '18:00', to: '20:00' }, mail: { from: '09:00', to: '12:00' } },
    hours: ['11:00'],
  })
  const people = [mailUser(1), lineUser(9)]
  const { worker, go, registered } = await openDay(people, '09:30', { hours, hour: '11:00' })
  expect(await statuses(worker)).toEqual({ planned: 2 })
  await joinOnLine(worker, registered[0]!.readerId, lineUser(9))
  for (const later of ['11:05', '18:30', '19:00', '19:30']) await go(later)
  expect(Object.fromEntries(received(worker.sandbox))).toEqual({ [lineUser(9).address]: 1 })
  expect(await differences(worker)).toEqual([])
})
