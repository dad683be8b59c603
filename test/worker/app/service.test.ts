import { afterEach, expect, test } from '@jest/globals'

import { readStatus } from '../../../src/operation/status'
import { addDays } from '../../../src/stage/day'
import { startFakeCms } from '../content/fakeCms'
import { DAY_45 as child, deliver, families, lookAndWork, openService as open, RUN } from './day'
import { childTexts, settings, TODAY, TOWN } from '../../src/plan/town'
import { hold, lineUser, openWorker, received, register, type WorkerUnderTest } from './openWorker'

let worker: WorkerUnderTest
let stop: () => Promise<unknown> = async () => undefined

afterEach(async () => {
  await stop()
  stop = async () => undefined
})

test('a tick before the hours asks for nothing; in them it asks for today’s run once', async () => {
  worker = await openWorker({ releases: childTexts(), now: '2026-10-06T07:59:00+09:00' })
  const service = open(worker)
  await register(worker.delivery, { address: lineUser(1), child })
  await service.tick()
  expect(await worker.delivery.runs.ofDate(TODAY)).toEqual([])
  worker.clock.now = new Date('2026-10-06T08:00:05+09:00')
  await service.tick()
  await service.tick()
  await lookAndWork(service)
  await service.tick()
  await lookAndWork(service)
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({ state: 'done', isStale: false })
  expect([...received(worker.sandbox).values()]).toEqual([1])
})

test('a worker that comes up after the hours records the day as stale and sends nothing', async () => {
  worker = await openWorker({ releases: childTexts(), now: '2026-10-06T21:00:00+09:00' })
  const service = open(worker)
  await register(worker.delivery, { address: lineUser(1), child })
  await service.tick()
  await lookAndWork(service)
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({
    plan: { candidates: 1, deliveries: 0, exclusions: { stale: 1 } },
  })
  expect(received(worker.sandbox).size).toBe(0)
})

test('days that were missed are recorded, each as stale, when the worker is back', async () => {
  worker = await openWorker({ releases: childTexts(), now: '2026-10-03T08:30:00+09:00' })
  const service = open(worker)
  await register(worker.delivery, { address: lineUser(1), child })
  await service.tick()
  await lookAndWork(service)
  worker.clock.now = new Date('2026-10-06T08:30:00+09:00')
  await service.tick()
  await lookAndWork(service)
  await lookAndWork(service)
  const stale = await Promise.all(
    ['2026-10-04', '2026-10-05'].map((date) => worker.delivery.runs.find(`${TOWN}:${date}`)),
  )
  expect(stale.map((run) => run?.plan?.exclusions)).toEqual([{ stale: 1 }, { stale: 1 }])
  expect(worker.sandbox.line.accepted()).toHaveLength(2) // 3 and 6 October
})

test('a welcome goes out at once with today’s text, and the daily run leaves it alone', async () => {
  worker = await openWorker({ releases: childTexts(), now: '2026-10-06T07:30:00+09:00' })
  const service = open(worker)
  const { readerId } = await register(worker.delivery, { address: lineUser(1), child })
  await worker.delivery.welcomes.requestWelcome(readerId)
  await worker.delivery.welcomes.requestWelcome(readerId)
  await lookAndWork(service)
  const [call] = worker.sandbox.line.accepted()
  const words = JSON.stringify(worker.sandbox.line.messagesOf(call!))
  expect(words).toContain('ご登録ありがとうございます')
  expect(words).toContain('day45 の文です')

  worker.clock.now = new Date('2026-10-06T08:30:00+09:00')
  await service.tick()
  await lookAndWork(service)
  expect([...received(worker.sandbox).values()]).toEqual([1])
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({
    plan: { exclusions: { alreadyDelivered: 1 } },
  })
})

test('the day’s report reaches the CMS, small numbers hidden, also after an outage', async () => {
  const cms = await startFakeCms([])
  stop = cms.stop
  worker = await openWorker({ releases: childTexts(), cmsUrl: cms.url })
  const service = open(worker)
  await families(worker, { line: 6 })
  cms.state.isDown = true
  await service.tick()
  await lookAndWork(service)
  await service.tick()
  expect(cms.state.reports).toEqual([])
  cms.state.isDown = false
  await service.tick()
  await service.tick()
  expect(cms.state.reports).toEqual([
    {
      municipality: `cms-${TOWN}`,
      date: TODAY,
      numbers: {
        readers: 10,
        candidates: 6,
        deliveries: 6,
        leftOut: null,
        accepted: 6,
        rejected: null,
        unknown: null,
        expired: null,
        excluded: null,
        acceptedLine: 6,
        acceptedMail: null,
      },
      isFinal: false,
      withdrawals: [],
      notices: [],
      forecast: {
        date: addDays(TODAY, 1),
        bands: { month1: 10 },
        stages: { age0: 10 },
        editions: { standard: 10 },
      },
    },
  ])
})

test('a text that is withdrawn after it went out gets a further report that says how many have it', async () => {
  const cms = await startFakeCms([])
  stop = cms.stop
  const texts = childTexts()
  worker = await openWorker({ releases: texts, cmsUrl: cms.url })
  const service = open(worker)
  await families(worker, { mail: 12 })
  await service.tick()
  await lookAndWork(service)
  await service.tick()
  const day45 = texts.find(({ content }) => 'slot' in content && content.slot === 'day45')
  const publishedAt = worker.clock.now.toISOString()
  const revise = async (revision: number, action: 'withdraw' | 'publish') => {
    const id = `${revision}`.repeat(24)
    const one = { ...day45!, id, revision, action, publishedAt }
    await hold(worker.delivery, [one], [settings()])
    await service.tick()
    await service.tick()
  }
  expect(readStatus(cms.state.status)).toMatchObject({ towns: [{ code: TOWN, welcomes: null }] })
  const reports = cms.state.reports as { withdrawals: unknown[] }[]
  const withdrawal = { key: day45!.key, sent: 12, stopped: null }
  await revise(2, 'withdraw')
  expect(reports.map(({ withdrawals }) => withdrawals)).toEqual([[], [withdrawal]])

  await revise(3, 'publish')
  await families(worker, { line: 6 })
  await service.tick()
  await deliver(worker)
  await revise(4, 'withdraw') // the next withdrawal of the same text has a report too
  expect(reports.map(({ withdrawals }) => withdrawals)).toEqual([
    [],
    [withdrawal],
    [{ ...withdrawal, sent: 18 }],
  ])
})

test('a paused municipality gets no run', async () => {
  worker = await openWorker({
    releases: childTexts(),
    municipalities: [settings({ isActive: false })],
  })
  await open(worker).tick()
  expect(await worker.delivery.runs.ofDate(TODAY)).toEqual([])
})

test('a drained worker gives its run back for the next one', async () => {
  worker = await openWorker({ releases: childTexts() })
  const service = open(worker)
  await register(worker.delivery, { address: lineUser(1), child })
  await service.tick()
  const drained = service.drain()
  await drained
  const next = open(worker)
  await lookAndWork(next)
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({ state: 'done', leaseUntil: null })
})
