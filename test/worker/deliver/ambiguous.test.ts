import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { forcedRequest } from '../../../worker/runs/due'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { DAY_45 as child, never, RUN } from '../app/day'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import { lineUser, openWorker, received, register, type WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

/** The first answer gets lost although the batch was taken, and the second is a definite refusal. */
async function loseThenRefuse() {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock } = worker
  const registered = await Promise.all(
    [1, 2, 3].map((number) => register(delivery, { address: lineUser(number), child })),
  )
  sandbox.faults.line.add(
    { at: 'multicast', trouble: { kind: 'acceptThenCut' } },
    { at: 'multicast', trouble: { kind: 'answer', status: 429 } },
  )
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(await delivery.worker.work(RUN, never)).toMatchObject({ status: 'waiting' })
    clock.now = new Date(clock.now.getTime() + 5000)
  }
  return registered
}

async function statuses() {
  const ledger = createLedgerReader(worker.delivery.db)
  const [run] = await ledger.runsOf(TODAY)
  return (await ledger.statusCounts(run!)).line
}

test('a loss after a lost answer and a refusal: the others get no second copy', async () => {
  const [first] = await loseThenRefuse()
  await worker.delivery.readers.stopChild(first!)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect([...received(worker.sandbox).values()]).toEqual([1, 1, 1])
  expect(await statuses()).toEqual({ unknown: 3 })
})

test('when the hours end after a lost answer and a refusal, nobody says it never went out', async () => {
  await loseThenRefuse()
  worker.clock.now = new Date(worker.clock.now.getTime() + 24 * 3_600_000)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ unknown: 3 })
})

test('a stranger among the recipients does not keep the others from being asked again', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock } = worker
  const people = await Promise.all(
    [1, 2, 3, 4].map(async (number) => {
      const address = lineUser(number)
      const { readerId } = await register(delivery, { address, child })
      return { readerId, userId: address.address }
    }),
  )
  const pairs = await delivery.db.collection('pairs').find().sort({ _id: 1 }).toArray()
  const order = pairs.map(({ reader }) => reader) // as they are in the batch
  people.sort((a, b) => order.indexOf(a.readerId) - order.indexOf(b.readerId))
  sandbox.line.markForeign(people[1]!.userId)
  // the whole list is refused; then the first half gets no answer, the second is halved again
  sandbox.faults.line.add({ at: 'multicast', after: 1, trouble: { kind: 'acceptThenCut' } })
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  expect(await delivery.worker.work(RUN, never)).toMatchObject({ status: 'waiting' })
  clock.now = new Date(clock.now.getTime() + 5000)
  expect(await delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ accepted: 3, rejected: 1 })
  expect([...received(sandbox).values()]).toEqual([1, 1, 1])
  expect(await delivery.db.collection('suppressions').countDocuments()).toBe(1)
})

test('nor does a stranger with a second child, whose text was refused in another batch', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock } = worker
  const [older, younger] = [child, { birthDate: addDays(TODAY, -30) }]
  for (const number of [1, 2]) await register(delivery, { address: lineUser(number), child: older })
  const stranger = await register(delivery, { address: lineUser(3), child: older })
  await delivery.readers.addChild({
    readerId: stranger.readerId,
    ...younger,
    answer: 'another',
  })
  for (const number of [4, 5]) {
    await register(delivery, { address: lineUser(number), child: younger })
  }
  sandbox.line.markForeign(lineUser(3).address)
  // both texts go out at once; one gets no answer, the other is refused and halved
  sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'answer', status: 500 } })
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  expect(await delivery.worker.work(RUN, never)).toMatchObject({ status: 'waiting' })
  clock.now = new Date(clock.now.getTime() + 5000)
  expect(await delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ accepted: 4, rejected: 2 })
  expect(await delivery.db.collection('suppressions').countDocuments()).toBe(1)
})

/** One batch of three that was taken, but whose answer is lost: cut off, or a crash. */
async function loseAnswer(how: 'cut' | 'crash') {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock } = worker
  const registered = []
  for (const number of [1, 2, 3]) {
    registered.push(await register(delivery, { address: lineUser(number), child }))
  }
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  if (how === 'cut') {
    sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
    await delivery.worker.work(RUN, never)
  } else {
    const { settle } = delivery.sending
    Object.assign(delivery.sending, {
      settle: async () => {
        Object.assign(delivery.sending, { settle })
        throw new Error('killed')
      },
    })
    await expect(delivery.worker.work(RUN, never)).rejects.toThrow('killed')
  }
  expect(received(sandbox).size).toBe(3)
  clock.now = new Date(clock.now.getTime() + 5000)
  return registered[0]!
}

const harmless = [
  [
    'another edition and area',
    ({ readerId }) =>
      worker.delivery.readers.changeProfile({ readerId, edition: 'easy', area: '北' }),
  ],
  [
    'a stop that was taken back',
    async ({ readerId }) => {
      await worker.delivery.readers.stopReader(readerId)
      await register(worker.delivery, { address: lineUser(1), child })
    },
  ],
  [
    'a second child',
    ({ readerId }) => worker.delivery.readers.addChild({ readerId, dueDate: '2027-05-01' }),
  ],
] satisfies [string, (one: { readerId: string; childId: string }) => Promise<unknown>][]

test.each(
  (['cut', 'crash'] as const).flatMap((how) => harmless.map((row) => [how, ...row] as const)),
)('an answer lost (%s), then %s: the same request is made again', async (how, _, change) => {
  const one = await loseAnswer(how)
  await change(one)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ accepted: 3 })
  expect([...received(worker.sandbox).values()]).toEqual([1, 1, 1])
  expect(worker.sandbox.line.state.misusedKeys).toEqual([])
})

const serious = [
  ['a loss', (one) => worker.delivery.readers.stopChild(one)],
  ['a stop', ({ readerId }) => worker.delivery.readers.stopReader(readerId)],
  ['a child that was left', (one) => worker.delivery.readers.leaveChild(one)],
  [
    'a suppression',
    async ({ readerId }) => {
      const reader = await worker.delivery.readers.findReader(readerId)
      const { channel, account, index } = reader!.identities[0]!
      await worker.delivery.readers.suppress({ channel, account, index, reason: 'byStaff' })
    },
  ],
  [
    'a move',
    ({ readerId }) =>
      worker.delivery.db
        .collection<{ _id: string }>('readers')
        .updateOne({ _id: readerId }, { $set: { municipality: '999024', changedAt: new Date(0) } }),
  ],
] satisfies [string, (one: { readerId: string; childId: string }) => Promise<unknown>][]

test.each(
  (['cut', 'crash'] as const).flatMap((how) => serious.map((row) => [how, ...row] as const)),
)('an answer lost (%s), then %s: nobody is asked again', async (how, _, change) => {
  const one = await loseAnswer(how)
  await change(one)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ unknown: 3 })
  expect([...received(worker.sandbox).values()]).toEqual([1, 1, 1])
})

test('an answer lost, then the other one of two LINE addresses is free again: nobody is asked', async () => {
  const { readerId } = await loseAnswer('cut')
  const readers = worker.delivery.db.collection<{ _id: string }>('readers')
  const [other] = await worker.delivery.readers.findByIdentity(lineUser(2))
  const identity = { ...other!.identities[0]!, index: 'another' }
  await readers.updateOne({ _id: readerId }, {
    $push: { identities: { $each: [identity], $position: 0 } },
  } as object)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ unknown: 3 })
})
