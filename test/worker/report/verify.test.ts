import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { deliveryId } from '../../../src/plan/candidate'
import { createPairNames } from '../../../worker/ledger/pairNames'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { verifyDay } from '../../../worker/report/verify'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { DAY_45, deliver, families, RUN } from '../app/day'
import { hold, mailUser, openWorker, register, type WorkerUnderTest } from '../app/openWorker'

const TOMORROW = addDays(TODAY, 1)

/** What is said of the town's day, as long as it lasts or afterwards. */
const verify = ({ delivery }: WorkerUnderTest) =>
  verifyDay({ delivery, ledger: createLedgerReader(delivery.db) }, TODAY)

const toTomorrow = ({ clock }: WorkerUnderTest) => {
  clock.now = new Date(`${TOMORROW}T09:30:00+09:00`)
}

async function delivered() {
  const worker = await openWorker({ releases: childTexts() })
  const { line, mail } = await families(worker, { line: 1, mail: 1 })
  await deliver(worker)
  return { worker, all: [...line, ...mail] }
}

test('who registered the day after was not expected the day before', async () => {
  const { worker } = await delivered()
  toTomorrow(worker)
  await register(worker.delivery, { address: mailUser(9), child: DAY_45 })
  expect(await verify(worker)).toMatchObject({ differences: [], deliveries: 2, changedSince: 1 })
})

test('dates that were changed the day after were others the day before', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const child = { birthDate: addDays(TODAY, -400) }
  const { readerId, childId } = await register(worker.delivery, { address: mailUser(9), child })
  await deliver(worker)
  toTomorrow(worker)
  await worker.delivery.readers.changeAnchor({ readerId, childId, dates: DAY_45 })
  expect(await verify(worker)).toMatchObject({ differences: [], changedSince: 1 })
})

test('a text that came out the day after was not there the day before', async () => {
  const [first, ...rest] = childTexts().filter(({ content }) => content.type === 'manuscript')
  const texts = [first!, ...rest]
  const isDue = ({ content }: (typeof texts)[number]) =>
    content.type === 'manuscript' && content.slot === 'day45'
  const worker = await openWorker({ releases: texts.filter((text) => !isDue(text)) })
  await families(worker, { line: 1, mail: 1 })
  await deliver(worker)
  toTomorrow(worker)
  const publishedAt = new Date(`${TOMORROW}T09:00:00+09:00`).toISOString()
  const late = texts.filter(isDue).map((text) => ({ ...text, publishedAt }))
  expect(late).toHaveLength(1)
  await hold(worker.delivery, late, [settings()])
  expect(await verify(worker)).toMatchObject({ differences: [], deliveries: 0 })
})

test('settings that were changed the day after were others the day before', async () => {
  const [own] = settings().series
  const worker = await openWorker({ releases: childTexts() })
  await families(worker, { line: 1, mail: 1 })
  worker.clock.now = new Date(`${TODAY}T08:00:00+09:00`)
  await hold(worker.delivery, childTexts(), [settings({ series: [] })])
  worker.clock.now = new Date(`${TODAY}T10:00:00+09:00`)
  await deliver(worker)
  toTomorrow(worker)
  await hold(worker.delivery, childTexts(), [settings({ series: [own!] })])
  expect(await verify(worker)).toMatchObject({ differences: [], deliveries: 0 })
})

test.each([
  ['that paused until the day after', [settings({ isActive: false })]],
  ['that came the day after', []],
])('of a town %s nothing was expected', async (_, before) => {
  const worker = await openWorker({ releases: childTexts(), municipalities: before })
  await families(worker, { line: 1, mail: 1 })
  toTomorrow(worker)
  await hold(worker.delivery, childTexts(), [settings()])
  expect(await verify(worker)).toMatchObject({ differences: [], deliveries: 0 })
})

test('what was known and is not in the ledger is missing, on the day and after it', async () => {
  const { worker, all } = await delivered()
  const { deliveries } = ledgerCollections(worker.delivery.db)
  const [pair] = await createPairNames(worker.delivery.db).ofReaders([all[0]!.readerId])
  await deliveries.deleteOne({ _id: deliveryId(pair!._id, 'day45') })
  const missing = { run: RUN, code: 'notPlanned', count: 1 }
  expect((await verify(worker)).differences).toContainEqual(missing)
  toTomorrow(worker)
  await register(worker.delivery, { address: mailUser(9), child: DAY_45 })
  expect((await verify(worker)).differences).toContainEqual(missing)
})

test('of a day without a run, who was there by its end was missed', async () => {
  const worker = await openWorker({ releases: childTexts() })
  await families(worker, { line: 1, mail: 1 })
  toTomorrow(worker)
  await register(worker.delivery, { address: mailUser(9), child: DAY_45 })
  const missed = { run: RUN, code: 'noRun', count: 2 }
  expect(await verify(worker)).toMatchObject({ differences: [missed], changedSince: 1 })
})

test('a day without a run and without anybody to send to has no difference', async () => {
  const worker = await openWorker({ releases: childTexts() })
  toTomorrow(worker)
  await families(worker, { line: 1, mail: 1 })
  expect(await verify(worker)).toMatchObject({ differences: [], changedSince: 2 })
})

test('on the day itself what is due by now is expected', async () => {
  const { worker } = await delivered()
  await register(worker.delivery, { address: mailUser(9), child: DAY_45 })
  const due = { run: RUN, code: 'notPlanned', count: 1 }
  expect(await verify(worker)).toMatchObject({ differences: [due], changedSince: 0 })
})
