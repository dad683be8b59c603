import { expect, test } from '@jest/globals'

import type { Release } from '../../../src/release/content'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { DAY_45 as child, lookAndWork, openService, RUN } from '../app/day'
import { release, settings, text, TODAY } from '../../src/plan/town'
import {
  hold,
  lineUser,
  openWorker,
  received,
  register,
  type WorkerUnderTest,
} from '../app/openWorker'

let worker: WorkerUnderTest

const first = release(text({ slot: 'day45' }), { publishedAt: '2026-09-01T00:00:00.000Z' })
const later = (revision: number, action: Release['action']) =>
  release(text({ slot: 'day45', body: `第 ${revision} 版` }), {
    key: first.key,
    revision,
    action,
    publishedAt: '2026-10-06T00:00:00.000Z',
  })

/** A day on which the text is withdrawn between the planning and the hours. */
async function openDay() {
  worker = await openWorker({ releases: [first], now: '2026-10-06T08:30:00+09:00' })
  const { delivery, clock } = worker
  const early = settings({
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '08:00', to: '20:00' } },
  })
  await hold(delivery, [], [early])
  await register(delivery, { address: lineUser(1), child })
  const service = openService(worker)
  const tick = async (time: string) => {
    clock.now = new Date(`${TODAY}T${time}:00+09:00`)
    await service.tick()
    await lookAndWork(service)
    return (await delivery.runs.find(RUN))!
  }
  await tick('08:30')
  await hold(delivery, [later(2, 'withdraw')], [early])
  expect(await tick('09:30')).toMatchObject({ state: 'done', attempts: 1 })
  return { delivery, tick, take: (one: Release) => hold(delivery, [one], [early]) }
}

test('a text that is back on its day goes out by itself, and the run is asked for only once', async () => {
  const { delivery, tick, take } = await openDay()
  expect(await tick('09:31')).toMatchObject({ attempts: 1 }) // nothing is back
  await take(later(3, 'publish'))
  expect(await tick('09:32')).toMatchObject({ state: 'done', attempts: 2, isForced: false })
  expect([...received(worker.sandbox).values()]).toEqual([1])
  expect(await tick('09:33')).toMatchObject({ attempts: 2 })
  const ledger = createLedgerReader(delivery.db)
  expect(await ledger.differences((await delivery.runs.find(RUN))!)).toEqual([])
})

test('what is kept in although its text is back does not make a run start over and over', async () => {
  const { delivery, tick, take } = await openDay()
  const [reader] = await delivery.readers.findByIdentity(lineUser(1))
  const [own] = await delivery.readers.childrenOf(reader!._id)
  await delivery.readers.stopChild({ readerId: reader!._id, childId: own!._id })
  await take(later(3, 'publish'))
  expect(await tick('09:32')).toMatchObject({ state: 'done', attempts: 2 })
  expect(await tick('09:33')).toMatchObject({ state: 'done', attempts: 2 })
  expect(received(worker.sandbox).size).toBe(0)
})

test('after the hours nothing is asked for', async () => {
  const { tick, take } = await openDay()
  await take(later(3, 'publish'))
  expect(await tick('20:01')).toMatchObject({ state: 'done', attempts: 1 })
})
