// A text that is withdrawn, corrected and published again on its day still goes to whom the
// withdrawal kept it from, and to nobody who has it or may have it.
import { expect, test } from '@jest/globals'

import type { Release } from '../../../src/release/content'
import { addDays } from '../../../src/stage/day'
import { dailyRequest, welcomeRequest } from '../../../worker/runs/due'
import { createExplain } from '../../../worker/report/explain'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createReconcile } from '../../../worker/report/reconcile'
import { createMailReader } from '../../../worker/sandbox/mailReader'
import * as day from '../app/day'
import { BEFORE_HOURS, DAY_45 as child, never, RUN } from '../app/day'
import { release, settings, text, TODAY, TOWN } from '../../src/plan/town'
import { hold, lineUser, openWorker, received, register } from '../app/openWorker'
import type { WorkerUnderTest } from '../app/openWorker'

let worker: WorkerUnderTest

const stage = release(text({ slot: 'day45', body: '{{赤ちゃん}}の 45 日。誤りのある文' }))
const milestone = release(text({ slot: 'month1+14', kind: 'milestone', body: '節目の文' }))

const withdrawalOf = (one: Release): Release => ({
  ...release(one.content, { key: one.key, revision: 2, action: 'withdraw' }),
})
const correctionOf = (one: Release): Release => {
  const { content } = one
  const corrected = 'body' in content ? { ...content, body: `{{赤ちゃん}}へ。直した文` } : content
  return release(corrected, { key: one.key, revision: 3 })
}

const take = (...releases: Release[]) => hold(worker.delivery, releases, [settings()])

/** Plans before the hours begin, for readers on LINE and by mail. */
async function plan({ line = 0, mail = 0, releases = [stage] }) {
  worker = await openWorker({ releases, now: BEFORE_HOURS })
  const { delivery } = worker
  const people = await day.families(worker, { line, mail })
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  await delivery.worker.work(RUN, never)
  at('09:30')
  return [...people.line, ...people.mail]
}

function at(time: string, date = TODAY) {
  worker.clock.now = new Date(`${date}T${time}:00+09:00`)
}

const work = () => day.work(worker)
const deliver = () => day.deliver(worker)
const statuses = () => day.statuses(worker)
const differences = () => day.differences(worker)

async function explain(reader: string) {
  const { delivery } = worker
  const ledger = createLedgerReader(delivery.db)
  return createExplain({ delivery, ledger })(reader, TODAY)
}

const copies = () => [...received(worker.sandbox).values()]

function textsOnLine(): string[] {
  const { line } = worker.sandbox
  return line.accepted().map((call) => JSON.stringify(line.messagesOf(call)))
}

async function lastMail() {
  const { mail } = worker.sandbox
  return (await createMailReader(mail).read(mail.accepted.at(-1)!)).text
}

test('whom the withdrawal kept it from gets the corrected text, once', async () => {
  const [one] = await plan({ line: 2, mail: 2 })
  await take(withdrawalOf(stage))
  expect(await work()).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ excluded: 4 })
  expect(await explain(one!.readerId)).toMatchObject([{ status: 'excluded', reason: 'withdrawn' }])
  expect(await deliver()).toEqual({ status: 'finished' }) // there is no text yet
  expect(await statuses()).toEqual({ excluded: 4 })
  expect(await differences()).toEqual([])

  await take(correctionOf(stage))
  expect(await differences()).toEqual([{ run: RUN, code: 'notPlanned', count: 4 }])
  const explained = await explain(one!.readerId)
  expect(explained).toMatchObject([{ status: 'deliver', reason: null, slot: 'day45' }])
  expect(explained![0]!.sentence).toContain('次の計画で、いまの文を送ります')
  expect(await statuses()).toEqual({ excluded: 4 }) // asking has changed nothing

  expect(await deliver()).toEqual({ status: 'finished' })
  expect(copies()).toEqual([1, 1, 1, 1])
  expect(textsOnLine()).toEqual([expect.stringContaining('直した文')])
  expect(await lastMail()).toContain('直した文')
  expect(await statuses()).toEqual({ accepted: 4 })
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({
    plan: { candidates: 4, deliveries: 4, exclusions: {}, batches: 2, calls: 3 },
  })
  expect(await explain(one!.readerId)).toMatchObject([{ status: 'accepted' }])

  expect(await deliver()).toEqual({ status: 'finished' })
  expect(copies()).toEqual([1, 1, 1, 1])
  expect(await differences()).toEqual([])
  const { db } = worker.delivery
  const ledger = createLedgerReader(db)
  const alerts: string[] = []
  await createReconcile({ db, ledger, onAlert: (code) => alerts.push(code) })()
  expect(alerts).toEqual([])
})

test('it may be withdrawn and published again as often as it takes', async () => {
  await plan({ line: 2 })
  let revision = 1
  for (const action of ['withdraw', 'publish', 'withdraw', 'publish'] as const) {
    revision += 1
    await take(release(stage.content, { key: stage.key, revision, action }))
    if (action === 'publish' && revision < 5) {
      await worker.delivery.runs.requestAgain({ ...dailyRequest(settings(), TODAY) })
      at('07:55') // planned anew, and withdrawn again before the hours begin
      expect(await work()).toMatchObject({ status: 'waiting' })
      at('09:40')
    } else await deliver()
  }
  expect(copies()).toEqual([1, 1])
  expect(await statuses()).toEqual({ accepted: 2 })
  expect(await differences()).toEqual([])
})

test('who has it, or was refused, gets no second copy: only the mail that still waited', async () => {
  await plan({ line: 1, mail: 3 })
  const trouble = { kind: 'answer', stage: 'rcpt' } as const
  worker.sandbox.faults.mail.add(
    { match: 'reader1@', trouble: { ...trouble, code: 451, message: '4.3.0 Try again later' } },
    { match: 'reader2@', trouble: { ...trouble, code: 550, message: '5.2.2 Mailbox full' } },
  )
  expect(await work()).toMatchObject({ status: 'waiting' })
  await take(withdrawalOf(stage))
  at('10:30')
  expect(await work()).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ accepted: 2, rejected: 1, excluded: 1 })
  await take(correctionOf(stage))
  expect(await deliver()).toEqual({ status: 'finished' })
  expect(await statuses()).toEqual({ accepted: 3, rejected: 1 })
  expect(copies()).toEqual([1, 1, 1])
  expect(await lastMail()).toContain('直した文')
  expect(await differences()).toEqual([])
})

test('what may have been taken stays unknown', async () => {
  await plan({ line: 3 })
  worker.sandbox.faults.line.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } })
  await work()
  await take(withdrawalOf(stage))
  at('09:45')
  expect(await work()).toEqual({ status: 'finished' })
  await take(correctionOf(stage))
  await deliver()
  expect(await statuses()).toEqual({ unknown: 3 })
  expect(copies()).toEqual([1, 1, 1])
})

test('nor is a mail sent again that was in flight in a crash, whatever the policy', async () => {
  await plan({ mail: 3 })
  const { delivery } = worker
  const careless = [settings({ mailAfterCrash: 'at-least-once' })]
  await hold(delivery, [withdrawalOf(stage)], careless)
  const claim = await delivery.runs.claim(RUN)
  const [batch] = await delivery.sending.nextPage(claim!, ['mail'])
  await delivery.sending.markSending(claim!, [{ batch: batch!, left: [], checkedWith: 0 }])
  await delivery.sending.settleAndMark(claim!, [], batch!.recipients.slice(0, 1)) // … and dies
  at('09:45')
  await work()
  expect(await statuses()).toEqual({ excluded: 3 })
  await hold(delivery, [correctionOf(stage)], careless)
  await deliver()
  expect(await statuses()).toEqual({ accepted: 2, excluded: 1 })
})

test('what has expired stays so', async () => {
  await plan({ line: 2, mail: 1 })
  at('20:30')
  await work()
  await take(withdrawalOf(stage), correctionOf(stage))
  await deliver()
  expect(await statuses()).toEqual({ expired: 3 })
  expect(copies()).toEqual([])
})

test('of twins the one that is left gets it, in the singular, and twins get one', async () => {
  const [one, other] = await plan({ line: 2 })
  const { readers } = worker.delivery
  await readers.addChild({ readerId: one!.readerId, ...child, answer: 'twin' })
  await readers.addChild({ readerId: other!.readerId, ...child, answer: 'twin' })
  await take(withdrawalOf(stage))
  await deliver()
  await readers.stopChild(one!)
  await take(correctionOf(stage))
  await deliver()
  expect(copies()).toEqual([1, 1])
  expect(textsOnLine().filter((line) => line.includes('赤ちゃんたちへ'))).toHaveLength(1)
  expect(textsOnLine().filter((line) => line.includes('赤ちゃんへ'))).toHaveLength(1)
  await deliver()
  expect(copies()).toEqual([1, 1])
  expect(await differences()).toEqual([])
})

test('a milestone that was withdrawn from the text of its day follows when it is back', async () => {
  await plan({ line: 2, releases: [stage, milestone] })
  await take(withdrawalOf(milestone))
  await work()
  expect(await statuses()).toEqual({ excluded: 2 })
  await deliver() // the text of the day goes alone
  expect(copies()).toEqual([1, 1])
  expect(textsOnLine().join()).not.toContain('節目の文')
  expect(await differences()).toEqual([])
  await take(correctionOf(milestone))
  await deliver()
  expect(copies()).toEqual([2, 2])
  expect(textsOnLine().filter((line) => line.includes('直した文'))).toHaveLength(1)
  expect(await statuses()).toEqual({ accepted: 4 })
  expect(await differences()).toEqual([])
})

test('a milestone whose stage text is withdrawn for good goes alone; both together go as one', async () => {
  await plan({ line: 1, releases: [stage, milestone] })
  await take(withdrawalOf(stage))
  await work()
  await deliver()
  expect(textsOnLine()).toEqual([expect.stringContaining('節目の文')])
  expect(await statuses()).toEqual({ excluded: 1, accepted: 1 })
  expect(await differences()).toEqual([])
  await take(correctionOf(stage))
  await deliver()
  expect(textsOnLine()).toHaveLength(2)
  expect(textsOnLine()[1]).toContain('直した文')
  expect(await differences()).toEqual([])
  await worker.close()

  await plan({ line: 1, releases: [stage, milestone] })
  await take(withdrawalOf(stage), withdrawalOf(milestone))
  await work()
  await take(correctionOf(stage), correctionOf(milestone))
  await deliver()
  await deliver()
  expect(copies()).toEqual([1])
  expect(await differences()).toEqual([])
})

test('a crash while it is planned anew changes nothing', async () => {
  const [one] = await plan({ line: 2, mail: 1 })
  await take(withdrawalOf(stage))
  await work()
  await take(correctionOf(stage))
  const { runs } = worker.delivery
  await dieAt('count', deliver)
  expect((await runs.find(RUN))!.state).toBe('planning')
  await worker.delivery.readers.stopReader(one!.readerId)
  at('09:45')
  expect(await work()).toEqual({ status: 'finished' })
  expect(copies()).toEqual([1, 1])
  expect(await statuses()).toEqual({ accepted: 2 })
  expect(await runs.find(RUN)).toMatchObject({ plan: { candidates: 3, deliveries: 2 } })
  expect(await differences()).toEqual([])
})

test('nor does it lose anybody when the text is withdrawn again before the next planning', async () => {
  await plan({ line: 2, mail: 1 })
  await take(withdrawalOf(stage))
  await work()
  await take(correctionOf(stage))
  await dieAt('count', deliver)
  await take(release(stage.content, { key: stage.key, revision: 4, action: 'withdraw' }))
  at('09:45')
  expect(await work()).toEqual({ status: 'finished' })
  const accounted = { candidates: 3, deliveries: 0, exclusions: { withdrawn: 3 } }
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({ plan: accounted })
  expect(await differences()).toEqual([])
  expect(copies()).toEqual([])
  await take(release(stage.content, { key: stage.key, revision: 5 }))
  await deliver()
  expect(copies()).toEqual([1, 1, 1])
  const whole = { candidates: 3, deliveries: 3, exclusions: {} }
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({ plan: whole })
  expect(await differences()).toEqual([])
})

test('a crash right after it was planned anew counts nobody twice', async () => {
  await plan({ line: 2 })
  await take(withdrawalOf(stage))
  await work()
  await take(correctionOf(stage))
  await dieAt('dropReplaced', deliver)
  at('09:45')
  expect(await work()).toEqual({ status: 'finished' })
  expect(copies()).toEqual([1, 1])
  expect(await worker.delivery.runs.find(RUN)).toMatchObject({
    plan: { candidates: 2, deliveries: 2, exclusions: {} },
  })
  expect(await differences()).toEqual([])
})

test('what was withdrawn while it waited for its turn ends as withdrawn, at once', async () => {
  await plan({ line: 2 })
  const { line } = worker.delivery
  const { send } = line
  Object.assign(line, {
    send: async (...args: Parameters<typeof send>) => {
      await take(withdrawalOf(stage))
      return send(...args)
    },
  })
  expect(await work()).toEqual({ status: 'finished' })
  expect(copies()).toEqual([])
  expect(await statuses()).toEqual({ excluded: 2 })
})

/** The worker dies at the first call of a step of its planning. */
async function dieAt(step: 'count' | 'dropReplaced', working: () => Promise<unknown>) {
  const { planning } = worker.delivery
  const own = planning[step]
  Object.assign(planning, { [step]: () => Promise.reject(new Error('killed')) })
  await expect(working()).rejects.toThrow('killed')
  Object.assign(planning, { [step]: own })
}

test('what a welcome was kept from sending, the day’s run sends', async () => {
  worker = await openWorker({ releases: [stage] })
  const { delivery, clock } = worker
  const { readerId } = await register(delivery, { address: lineUser(1), child })
  const asked = welcomeRequest({ code: TOWN, reader: readerId }, clock.now)
  await delivery.runs.request(asked)
  const { send } = delivery.line
  Object.assign(delivery.sending, { nextPage: nextPageAfter(() => take(withdrawalOf(stage))) })
  await delivery.worker.work(asked._id, never)
  expect(delivery.line.send).toBe(send)
  expect(await statuses()).toEqual({ excluded: 1 })
  await take(correctionOf(stage))
  await deliver()
  expect(copies()).toEqual([1])
  expect(await statuses()).toEqual({ accepted: 1 })
  expect(await differences()).toEqual([])
})

/** Something happens between the planning and the first look at its batches. */
function nextPageAfter(happens: () => Promise<void>) {
  const { sending } = worker.delivery
  const { nextPage } = sending
  const replaced: typeof nextPage = async (...args) => {
    Object.assign(sending, { nextPage })
    await happens()
    return nextPage(...args)
  }
  return replaced
}

test('when the day is over nothing is missing that was withdrawn on it', async () => {
  await plan({ line: 2 })
  await take(withdrawalOf(stage))
  await work()
  at('08:00', addDays(TODAY, 1))
  await take(correctionOf(stage))
  expect(await differences()).toEqual([])
  const ledger = createLedgerReader(worker.delivery.db)
  const [run] = await ledger.runsOf(TODAY)
  for await (const { reader } of ledger.linesOf(run!)) {
    expect(await explain(reader)).toMatchObject([{ status: 'excluded', reason: 'withdrawn' }])
  }
})

test('a worker that was stopped before the withdrawal marks none of the mails planned anew', async () => {
  await plan({ mail: 2 })
  const { delivery } = worker
  const stopped = await delivery.runs.claim(RUN)
  const [batch] = await delivery.sending.nextPage(stopped!, ['mail'])
  const [id] = batch!.recipients
  await take(withdrawalOf(stage))
  at('09:45')
  await work()
  await take(correctionOf(stage))
  await delivery.runs.requestAgain({ ...dailyRequest(settings(), TODAY) })
  at('07:55')
  expect(await work()).toMatchObject({ status: 'waiting' })
  expect(await delivery.sending.settleAndMark(stopped!, [], [id!])).toEqual([])
  const late = [{ id: id!, status: 'excluded' as const, reason: 'withdrawn' as const }]
  await delivery.sending.settleDeliveries(stopped!, late)
  expect(await statuses()).toEqual({ planned: 2 })
})
