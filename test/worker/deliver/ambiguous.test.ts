import { afterEach, expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { forcedRequest } from '../../../worker/due'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { childTexts, TODAY, TOWN } from '../fixture'
import { lineUser, openWorker, received, register, type WorkerUnderTest } from '../openWorker'

let worker: WorkerUnderTest
afterEach(() => worker.close())

const RUN = `${TOWN}:${TODAY}`
const never = () => false

/** The first answer gets lost although the batch was taken, and the second is a definite refusal. */
async function loseThenRefuse() {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock } = worker
  const child = { birthDate: addDays(TODAY, -45) }
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
  const child = { birthDate: addDays(TODAY, -45) }
  const people = await Promise.all(
    [1, 2, 3, 4].map(async (number) => {
      const address = lineUser(number)
      const { readerId } = await register(delivery, { address, child })
      return { readerId, userId: address.address }
    }),
  )
  people.sort((a, b) => (a.readerId < b.readerId ? -1 : 1)) // as they are in the batch
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
  const [older, younger] = [{ birthDate: addDays(TODAY, -45) }, { birthDate: addDays(TODAY, -30) }]
  for (const number of [1, 2]) await register(delivery, { address: lineUser(number), child: older })
  const stranger = await register(delivery, { address: lineUser(3), child: older })
  await delivery.readers.addChild({ readerId: stranger.readerId, ...younger })
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
