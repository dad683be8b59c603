// Each of these was seen on the running product once: the rule it broke is in the test's name.
import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { createReaderStore } from '../../../worker/readers/store'
import { forcedRequest } from '../../../worker/runs/due'
import {
  BEFORE_HOURS,
  DAY_45,
  deliver,
  families,
  ledgerLines,
  lookAndWork,
  openService,
  RUN,
  statuses,
  work,
} from '../app/day'
import {
  hold,
  LINE,
  lineUser,
  mailUser,
  openWorker,
  received,
  register,
  type WorkerUnderTest,
} from '../app/openWorker'
import { childTexts, release, settings, text, TODAY, TOWN } from '../../src/plan/town'

const releases = childTexts()

/** Does something right after batches were marked as being sent, and before any call. */
function afterMark({ delivery }: WorkerUnderTest, change: () => Promise<unknown>) {
  const { markSending, settleAndMark } = delivery.sending
  let isDone = false
  const once = async () => {
    if (isDone) return
    isDone = true
    await change()
  }
  Object.assign(delivery.sending, {
    markSending: async (...args: Parameters<typeof markSending>) => {
      const marked = await markSending(...args)
      await once()
      return marked
    },
    settleAndMark: async (...args: Parameters<typeof settleAndMark>) => {
      const marked = await settleAndMark(...args)
      await once()
      return marked
    },
  } as Partial<typeof delivery.sending>)
}

/** Works until the run is over or has to wait, letting the clock run over short waits. */
async function workOn(worker: WorkerUnderTest) {
  for (let turn = 0; turn < 5; turn += 1) {
    const outcome = await work(worker)
    if (outcome.status !== 'waiting') return outcome
    worker.clock.now = new Date(worker.clock.now.getTime() + 5000)
  }
  return { status: 'waiting' as const }
}

test.each(['line', 'mail'] as const)(
  '%s: a stop, a loss and a suppression count until right before each call',
  async (channel) => {
    const worker = await openWorker({ releases })
    const { readers } = worker.delivery
    const people = (await families(worker, { [channel]: 5 }))[channel]
    const [lost, stopped, bounced] = people
    const address = channel === 'line' ? lineUser(2) : mailUser(2)
    const [found] = await readers.findByIdentity(address)
    const { account, index } = found!.identities[0]!
    afterMark(worker, async () => {
      await readers.stopChild(lost!)
      await readers.stopReader(stopped!.readerId)
      await readers.suppress({ channel, account, index, reason: 'complained' })
    })
    await worker.delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, worker.clock.now))
    expect(await workOn(worker)).toEqual({ status: 'finished' })
    expect(bounced?.readerId).toBe(found!._id)
    expect([...received(worker.sandbox).values()]).toEqual([1, 1])
    expect(await statuses(worker)).toEqual({ accepted: 2, excluded: 3 })
  },
)

test.each(['line', 'mail'] as const)(
  '%s: a pause counts until right before each call',
  async (channel) => {
    const worker = await openWorker({ releases })
    await families(worker, { [channel]: 3 })
    afterMark(worker, () => hold(worker.delivery, releases, [settings({ isActive: false })]))
    await worker.delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, worker.clock.now))
    await workOn(worker)
    expect(received(worker.sandbox).size).toBe(0)
  },
)

test('a stop is seen whatever the clock of the machine that took it says', async () => {
  const worker = await openWorker({ releases })
  const { db, ring } = worker.delivery
  const [one] = (await families(worker, { line: 2 })).line
  const slow = createReaderStore({ db, ring, now: () => new Date('2026-10-05T00:00:00Z') })
  afterMark(worker, () => slow.stopReader(one!.readerId))
  await worker.delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, worker.clock.now))
  await workOn(worker)
  expect([...received(worker.sandbox).values()]).toEqual([1])
})

test('a birth report between the read of a planning and its seal: no old text, and the new one', async () => {
  const worker = await openWorker({ releases, now: BEFORE_HOURS })
  const { delivery, clock } = worker
  const child = { birthDate: addDays(TODAY, -45) }
  const { readerId, childId } = await register(delivery, { address: lineUser(1), child })
  const { count } = delivery.planning
  Object.assign(delivery.planning, {
    count: async (run: Parameters<typeof count>[0]) => {
      Object.assign(delivery.planning, { count })
      await delivery.readers.changeAnchor({
        readerId,
        childId,
        dates: { birthDate: addDays(TODAY, -30) },
      })
      return count(run)
    },
  })
  await work(worker).catch(() => undefined)
  const service = openService(worker)
  await service.tick()
  clock.now = new Date(`${TODAY}T09:00:00+09:00`)
  await service.tick()
  await lookAndWork(service)
  clock.now = new Date(`${TODAY}T09:02:00+09:00`)
  await service.tick()
  await lookAndWork(service)
  const lines = await ledgerLines(worker)
  expect(lines.filter(({ status }) => status === 'accepted').map(({ slot }) => slot)).toEqual([
    'day30',
  ])
  expect(received(worker.sandbox).get(lineUser(1).address)).toBe(1)
})

test('dates that change after the day’s run: today’s new text goes out, once', async () => {
  const worker = await openWorker({ releases, now: `${TODAY}T09:00:00+09:00` })
  const { delivery, clock, sandbox } = worker
  const child = { birthDate: addDays(TODAY, -150) } // nothing is due
  const { readerId, childId } = await register(delivery, { address: lineUser(1), child })
  const service = openService(worker)
  await service.tick()
  await lookAndWork(service)
  expect(received(sandbox).size).toBe(0)
  await delivery.readers.changeAnchor({ readerId, childId, dates: DAY_45 })
  clock.now = new Date(`${TODAY}T09:05:00+09:00`)
  for (let turn = 0; turn < 2; turn += 1) {
    await service.tick()
    await lookAndWork(service)
  }
  expect([...received(sandbox).values()]).toEqual([1])
})

test('a municipality that moves to another account: what may have been taken is repeated where it was', async () => {
  const worker = await openWorker({ releases })
  const { delivery, sandbox, clock } = worker
  await families(worker, { line: 2 })
  sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
  expect(await deliver(worker)).toMatchObject({ status: 'waiting' })
  const other = { ...LINE, id: 'L2', channelId: '9876543210' }
  await delivery.contentStore.replaceSettings(
    [{ ...settings({ lineAccount: 'L2' }), cmsId: 'm1' }],
    [LINE, other],
  )
  clock.now = new Date(clock.now.getTime() + 5000)
  expect(await workOn(worker)).toEqual({ status: 'finished' })
  expect([...received(sandbox).values()]).toEqual([1, 1])
  expect(await statuses(worker)).toEqual({ accepted: 2 })
})

test('and where the account is gone nobody is asked again: it stays unknown', async () => {
  const worker = await openWorker({ releases })
  const { delivery, sandbox, clock } = worker
  await families(worker, { line: 2 })
  sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
  await deliver(worker)
  const other = { ...LINE, id: 'L2' }
  await delivery.contentStore.replaceSettings(
    [{ ...settings({ lineAccount: 'L2' }), cmsId: 'm1' }],
    [other],
  )
  clock.now = new Date(clock.now.getTime() + 5000)
  expect(await workOn(worker)).toEqual({ status: 'finished' })
  expect([...received(sandbox).values()]).toEqual([1, 1])
  expect(await statuses(worker)).toEqual({ unknown: 2 })
})

test('an address that cannot be opened costs its own reader the text, and a person is told', async () => {
  const worker = await openWorker({ releases })
  const [one] = (await families(worker, { line: 3, mail: 2 })).line
  await worker.delivery.db
    .collection<{ _id: string }>('readers')
    .updateOne({ _id: one!.readerId }, { $set: { 'identities.0.sealed': 'broken' } })
  expect(await deliver(worker)).toEqual({ status: 'finished' })
  expect(received(worker.sandbox).size).toBe(4)
  expect(await statuses(worker)).toEqual({ accepted: 4, excluded: 1 })
  expect(worker.alerts).toContainEqual({
    code: 'address-unreadable',
    detail: { run: RUN, count: 1 },
  })
})

test('when nobody’s address can be opened the run fails and nobody is written off', async () => {
  const worker = await openWorker({ releases })
  await families(worker, { line: 12 })
  await worker.delivery.db
    .collection('readers')
    .updateMany({}, { $set: { 'identities.0.sealed': 'broken' } })
  await expect(deliver(worker)).rejects.toThrow('KIZUNA_KEYS')
  expect(await statuses(worker)).toEqual({ planned: 12 })
})

test('one reader who blocks us after a lost answer becomes unknown, the others are asked for again', async () => {
  const worker = await openWorker({ releases })
  const { delivery, sandbox, clock } = worker
  await families(worker, { line: 4 })
  sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
  await deliver(worker)
  await delivery.readers.recordFriendship({
    lineAccount: LINE.id,
    provider: LINE.provider,
    municipalities: [TOWN],
    userId: lineUser(1).address,
    isFriend: false,
    at: clock.now,
  })
  clock.now = new Date(clock.now.getTime() + 5000)
  expect(await workOn(worker)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 3, unknown: 1 })
  expect([...received(sandbox).values()]).toEqual([1, 1, 1, 1])
})

test('nothing of a day goes out after its midnight, however it was asked for', async () => {
  const worker = await openWorker({ releases, now: `${TODAY}T23:59:50+09:00` })
  const { sandbox, clock } = worker
  await families(worker, { line: 2, mail: 2 })
  sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'answer', status: 500 } })
  afterMark(worker, async () => {
    clock.now = new Date(`${TODAY}T23:59:59+09:00`)
  })
  await deliver(worker)
  const before = received(sandbox).size
  clock.now = new Date(`${addDays(TODAY, 1)}T00:00:01+09:00`)
  await workOn(worker)
  expect(received(sandbox).size).toBe(before)
  expect(await statuses(worker)).not.toHaveProperty('planned')
})

test('a wait that LINE asks for stops the account, and no call waits for it', async () => {
  const worker = await openWorker({ releases })
  const { sandbox, clock } = worker
  await families(worker, { line: 2 })
  const headers = { 'retry-after': '3600' }
  sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'answer', status: 429, headers } })
  const outcome = await deliver(worker)
  expect(outcome).toMatchObject({ status: 'waiting' })
  clock.now = new Date(clock.now.getTime() + 3_000_000)
  expect(await work(worker)).toMatchObject({ status: 'waiting' })
  expect(received(sandbox).size).toBe(0)
  clock.now = new Date(clock.now.getTime() + 700_000)
  expect(await workOn(worker)).toEqual({ status: 'finished' })
  expect([...received(sandbox).values()]).toEqual([1, 1])
})

test('a text that speaks of twins is not sent when one of them has left; the other child gets its own', async () => {
  const ofTwins = [release(text({ slot: 'day45', body: '{{赤ちゃん}}の文です。' }))]
  const worker = await openWorker({ releases: ofTwins, now: BEFORE_HOURS })
  const { delivery, clock, sandbox } = worker
  const { readerId } = await register(delivery, { address: lineUser(1), child: DAY_45 })
  await delivery.readers.addChild({ readerId, ...DAY_45, answer: 'another' })
  const children = await delivery.readers.childrenOf(readerId)
  await delivery.runs.request({
    ...forcedRequest(TOWN, TODAY, clock.now),
    opensAt: {
      line: new Date(`${TODAY}T08:00:00+09:00`),
      mail: new Date(`${TODAY}T08:00:00+09:00`),
    },
  })
  await work(worker) // plans; nothing goes out before eight
  const [planned] = await ledgerLines(worker)
  const twin = children.find(({ _id }) => _id !== planned!.child) ?? children[1]!
  await delivery.readers.stopChild({ readerId, childId: twin._id })
  clock.now = new Date(`${TODAY}T08:30:00+09:00`)
  for (let turn = 0; turn < 3; turn += 1) await workOn(worker)
  expect([...received(sandbox).values()]).toEqual([1])
  const lines = await ledgerLines(worker)
  expect(lines.filter(({ status }) => status === 'accepted').map(({ child }) => child)).toEqual(
    children.filter(({ _id }) => _id !== twin._id).map(({ _id }) => _id),
  )
  const sent = await delivery.db
    .collection<{ _id: string; payload: string }>('batches')
    .distinct('payload', { state: 'accepted' })
  const payloads = await delivery.db
    .collection<{ _id: string }>('payloads')
    .find({ _id: { $in: sent } })
    .toArray()
  expect(JSON.stringify(payloads)).toContain('赤ちゃんの文')
})

test('stopped and registered again on one day: the same text comes once', async () => {
  const worker = await openWorker({ releases })
  const { delivery, sandbox, clock } = worker
  const { readerId } = await register(delivery, { address: lineUser(1), child: DAY_45 })
  await deliver(worker)
  await delivery.readers.stopReader(readerId)
  clock.now = new Date(clock.now.getTime() + 60_000)
  await register(delivery, { address: lineUser(1), child: DAY_45 })
  await delivery.welcomes.requestWelcome(readerId)
  const service = openService(worker)
  await lookAndWork(service)
  await deliver(worker)
  const lines = await ledgerLines(worker)
  const taken = lines.filter(({ status, slot }) => status === 'accepted' && slot === 'day45')
  expect(taken).toHaveLength(1)
  expect(received(sandbox).get(lineUser(1).address)).toBeLessThanOrEqual(2) // a greeting besides
})
