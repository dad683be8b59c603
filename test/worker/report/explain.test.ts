// A day that is over is told as it was, whatever has changed since.
import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { childTexts, release, settings, text, TODAY } from '../../src/plan/town'
import { DAY_45, deliver } from '../app/day'
import { hold, mailUser, openWorker, register, type WorkerUnderTest } from '../app/openWorker'

const explain = ({ delivery }: WorkerUnderTest, reader: string) =>
  createExplain({ delivery, ledger: createLedgerReader(delivery.db) })(reader, TODAY)

async function yesterdays() {
  const milestone = release(text({ slot: 'month1+14', kind: 'milestone' }))
  const worker = await openWorker({ releases: [...childTexts(), milestone] })
  const { readerId, childId } = await register(worker.delivery, {
    address: mailUser(1),
    child: DAY_45,
  })
  await deliver(worker)
  worker.clock.now = new Date(`${addDays(TODAY, 1)}T09:30:00+09:00`)
  return { worker, readerId, childId }
}

const GOT = [
  { slot: 'day45', status: 'accepted' },
  { slot: 'month1+14', status: 'excluded', reason: 'merged' },
]

test('what somebody got stays what they got after their dates were changed or they stopped', async () => {
  const { worker, readerId, childId } = await yesterdays()
  expect(await explain(worker, readerId)).toMatchObject(GOT)
  const dates = { birthDate: addDays(TODAY, -60) }
  await worker.delivery.readers.changeAnchor({ readerId, childId, dates })
  expect(await explain(worker, readerId)).toMatchObject(GOT)
  await worker.delivery.readers.stopChild({ readerId, childId })
  expect(await explain(worker, readerId)).toMatchObject(GOT)
})

test('who has stopped everything since a text came is told to have', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { readerId } = await register(worker.delivery, { address: mailUser(1), child: DAY_45 })
  await deliver(worker)
  const [before] = (await explain(worker, readerId)) ?? []
  expect(before).toMatchObject({ status: 'accepted' })
  expect(before?.sentence).not.toContain('止まっています')
  await worker.delivery.readers.stopReader(readerId)
  expect(await explain(worker, readerId)).toMatchObject([
    {
      status: 'accepted',
      sentence: `${before?.sentence} いまは、この読者への配信は止まっています。`,
    },
  ])
})

test('a merged text says in words into which one', async () => {
  const { worker, readerId } = await yesterdays()
  const [, merged] = (await explain(worker, readerId)) ?? []
  expect(merged?.sentence).toContain('まとめ先: 生後45日の文。')
})

test('who registered since was not there, and a text that came out since was not either', async () => {
  const { worker } = await yesterdays()
  const late = await register(worker.delivery, { address: mailUser(2), child: DAY_45 })
  expect(await explain(worker, late.readerId)).toMatchObject([
    { status: 'none', slot: null, sentence: expect.stringContaining('そのあとにありました') },
  ])
  const older = { birthDate: addDays(TODAY, -400) }
  const other = await register(worker.delivery, { address: mailUser(3), child: older })
  await hold(worker.delivery, [release(text({ slot: 'day400' }))], [settings()])
  expect(await explain(worker, other.readerId)).toMatchObject([{ status: 'none' }])
})

test('of a day that nobody planned nothing is said but that', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { readerId } = await register(worker.delivery, { address: mailUser(1), child: DAY_45 })
  worker.clock.now = new Date(`${addDays(TODAY, 1)}T09:30:00+09:00`)
  expect(await explain(worker, readerId)).toMatchObject([
    { status: 'none', sentence: 'この日の配信は計画されていません。' },
  ])
})

test('who registers again on the day of a text that has come is not told that it comes', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { delivery } = worker
  const who = { address: mailUser(1), child: DAY_45 }
  const { readerId, childId } = await register(delivery, who)
  await deliver(worker)
  await delivery.readers.stopChild({ readerId, childId })
  await register(delivery, who)
  const again = (await explain(worker, readerId))?.find(({ child }) => child !== childId)
  expect(again).toMatchObject({ status: 'excluded', reason: 'alreadyDelivered' })
})
