import { expect, test } from '@jest/globals'

import { deliveryId, pairId, parseDeliveryId } from '../../../src/plan/candidate'
import { addDays } from '../../../src/stage/day'
import type { Release } from '../../../src/release/content'
import { dailyRequest, forcedRequest } from '../../../worker/runs/due'
import { batchId } from '../../../worker/ledger/batchId'
import type { Batch } from '../../../worker/ledger/documents'
import { createPairNames } from '../../../worker/ledger/pairNames'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { BEFORE_HOURS, DAY_45, deliver, differences, families, ledgerLines } from '../app/day'
import { never, RUN, statuses } from '../app/day'
import {
  childTexts,
  pregnancyTexts,
  release,
  settings,
  text,
  TODAY,
  TOWN,
} from '../../src/plan/town'
import { hold, lineUser, mailUser, openWorker, received, register } from '../app/openWorker'
import type { WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

const IN_HOURS = new Date('2026-10-06T09:30:00+09:00')
const AFTER_HOURS = new Date('2026-10-06T20:30:00+09:00')

/** Plans the day before the hours begin; nothing goes out yet. */
async function planEarly({ delivery }: WorkerUnderTest) {
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  expect(await delivery.worker.work(RUN, never)).toMatchObject({ status: 'waiting' })
}

async function openAndSend({ delivery, clock }: WorkerUnderTest) {
  clock.now = IN_HOURS
  return delivery.worker.work(RUN, never)
}

function onceEach(copies: Map<string, number>): boolean {
  return [...copies.values()].every((count) => count === 1)
}

test('everybody who is due gets one copy, a second run sends nothing, and the ledger agrees', async () => {
  worker = await openWorker({ releases: [...pregnancyTexts(), ...childTexts()] })
  const { delivery, sandbox } = worker
  for (let at = 0; at < 12; at += 1) {
    const dueDate = `2027-0${1 + (at % 5)}-1${at % 3}`
    await register(delivery, { address: lineUser(at), child: { dueDate } })
    await register(delivery, { address: mailUser(at), child: { dueDate } })
  }
  await register(delivery, { address: lineUser(99), child: { birthDate: '2020-01-01' } })

  expect(await deliver(worker)).toEqual({ status: 'finished' })

  const copies = received(sandbox)
  expect(copies.size).toBe(24)
  expect(onceEach(copies)).toBe(true)
  const run = await delivery.runs.find(RUN)
  expect(run).toMatchObject({ state: 'done', plan: { candidates: 24, deliveries: 24 } })
  expect(await statuses(worker)).toEqual({ accepted: 24 })

  expect(await deliver(worker)).toEqual({ status: 'finished' })
  expect(received(sandbox)).toEqual(copies)
  expect(sandbox.mail.accepted).toHaveLength(12)
  expect(await differences(worker)).toEqual([])
})

test('who registers after the run is planned is new for the next one', async () => {
  worker = await openWorker({ releases: childTexts() })
  await families(worker, { line: 1 })
  await deliver(worker)
  await register(worker.delivery, { address: lineUser(7), child: DAY_45 })
  expect(await differences(worker)).toEqual([{ run: RUN, code: 'notPlanned', count: 1 }])
  await deliver(worker)
  expect(received(worker.sandbox).size).toBe(2)
  expect(onceEach(received(worker.sandbox))).toBe(true)
  expect(await differences(worker)).toEqual([])
})

test('a loss between planning and sending stops that text for everybody who shares the child', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  const { delivery, sandbox } = worker
  const { line } = await families(worker, { line: 3 })
  const [mother] = line
  const father = await register(delivery, {
    address: mailUser(1),
    child: { birthDate: addDays(TODAY, -90) },
  })
  await delivery.readers.joinChild({ readerId: father.readerId, childId: mother!.childId })
  await planEarly(worker)
  await delivery.readers.stopChild({ readerId: mother!.readerId, childId: mother!.childId })

  expect(await openAndSend(worker)).toEqual({ status: 'finished' })

  const copies = received(sandbox)
  expect(copies.has(lineUser(0).address)).toBe(false)
  expect(copies.size).toBe(3) // two others, and the father for his other child
  expect(onceEach(copies)).toBe(true)
  expect(await statuses(worker)).toEqual({ accepted: 3, excluded: 2 })
})

test('the loss of one twin leaves the other one’s text, in the singular', async () => {
  worker = await openWorker({
    releases: [release(text({ slot: 'day45', body: '{{赤ちゃん}}の 45 日' }))],
    now: BEFORE_HOURS,
  })
  const { delivery, sandbox } = worker
  const one = await register(delivery, { address: lineUser(1), child: DAY_45 })
  await delivery.readers.addChild({ readerId: one.readerId, ...DAY_45, answer: 'twin' })
  await planEarly(worker)
  const { child } = (await ledgerLines(worker))[0]!
  await delivery.readers.stopChild({ readerId: one.readerId, childId: child })
  await openAndSend(worker)
  await delivery.worker.work(RUN, never)
  expect(await statuses(worker)).toEqual({ accepted: 1, excluded: 1 })
  const [call] = sandbox.line.accepted()
  expect(JSON.stringify(sandbox.line.messagesOf(call!))).toContain('赤ちゃんの 45 日')
  expect(await differences(worker)).toEqual([])
})

test.each([
  ['a stop', 'stopped', (one, readerId) => one.readers.stopReader(readerId)],
  [
    'a birth date that was moved',
    'stale',
    (one, readerId, childId) =>
      one.readers.changeAnchor({ readerId, childId, dates: { birthDate: addDays(TODAY, -40) } }),
  ],
  [
    'a block',
    'suppressed',
    (one) =>
      one.readers.recordFriendship({
        lineAccount: 'L1',
        provider: 'みなと町',
        municipalities: [TOWN],
        userId: lineUser(0).address,
        isFriend: false,
        at: new Date(BEFORE_HOURS),
      }),
  ],
] satisfies [
  string,
  string,
  (one: WorkerUnderTest['delivery'], readerId: string, childId: string) => Promise<unknown>,
][])('%s between planning and sending is respected (%s)', async (_, reason, change) => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  const { line } = await families(worker, { line: 2 })
  await planEarly(worker)
  worker.clock.now = new Date('2026-10-06T07:55:00+09:00')
  await change(worker.delivery, line[0]!.readerId, line[0]!.childId)
  await openAndSend(worker)
  expect([...received(worker.sandbox).keys()]).toEqual([lineUser(1).address])
  const excluded = (await ledgerLines(worker)).filter(({ status }) => status === 'excluded')
  expect(excluded).toMatchObject([{ reader: line[0]!.readerId, reason }])
})

test('a text that is withdrawn after planning goes to nobody any more', async () => {
  const releases = childTexts()
  worker = await openWorker({ releases, now: BEFORE_HOURS })
  await families(worker, { line: 2, mail: 2 })
  await planEarly(worker)
  const withdrawn = releases.find(({ content }) => 'slot' in content && content.slot === 'day45')
  const withdrawal: Release = {
    ...withdrawn!,
    id: 'f'.repeat(24),
    revision: 2,
    action: 'withdraw',
  }
  await hold(worker.delivery, [withdrawal], [settings()])
  expect(await openAndSend(worker)).toEqual({ status: 'finished' })
  expect(received(worker.sandbox).size).toBe(0)
  expect(await statuses(worker)).toEqual({ excluded: 4 })
  expect((await ledgerLines(worker))[0]).toMatchObject({ reason: 'withdrawn' })
  expect(await differences(worker)).toEqual([])
})

test('a text that was changed in the database is not what was approved and is not sent', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { line: 2 })
  await planEarly(worker)
  await worker.delivery.db
    .collection('payloads')
    .updateMany({}, { $set: { messages: [{ type: 'text', text: '偽の文' }] } })
  await openAndSend(worker)
  expect(received(worker.sandbox).size).toBe(0)
  expect((await ledgerLines(worker))[0]).toMatchObject({ reason: 'hashMismatch' })
})

test('what is not out when the hours end expires and is never sent', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { line: 2, mail: 1 })
  await planEarly(worker)
  worker.clock.now = AFTER_HOURS
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(received(worker.sandbox).size).toBe(0)
  expect(await statuses(worker)).toEqual({ expired: 3 })
  expect(await differences(worker)).toEqual([])
})

test('an answer that got lost is asked for again with the same key: one copy', async () => {
  worker = await openWorker({ releases: childTexts() })
  await families(worker, { line: 3 })
  worker.sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
  const first = await deliver(worker)
  expect(first).toMatchObject({ status: 'waiting' })
  expect(await statuses(worker)).toEqual({ inFlight: 3 })
  worker.clock.now = new Date(worker.clock.now.getTime() + 5000)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(onceEach(received(worker.sandbox))).toBe(true)
  expect(await statuses(worker)).toEqual({ accepted: 3 })
  expect(worker.sandbox.line.state.misusedKeys).toEqual([])
})

test('a loss while the answer is missing: nobody is asked again, the batch stays unknown', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { line } = await families(worker, { line: 3 })
  worker.sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
  await deliver(worker)
  const { readerId, childId } = line[0]!
  worker.clock.now = new Date(worker.clock.now.getTime() + 5000)
  await worker.delivery.readers.stopChild({ readerId, childId })
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(received(worker.sandbox).size).toBe(3)
  expect(onceEach(received(worker.sandbox))).toBe(true)
  expect(await statuses(worker)).toEqual({ unknown: 3 })
})

test('a loss after a definite refusal: the others are asked again under another key', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { line } = await families(worker, { line: 3 })
  worker.sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'answer', status: 429 } })
  await deliver(worker)
  const { readerId, childId } = line[0]!
  worker.clock.now = new Date(worker.clock.now.getTime() + 60_000)
  await worker.delivery.readers.stopChild({ readerId, childId })
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(received(worker.sandbox).size).toBe(2)
  expect(await statuses(worker)).toEqual({ accepted: 2, excluded: 1 })
})

test('mails that were in flight in a crash are unknown, listed, and not sent again', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { mail: 10 })
  await planEarly(worker)
  worker.clock.now = IN_HOURS
  const claim = await worker.delivery.runs.claim(RUN)
  const [batch] = await worker.delivery.sending.nextPage(claim!, ['mail'])
  await worker.delivery.sending.markSending(claim!, [{ batch: batch!, left: [], checkedWith: 0 }])
  await worker.delivery.sending.settleAndMark(claim!, [], batch!.recipients.slice(0, 3)) // … and dies

  const other = await worker.connect()
  await other.syncedContent.refresh()
  expect(await other.worker.work(RUN, never)).toEqual({ status: 'taken' })
  worker.clock.now = new Date(IN_HOURS.getTime() + 60_000)
  expect(await other.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(worker.sandbox.mail.accepted).toHaveLength(7)
  expect(await statuses(worker)).toEqual({ accepted: 7, unknown: 3 })
  expect(worker.alerts).toContainEqual(
    expect.objectContaining({ code: 'mail-unknown-after-crash' }),
  )
})

test('with at-least-once they are sent again under the same Message-ID', async () => {
  worker = await openWorker({
    releases: childTexts(),
    now: BEFORE_HOURS,
    municipalities: [settings({ mailAfterCrash: 'at-least-once' })],
  })
  await families(worker, { mail: 4 })
  await planEarly(worker)
  worker.clock.now = IN_HOURS
  const claim = await worker.delivery.runs.claim(RUN)
  const [batch] = await worker.delivery.sending.nextPage(claim!, ['mail'])
  await worker.delivery.sending.markSending(claim!, [{ batch: batch!, left: [], checkedWith: 0 }])
  await worker.delivery.sending.settleAndMark(claim!, [], batch!.recipients.slice(0, 2))
  const other = await worker.connect()
  await other.syncedContent.refresh()
  worker.clock.now = new Date(IN_HOURS.getTime() + 60_000)
  expect(await other.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 4 })
})

test('a worker that dies while a LINE page is out is taken over without a second copy', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { line: 5 })
  await planEarly(worker)
  worker.clock.now = IN_HOURS
  const { delivery, sandbox, clock } = worker
  const claim = await delivery.runs.claim(RUN)
  const [batch] = await delivery.sending.nextPage(claim!, ['line'])
  await delivery.sending.markSending(claim!, [{ batch: batch!, left: [], checkedWith: 0 }])
  const payload = await delivery.sending.payload(batch!.payload)
  const pairs = batch!.recipients.map((id) => parseDeliveryId(id).pair)
  const names = await createPairNames(delivery.db).byId(pairs)
  const addresses = await Promise.all(
    pairs.map(async (pair) => {
      const reader = await delivery.readers.findReader(names.get(pair)!.reader)
      return delivery.readers.openAddress(reader!.identities[0]!)
    }),
  )
  await delivery.line.send({
    account: delivery.syncedContent.line('L1')!,
    to: addresses,
    retryKey: batch!.retryKey,
    messages: payload!.channel === 'line' ? payload!.messages : [],
  }) // … and dies before it is recorded
  const other = await worker.connect()
  await other.syncedContent.refresh()
  clock.now = new Date(IN_HOURS.getTime() + 60_000)
  expect(await other.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(received(sandbox).size).toBe(5)
  expect(onceEach(received(sandbox))).toBe(true)
  expect(await statuses(worker)).toEqual({ accepted: 5 })
  expect(sandbox.line.state.misusedKeys).toEqual([])
})

test('a crash while planning leaves nothing behind: the next planning starts again', async () => {
  worker = await openWorker({ releases: childTexts() })
  await families(worker, { line: 3 })
  const { delivery } = worker
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, worker.clock.now))
  const claim = await delivery.runs.claim(RUN)
  const run = await delivery.runs.beginPlanning(claim!, 0)
  const _id = batchId(run, 1)
  const recipients = [deliveryId(pairId(TOWN, 4), 'day45')]
  const frozen = { _id, run: RUN, attempt: run.attempts, recipients, state: 'planned' }
  await delivery.planning.addBatches([frozen as unknown as Batch])
  await delivery.planning.addDeliveries(run, [{ _id: recipients[0]!, batch: _id }]) // … and dies
  worker.clock.now = new Date(worker.clock.now.getTime() + 60_000)
  expect(await delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 3 })
  expect(await differences(worker)).toEqual([])
})

test('two workers at once share the work and nobody gets two copies', async () => {
  worker = await openWorker({ releases: childTexts() })
  await families(worker, { line: 20, mail: 20 })
  const other = await worker.connect()
  await other.syncedContent.refresh()
  await worker.delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, worker.clock.now))
  const outcomes = await Promise.all([
    worker.delivery.worker.work(RUN, never),
    other.worker.work(RUN, never),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['finished', 'taken'])
  expect(received(worker.sandbox).size).toBe(40)
  expect(onceEach(received(worker.sandbox))).toBe(true)
})

test('the monthly limit stops the channel, tells a person and lets the hours run out', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { line: 2, mail: 1 })
  await planEarly(worker)
  worker.sandbox.faults.line.add({
    at: 'multicast',
    times: null,
    trouble: {
      kind: 'answer',
      status: 429,
      body: { message: 'You have reached your monthly limit.' },
    },
  })
  expect(await openAndSend(worker)).toMatchObject({ status: 'waiting' })
  expect(worker.alerts).toContainEqual(expect.objectContaining({ code: 'line-stopped' }))
  worker.clock.now = AFTER_HOURS
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 1, expired: 2 })
})

test('a hard bounce is recorded and the address is suppressed from then on', async () => {
  worker = await openWorker({ releases: childTexts() })
  await families(worker, { mail: 3 })
  worker.sandbox.faults.mail.add({
    match: 'reader1@',
    trouble: { kind: 'answer', stage: 'rcpt', code: 550, message: '5.1.1 User unknown' },
  })
  await deliver(worker)
  expect(await statuses(worker)).toEqual({ accepted: 2, rejected: 1 })
  expect(await worker.delivery.db.collection('suppressions').countDocuments()).toBe(1)
})

test('a deferred mail is tried again while the hours last', async () => {
  worker = await openWorker({ releases: childTexts() })
  await families(worker, { mail: 3 })
  worker.sandbox.faults.mail.add({
    match: 'reader1@',
    trouble: { kind: 'answer', stage: 'rcpt', code: 451, message: '4.3.0 Try again later' },
  })
  expect(await deliver(worker)).toMatchObject({ status: 'waiting' })
  expect(await statuses(worker)).toEqual({ accepted: 2, deferred: 1 })
  worker.clock.now = new Date(worker.clock.now.getTime() + 30 * 60_000)
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 3 })
  expect(worker.sandbox.mail.accepted).toHaveLength(3)
})

test('a municipality that is paused sends nothing until it is active again', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { line: 2 })
  await planEarly(worker)
  await hold(worker.delivery, [], [settings({ isActive: false })])
  expect(await openAndSend(worker)).toMatchObject({ status: 'waiting' })
  expect(received(worker.sandbox).size).toBe(0)
  await hold(worker.delivery, [], [settings()])
  expect(await openAndSend(worker)).toEqual({ status: 'finished' })
  expect(received(worker.sandbox).size).toBe(2)
})

test('when the hours end during the pause, the ledger says why nothing went out', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { line: 2, mail: 1 })
  await planEarly(worker)
  await hold(worker.delivery, [], [settings({ isActive: false })])
  expect(await openAndSend(worker)).toMatchObject({ status: 'waiting' })
  worker.clock.now = AFTER_HOURS
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect((await ledgerLines(worker)).map(({ status, reason }) => [status, reason])).toEqual(
    Array.from({ length: 3 }, () => ['expired', 'paused']),
  )
  const ledger = createLedgerReader(worker.delivery.db)
  const { lines } = await ledger.ofReader((await ledgerLines(worker))[0]!.reader, TODAY)
  expect(lines).toMatchObject([{ status: 'expired', reason: 'paused' }])

  await hold(worker.delivery, [], [settings()])
  await deliver(worker) // too late: what has expired stays so
  expect(received(worker.sandbox).size).toBe(0)
  expect(await differences(worker)).toEqual([])
})

test('a begun mail batch that a pause cuts off says so for each mail that is left', async () => {
  worker = await openWorker({ releases: childTexts(), now: BEFORE_HOURS })
  await families(worker, { mail: 2 })
  await planEarly(worker)
  worker.sandbox.faults.mail.add({
    match: 'reader1@',
    trouble: { kind: 'answer', stage: 'rcpt', code: 451, message: '4.3.0 Try again later' },
  })
  await openAndSend(worker)
  await hold(worker.delivery, [], [settings({ isActive: false })])
  worker.clock.now = AFTER_HOURS
  expect(await worker.delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  const lines = (await ledgerLines(worker)).map(({ status, reason }) => `${status} ${reason}`)
  expect(lines.sort()).toEqual(['accepted undefined', 'expired paused'])
})

test('a text nobody can compose is an exclusion, not a crash', async () => {
  worker = await openWorker({
    releases: [release(text({ slot: 'day45', body: '{{知らない語}}' }))],
  })
  await families(worker, { line: 2 })
  expect(await deliver(worker)).toEqual({ status: 'finished' })
  const run = await worker.delivery.runs.find(RUN)
  expect(run?.plan).toMatchObject({ candidates: 2, exclusions: { unrenderable: 2 } })
})

test('a relay that refuses us stops that domain only, and nobody is suppressed for it', async () => {
  worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox } = worker
  for (let at = 0; at < 12; at += 1) {
    const domain = at < 11 ? 'strict.example' : 'kind.example'
    const address = { channel: 'mail', account: 'mail', address: `r${at}@${domain}` } as const
    await register(delivery, { address, child: DAY_45 })
  }
  sandbox.faults.mail.add({
    match: 'strict',
    times: null,
    trouble: { kind: 'answer', stage: 'data', code: 554, message: '5.7.1 Blocked for policy' },
  })
  expect(await deliver(worker)).toMatchObject({ status: 'waiting' })
  const { accepted, rejected = 0 } = await statuses(worker)
  expect(accepted).toBe(1)
  expect(rejected).toBeLessThan(11) // the rest was not even tried
  expect(worker.alerts).toContainEqual(expect.objectContaining({ code: 'mail-stopped' }))
  expect(await delivery.db.collection('suppressions').countDocuments()).toBe(0)

  sandbox.faults.mail.clear() // somebody has put it right
  worker.clock.now = new Date(worker.clock.now.getTime() + 11 * 60_000)
  expect(await delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  expect(await statuses(worker)).toEqual({ accepted: 12 - rejected, rejected })
})
