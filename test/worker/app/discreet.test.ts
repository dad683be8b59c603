// Rule 12: a text on a lock screen is read by others. Before 12 weeks it shows nothing there.
import { expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'

import { noticeOf } from '../../../src/release/lockScreen'
import { addDays } from '../../../src/stage/day'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { dailyRequest } from '../../../worker/runs/due'
import { pregnancyTexts, settings, TODAY } from '../../src/plan/town'
import { BEFORE_HOURS, deliver, differences, ledgerLines, statuses, work } from './day'
import { lineUser, mailUser, openWorker, register } from './openWorker'

const HEADLINE = 'みなと町からのお知らせ'
const weeks8 = { dueDate: addDays(TODAY, 280 - 56) }
const weeks20 = { dueDate: addDays(TODAY, 280 - 140) }

test('on both channels; who chose otherwise gets the same text in a batch of their own', async () => {
  const worker = await openWorker({ releases: pregnancyTexts() })
  const { delivery, sandbox } = worker
  const early = await register(delivery, { address: lineUser(1), child: weeks8 })
  await register(delivery, { address: mailUser(1), child: weeks8 })
  const open = await register(delivery, { address: lineUser(2), child: weeks8 })
  const shown = { readerId: open.readerId, wishes: { discreet: false } }
  await delivery.readers.changeWishes(shown)
  await register(delivery, { address: lineUser(3), child: weeks20 })
  await deliver(worker)

  expect(await statuses(worker)).toEqual({ accepted: 4 })
  const noticesOf = (user: number) =>
    sandbox.line
      .accepted()
      .filter(({ to }) => to.includes(lineUser(user).address))
      .flatMap((call) => sandbox.line.messagesOf(call).map(noticeOf))
  expect(noticesOf(1)).toEqual([HEADLINE, HEADLINE])
  expect(noticesOf(2)[0]).toContain('8w0d の文です。')
  expect(noticesOf(3)[0]).toContain('20w0d の文です。')
  const [mail] = sandbox.mail.accepted
  const { subject, from, text } = await simpleParser(sandbox.mail.rawOf(mail!))
  expect(subject).toBe(HEADLINE)
  expect(from?.value[0]?.name).toBe('みなと町')
  expect(text).toMatch(/^みなと町からのお知らせです。/)
  expect(text).toContain('8w0d の文です。')

  expect(await differences(worker)).toEqual([])
  const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
  expect(await explain(early.readerId, TODAY)).toMatchObject([{ status: 'accepted' }])
})

test('chosen between planning and sending it holds for this text already, which goes out once', async () => {
  const worker = await openWorker({ releases: pregnancyTexts(), now: BEFORE_HOURS })
  const { delivery, sandbox, clock } = worker
  const { readerId } = await register(delivery, { address: lineUser(1), child: weeks20 })
  await register(delivery, { address: lineUser(2), child: weeks20 })
  await delivery.runs.request(dailyRequest(settings(), TODAY))
  await work(worker)
  await delivery.readers.changeWishes({ readerId, wishes: { discreet: true } })
  clock.now = new Date(`${TODAY}T08:10:00+09:00`)
  await work(worker)
  await work(worker)
  const notices = sandbox.line.accepted().map((call) => {
    const [first] = sandbox.line.messagesOf(call)
    return [call.to.length, noticeOf(first!).slice(0, 11)]
  })
  expect(notices).toEqual([
    [1, '20w0d の文です。'],
    [1, HEADLINE],
  ])
  expect(await statuses(worker)).toEqual({ accepted: 2 })
  expect(await ledgerLines(worker)).toHaveLength(2)
  expect(await differences(worker)).toEqual([])
})

test('it is told beforehand that a text shows nothing', async () => {
  const { delivery } = await openWorker({ releases: pregnancyTexts() })
  const { readerId } = await register(delivery, { address: lineUser(1), child: weeks8 })
  const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
  const [told] = (await explain(readerId, TODAY)) ?? []
  expect(told?.sentence).toBe('妊娠8週0日の文: 配信する。 通知には内容を出しません。')
})
