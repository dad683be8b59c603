// What another system has delivered before its readers were imported comes to nobody again.
import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { READER_COLUMNS } from '../../../worker/readers/readerColumns'
import { childTexts, settings, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, deliver } from './day'
import { mailUser, openWorker, received, type WorkerUnderTest } from './openWorker'

const YESTERDAY = addDays(TODAY, -1)

/** A list with a column of how far the old system came, one reader a row. */
async function importList(
  { delivery }: WorkerUnderTest,
  rows: readonly [birthDate: string, delivered: string][],
) {
  const lines = rows.map(([born, delivered], at) => {
    const { address } = mailUser(at)
    return `${TOWN},mail,${address},birthDate,${born},standard,mother,,,2026-09-01,2026-12,${delivered}`
  })
  const bytes = Buffer.from([`${READER_COLUMNS.join(',')},配信済み`, ...lines].join('\n'))
  const municipalities = new Map([[TOWN, { settings: settings(), provider: null }]])
  const consent = { basis: '前の仕組みの登録画面' }
  const outcome = await delivery.readers.importRows({
    bytes,
    municipalities,
    consent,
    isDryRun: false,
  })
  expect(outcome).toMatchObject({ status: 'imported', counts: { readersAdded: rows.length } })
}

const sentTo = ({ sandbox }: WorkerUnderTest) => [...received(sandbox).keys()].sort()

test('who had today’s text of the old system gets none today; who had yesterday’s gets today’s', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { birthDate } = DAY_45
  await importList(worker, [
    [birthDate, TODAY],
    [birthDate, YESTERDAY],
    [birthDate, ''],
    [birthDate, '生後45日'],
    [birthDate, 'day44'],
  ])
  await deliver(worker)
  expect(sentTo(worker)).toEqual([1, 2, 4].map((at) => mailUser(at).address))
})

test('no welcome floods: nothing but the day’s texts comes', async () => {
  const worker = await openWorker({ releases: childTexts() })
  await importList(worker, [
    [DAY_45.birthDate, ''],
    [addDays(DAY_45.birthDate, -1), ''],
  ])
  expect(await worker.delivery.db.collection('welcomes').countDocuments()).toBe(0)
  await deliver(worker)
  expect([...received(worker.sandbox).values()]).toEqual([1, 1])
})

test('dates that are put right later bring back nothing that the old system had delivered', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { readers } = worker.delivery
  const earlier = addDays(DAY_45.birthDate, -1)
  await importList(worker, [
    [earlier, YESTERDAY],
    [earlier, addDays(TODAY, -2)],
  ])
  for (const at of [0, 1]) {
    const [reader] = await readers.findByIdentity(mailUser(at))
    const [child] = await readers.childrenOf(reader!._id)
    const of = { readerId: reader!._id, childId: child!._id }
    await readers.reportBirth({ ...of, birthDate: DAY_45.birthDate })
  }
  await deliver(worker)
  expect(sentTo(worker)).toEqual([mailUser(1).address])
})
