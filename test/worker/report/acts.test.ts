// What people ask of deliveries, in the CMS or in the shell, reaches the ledger: once each, and only
// what was meant.
import { randomUUID } from 'node:crypto'

import { afterEach, expect, test } from '@jest/globals'

import type { Act, MailDecision } from '../../../src/operation/act'
import { readStatus } from '../../../src/operation/status'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createActs } from '../../../worker/report/acts'
import { dailyRequest } from '../../../worker/runs/due'
import { createToday } from '../../../worker/report/today'
import { childTexts, settings, TODAY, TOWN } from '../../src/plan/town'
import { BEFORE_HOURS, families, lookAndWork, never, openService, RUN, statuses } from '../app/day'
import { openWorker, received } from '../app/openWorker'
import { startFakeCms } from '../content/fakeCms'

let stop: () => Promise<unknown> = async () => undefined
afterEach(() => stop())

const given = (act: Act) => ({
  id: randomUUID(),
  at: '2026-10-06T00:00:00.000Z',
  reason: '中継サーバーを見る',
  act,
})

type Opening = Omit<Parameters<typeof openWorker>[0], 'releases' | 'cmsUrl'>

/** A day of six families whose run is asked for. */
async function openDay(
  options: Opening = {},
  counts = { mail: 6 } as Parameters<typeof families>[1],
) {
  const cms = await startFakeCms([])
  stop = cms.stop
  const worker = await openWorker({ releases: childTexts(), cmsUrl: cms.url, ...options })
  const service = openService(worker)
  await families(worker, counts)
  await service.tick()
  const { runs } = ledgerCollections(worker.delivery.db)
  const holdAt = async (time: string) => {
    const hold = { code: 'yesterday-drift', detail: '', at: new Date(time) }
    await runs.updateOne({ _id: RUN }, { $set: { state: 'held', hold } })
    return { run: RUN, heldAt: hold.at.toISOString() }
  }
  const find = () => worker.delivery.runs.find(RUN)
  const today = createToday({ ...worker.delivery, ledger: createLedgerReader(worker.delivery.db) })
  const copies = () => [...received(worker.sandbox).values()]
  return { cms, worker, service, holdAt, find, today, copies }
}

test('a run that may go on goes on; the same word does not free it from a later hold', async () => {
  const { cms, service, holdAt, find, copies } = await openDay()
  const held = await holdAt('2026-10-06T08:30:00+09:00')
  cms.state.isDown = true
  cms.state.acts = [given({ kind: 'run', ...held, act: 'continue' })]
  await service.tick()
  expect(await find()).toMatchObject({ state: 'held' })
  cms.state.isDown = false
  await service.tick()
  expect(await find()).toMatchObject({ state: 'requested', isForced: true })
  expect(cms.state.acts).toEqual([])
  // who asked sees it at once
  expect(readStatus(cms.state.status)?.towns[0]?.runs).toMatchObject([{ state: 'requested' }])
  await lookAndWork(service)
  expect(copies()).toEqual([1, 1, 1, 1, 1, 1])
  await holdAt('2026-10-06T09:30:00+09:00')
  cms.state.acts = [given({ kind: 'run', ...held, act: 'continue' })]
  await service.tick()
  expect(await find()).toMatchObject({ state: 'held' })
})

test('a run that is dropped sends nothing, and each of its texts is accounted for', async () => {
  const { cms, service, holdAt, find, copies } = await openDay()
  const held = await holdAt('2026-10-06T08:30:00+09:00')
  cms.state.acts = [given({ kind: 'run', ...held, act: 'drop' })]
  await service.tick()
  await lookAndWork(service)
  expect(await find()).toMatchObject({ state: 'done', isStale: true })
  expect(copies()).toEqual([])
})

test.each(['all', `town:${TOWN}`, 'mail', 'line:L1'])(
  'while %s is stopped nothing of it goes out; when it goes on, what is left of the day does',
  async (scope) => {
    const { cms, worker, service, copies, today } = await openDay({}, { mail: 2, line: 3 })
    const halt = given({ kind: 'halt', scope, isOn: true })
    cms.state.acts = [halt]
    await service.tick()
    await lookAndWork(service)
    const others = scope === 'mail' ? 3 : scope === 'line:L1' ? 2 : 0
    expect(copies()).toHaveLength(others)
    const told = readStatus(cms.state.status)
    expect([told?.halts, told?.towns[0]?.haltedBy]).toEqual([
      [{ scope, since: halt.at, reason: '中継サーバーを見る' }],
      [scope],
    ])
    cms.state.acts = [given({ kind: 'halt', scope, isOn: false })]
    await service.tick()
    worker.clock.now = new Date(worker.clock.now.getTime() + 15_000)
    await lookAndWork(service)
    expect(copies()).toEqual([1, 1, 1, 1, 1])
    expect((await today.read()).halts).toEqual([])
  },
)

test('what is stopped until the hours are over is not sent, and says why', async () => {
  const { cms, worker, service, find } = await openDay({}, { mail: 2, line: 3 })
  cms.state.acts = [given({ kind: 'halt', scope: 'all', isOn: true })]
  await service.tick()
  await lookAndWork(service)
  worker.clock.now = new Date('2026-10-06T20:30:00+09:00')
  await lookAndWork(service)
  expect(await find()).toMatchObject({ state: 'done' })
  expect(await statuses(worker)).toEqual({ expired: 5 })
  const { batches } = ledgerCollections(worker.delivery.db)
  expect(await batches.distinct('reason')).toEqual(['paused'])
})

test('who stops it while it is on the wire stops what has not been handed over', async () => {
  const { worker, service } = await openDay({}, { line: 3, mail: 3 })
  const { delivery } = worker
  const { halts } = delivery
  expect(halts.isHalted({ town: TOWN, channel: 'mail', account: '' })).toBe(false)
  await delivery.acts.doHere(given({ kind: 'halt', scope: 'mail', isOn: true }))
  await halts.refresh()
  expect(halts.isHalted({ town: TOWN, channel: 'mail', account: '' })).toBe(true)
  expect(halts.isHalted({ town: TOWN, channel: 'line', account: 'L1' })).toBe(false)
  await lookAndWork(service)
  expect(await statuses(worker)).toMatchObject({ accepted: 3 })
})

test('an act that is heard twice is done once, whatever was asked in between', async () => {
  const { cms, worker, service, today } = await openDay()
  const halt = given({ kind: 'halt', scope: 'all', isOn: true })
  cms.state.acts = [halt]
  cms.state.isDeaf = true // it does not hear that it was done
  await service.tick()
  const lifted = given({ kind: 'halt', scope: 'all', isOn: false })
  expect(await worker.delivery.acts.doHere(lifted)).toBe(1)
  cms.state.isDeaf = false
  await service.tick()
  expect((await today.read()).halts).toEqual([])
  expect(cms.state.told).toEqual([lifted]) // and the log hears of what was done in the shell
  await service.tick()
  expect(cms.state.told).toHaveLength(1)
})

test('an act that fails is told, holds up no other, and is done when it can be', async () => {
  const { cms, worker, service, holdAt, find } = await openDay()
  const held = await holdAt('2026-10-06T08:30:00+09:00')
  const isBroken = { yes: true }
  const acts = createActs({
    ...worker.delivery,
    runs: {
      decideHeld: (act, session) => {
        if (isBroken.yes) throw new Error('broken')
        return worker.delivery.runs.decideHeld(act, session)
      },
    },
  })
  const run = given({ kind: 'run', ...held, act: 'continue' })
  cms.state.acts = [run, given({ kind: 'halt', scope: 'mail', isOn: true })]
  await acts.doAll()
  expect(worker.alerts.map(({ code }) => code)).toContain('act-failed')
  expect(cms.state.acts).toEqual([run])
  expect(await worker.delivery.halts.all()).toMatchObject([{ _id: 'mail' }])
  isBroken.yes = false
  await service.tick()
  expect(cms.state.acts).toEqual([])
  expect(await find()).toMatchObject({ state: 'requested', isForced: true })
})

/** Six mails, of which three were in flight when the worker died. */
async function openCrashed(options: Opening = {}) {
  const day = await openDay({ now: BEFORE_HOURS, ...options })
  const { worker, service } = day
  const { delivery, clock } = worker
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  await delivery.worker.work(RUN, never)
  clock.now = new Date('2026-10-06T09:30:00+09:00')
  const claim = await delivery.runs.claim(RUN)
  const [batch] = await delivery.sending.nextPage(claim!, ['mail'])
  await delivery.sending.markSending(claim!, [{ batch: batch!, left: [], checkedWith: 0 }])
  await delivery.sending.settleAndMark(claim!, [], batch!.recipients.slice(0, 3)) // … and dies
  clock.now = new Date('2026-10-06T09:31:00+09:00')
  await lookAndWork(service)
  expect(await statuses(worker)).toEqual({ accepted: 3, unknown: 3 })
  const decide = async (decision: MailDecision, mails: string[]) =>
    delivery.acts.doHere(given({ kind: 'mail', town: TOWN, mails, decision }))
  const numbers = async () => (await delivery.unknownMails.list()).map(({ number }) => number)
  return { ...day, decide, numbers }
}

test('mails of which nobody knows are listed without their people, and decided one by one', async () => {
  const { worker, today, decide, numbers, service } = await openCrashed()
  const [one, two, three] = await numbers()
  const [town] = (await today.read()).towns
  expect(town?.unknown).toMatchObject({
    count: 3,
    mails: [{ number: one, mayGoAgain: true }, {}, {}],
  })
  for (const mail of town?.unknown.mails ?? []) expect(mail.number).toMatch(/^[0-9a-f]{16}$/)
  expect(await decide('sent', [one!])).toBe(1)
  expect(await decide('notSent', [two!, one!])).toBe(1)
  expect(await numbers()).toEqual([three])
  expect(await statuses(worker)).toEqual({ accepted: 4, rejected: 1, unknown: 1 })
  const [told] = (await today.read(TOWN)).towns // the desk and the numbers are of one mind
  expect([told?.unknown.count, told?.runs[0]?.counts.unknown]).toEqual([1, 1])
  expect(worker.sandbox.mail.accepted).toHaveLength(3) // a decision sends nothing
  expect(await decide('again', [three!])).toBe(1)
  await lookAndWork(service)
  expect(await statuses(worker)).toEqual({ accepted: 5, rejected: 1 })
  expect(worker.sandbox.mail.accepted).toHaveLength(4)
  expect(await decide('again', [three!])).toBe(0)
})

test('one that is sent again has the Message-ID of its delivery, and goes nowhere after a stop', async () => {
  const { worker, decide, numbers, service, cms } = await openCrashed()
  cms.state.acts = [given({ kind: 'halt', scope: 'all', isOn: true })]
  await service.tick()
  await decide('again', await numbers())
  await lookAndWork(service)
  expect(worker.sandbox.mail.accepted).toHaveLength(3)
  worker.clock.now = new Date('2026-10-06T20:30:00+09:00')
  await lookAndWork(service)
  // nobody knows still: it may have come the first time
  expect(await statuses(worker)).toEqual({ accepted: 3, unknown: 3 })
})

test('after its hours, or on another day, nothing is sent again', async () => {
  const { worker, decide, numbers, service } = await openCrashed()
  worker.clock.now = new Date('2026-10-06T20:30:00+09:00')
  const open = await worker.delivery.unknownMails.list()
  expect(open.map(({ mayGoAgain }) => mayGoAgain)).toEqual([false, false, false])
  expect(await decide('again', await numbers())).toBe(0)
  worker.clock.now = new Date('2026-10-07T10:00:00+09:00')
  expect(await decide('again', await numbers())).toBe(0)
  await lookAndWork(service)
  expect(worker.sandbox.mail.accepted).toHaveLength(3)
  expect(await decide('sent', await numbers())).toBe(3)
})

test('a town’s desk shows the town’s own', async () => {
  const { worker } = await openCrashed({ municipalities: [settings()] })
  expect(await worker.delivery.unknownMails.list('999999')).toEqual([])
  expect(await worker.delivery.unknownMails.list(TOWN)).toHaveLength(3)
})
