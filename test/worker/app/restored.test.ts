import { afterEach, expect, test } from '@jest/globals'
import type { Db, Document } from 'mongodb'

import { addDays } from '../../../src/stage/day'
import { createBehind } from '../../../worker/report/behind'
import { startFakeCms } from '../content/fakeCms'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import {
  DAY_45 as child,
  families,
  lookAndWork,
  openService,
  RUN,
  statuses,
  deliver,
  differences,
} from './day'
import { lineUser, openWorker, received, register, type WorkerUnderTest } from './openWorker'
import { runIn } from '../cli/io'

let stop: () => Promise<unknown> = async () => undefined

afterEach(async () => {
  await stop()
  stop = async () => undefined
})

/** Everything of a database, to be put back by hand as from a copy of its files. */
async function copyOf(db: Db): Promise<() => Promise<void>> {
  const names = (await db.listCollections().toArray()).map(({ name }) => name)
  const copies: [string, Document[]][] = []
  for (const name of names) copies.push([name, await db.collection(name).find().toArray()])
  return async () => {
    const now = (await db.listCollections().toArray()).map(({ name }) => name)
    for (const name of now) await db.collection(name).deleteMany({})
    for (const [name, docs] of copies) {
      if (docs.length > 0) await db.collection(name).insertMany(docs)
    }
  }
}

/** A worker before the day's run, with families and a CMS that takes its reports. */
async function openDay() {
  const cms = await startFakeCms(childTexts())
  stop = cms.stop
  const worker = await openWorker({
    releases: childTexts(),
    cmsUrl: cms.url,
    now: '2026-10-06T07:50:00+09:00',
  })
  const service = openService(worker)
  await service.syncContent()
  await families(worker, { line: 3, mail: 2 })
  await service.tick()
  return { cms, worker, service }
}

/** The worker's next life, on whatever its database holds now. */
async function nextLife(worker: WorkerUnderTest) {
  const delivery = await worker.connect()
  const service = openService({ delivery })
  await service.syncContent()
  await service.tick()
  await lookAndWork(service)
  return { delivery, service, lived: { ...worker, delivery } }
}

function copies(worker: WorkerUnderTest): number[] {
  return [...received(worker.sandbox).values()]
}

test('a ledger put back by hand is noticed by the reports, and nothing is sent twice', async () => {
  const { cms, worker, service } = await openDay()
  const putBack = await copyOf(worker.delivery.db)
  worker.clock.now = new Date('2026-10-06T10:10:00+09:00')
  await service.tick()
  await lookAndWork(service)
  await service.tick()
  expect(cms.state.reports).toHaveLength(1)
  expect(copies(worker)).toEqual([1, 1, 1, 1, 1])

  await putBack()
  worker.clock.now = new Date('2026-10-06T11:00:00+09:00')
  const { delivery, service: next, lived } = await nextLife(worker)
  expect(await delivery.incarnations.open()).toMatchObject({ shownBy: 'reports', from: TODAY })
  expect(await delivery.runs.find(RUN)).toBeNull()
  expect(await deliver(lived)).toEqual({ status: 'paused' })
  expect(worker.alerts.map(({ code }) => code)).toContain('ledger-behind')

  expect(await createBehind(delivery).accept()).toBe(1)
  await next.tick()
  await lookAndWork(next)
  await deliver(lived)
  await next.tick()
  expect(copies(worker)).toEqual([1, 1, 1, 1, 1])
  expect(await statuses(lived)).toEqual({ unknown: 5 })
  expect(await differences(lived)).toEqual([])
  expect(cms.state.reports).toHaveLength(1)

  const again = await nextLife(worker)
  expect(await again.delivery.incarnations.open()).toBeNull()
})

test('a run that died before its report is not sent again, and LINE’s 409 is no acceptance', async () => {
  const { worker, service } = await openDay()
  const putBack = await copyOf(worker.delivery.db)
  worker.clock.now = new Date('2026-10-06T10:10:00+09:00')
  await service.tick()
  await lookAndWork(service) // everything went out, and no tick has reported it
  await putBack()
  worker.clock.now = new Date('2026-10-06T11:00:00+09:00')
  const { delivery, lived } = await nextLife(worker)
  expect(await delivery.incarnations.open()).toMatchObject({ shownBy: 'key' })
  expect((await statuses(lived)).accepted ?? 0).toBeLessThanOrEqual(2) // the mails beside it
  await createBehind(delivery).accept()
  await lookAndWork(openService({ delivery }))
  const line = worker.sandbox.line.accepted().flatMap(({ to }) => to)
  expect(line).toHaveLength(3)
  expect((await statuses(lived)).unknown).toBeGreaterThanOrEqual(3)
})

test('after a restore of ours the days between are unknown, tomorrow goes out', async () => {
  const { worker, service } = await openDay()
  const putBack = await copyOf(worker.delivery.db)
  worker.clock.now = new Date('2026-10-06T10:10:00+09:00')
  await service.tick()
  await lookAndWork(service)
  await register(worker.delivery, {
    address: lineUser(9),
    child: { birthDate: addDays(child.birthDate, 1) },
  })
  await putBack()
  const tomorrow = { birthDate: addDays(child.birthDate, 2) }
  await register(worker.delivery, { address: lineUser(8), child: tomorrow })
  worker.clock.now = new Date('2026-10-07T11:00:00+09:00')
  const { incarnations } = worker.delivery
  const before = await worker.delivery.db.collection('installation').findOne()
  await incarnations.begin({ from: TODAY, shownBy: 'restore' })
  expect(await worker.delivery.db.collection('installation').findOne()).not.toMatchObject({
    namespace: before?.namespace,
  })
  const { delivery, service: next } = await nextLife(worker)
  expect(await delivery.runs.find(RUN)).toBeNull()
  await createBehind(delivery).accept()
  worker.clock.now = new Date('2026-10-08T11:00:00+09:00')
  await next.tick()
  for (let at = 0; at < 3; at += 1) await lookAndWork(next)
  for (const date of [TODAY, addDays(TODAY, 1)]) {
    expect(await delivery.runs.find(`${TOWN}:${date}`)).toMatchObject({
      state: 'done',
      isStale: false,
    })
  }
  expect(await statuses({ ...worker, delivery })).toMatchObject({ unknown: 6 })
  const texts = worker.sandbox.line.accepted().flatMap((call) => {
    const words = JSON.stringify(worker.sandbox.line.messagesOf(call))
    return call.to.map((to) => `${to} ${words}`)
  })
  expect(new Set(texts).size).toBe(texts.length)
  expect(received(worker.sandbox).get(lineUser(8).address)).toBe(1)
})

test('the commands say why nothing is sent, and go on when that is accepted', async () => {
  const { cms, worker } = await openDay()
  await worker.delivery.incarnations.begin({ from: TODAY, shownBy: 'restore' })
  const world = { env: worker.env, now: () => worker.clock.now }
  const refused = await runIn(world, ['deliver'])
  expect(refused.code).toBe(1)
  expect(refused.err.join()).toContain('resume --accept-restore')
  const status = await runIn(world, ['status'])
  expect(status.code).toBe(1)
  expect(status.out.join()).toContain('お子さんを亡くした')
  expect((await runIn(world, ['resume'])).code).toBe(1)
  cms.state.isDown = true
  expect((await runIn(world, ['resume', '--accept-restore'])).err.join()).toContain('CMS')
  cms.state.isDown = false
  expect((await runIn(world, ['resume', '--accept-restore'])).code).toBe(0)
  expect((await runIn(world, ['status'])).code).toBe(0)
})
