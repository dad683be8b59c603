// What a reader has declined does not go out, is told in words, and costs nobody else a text.
import { expect, test } from '@jest/globals'

import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { release, text, TODAY } from '../../src/plan/town'
import { DAY_45, deliver, differences, families, statuses } from './day'
import { lineUser, openWorker, received, register } from './openWorker'

test('of all who are due a text of a theme only those who declined it are left out', async () => {
  const worker = await openWorker({ releases: [release(text({ slot: 'day45', theme: 'books' }))] })
  const { delivery, sandbox } = worker
  await families(worker, { line: 3, mail: 1 })
  const { readerId } = await register(delivery, { address: lineUser(9), child: DAY_45 })
  await delivery.readers.changeWishes({ readerId, wishes: { declined: ['books'] } })
  const explain = createExplain({ delivery, ledger: createLedgerReader(delivery.db) })
  const sentence = '生後45日の文: 配信しない(読者が届けないと選んだ話題)。'
  expect(await explain(readerId, TODAY)).toMatchObject([{ status: 'excluded', sentence }])
  await deliver(worker)
  expect(await statuses(worker)).toEqual({ accepted: 4 })
  expect(received(sandbox).has(lineUser(9).address)).toBe(false)
  const run = await delivery.db.collection<{ _id: string }>('runs').findOne({})
  expect(run).toMatchObject({ plan: { exclusions: { declined: 1 } } })
  expect(await differences(worker)).toEqual([])
  expect(await explain(readerId, TODAY)).toMatchObject([{ status: 'excluded', sentence }])
})
