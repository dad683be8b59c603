// Rule 12: a text on a lock screen is read by others. Before 12 weeks it shows nothing there.
import { expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'

import { addDays } from '../../../src/stage/day'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { pregnancyTexts, TODAY } from '../../src/plan/town'
import { deliver, differences, statuses } from './day'
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
      .flatMap((call) => sandbox.line.messagesOf(call).map(({ altText, text }) => altText ?? text))
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

test('it is told beforehand that a text shows nothing', async () => {
  const { delivery } = await openWorker({ releases: pregnancyTexts() })
  const { readerId } = await register(delivery, { address: lineUser(1), child: weeks8 })
  const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
  const [told] = (await explain(readerId, TODAY)) ?? []
  expect(told?.sentence).toBe('妊娠8週0日の文: 配信する。 通知には内容を出しません。')
})
