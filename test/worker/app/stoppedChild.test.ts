// product.md, rule 1: a child that was stopped reaches no text, notice, birthday, forecast, export or
// invitation, ever, also after an import of an old file. Each outlet shows the child before (a control).
import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { createForecasts } from '../../../worker/report/forecasts'
import type { AudienceQuery } from '../../../worker/planning/audience'
import { CONSENT_VERSION } from '../../../worker/readers/consentVersion'
import { READER_COLUMNS } from '../../../worker/readers/readerColumns'
import { childTexts, release, settings, text, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, deliver, families, lookAndWork, openService, statuses } from './day'
import { LINE, lineUser, openWorker, received, type WorkerUnderTest } from './openWorker'

type Family = { readerId: string; childId: string }

/** Every day of a child's life is asked for. */
const EVERY_DAY: AudienceQuery = {
  municipality: TOWN,
  isEveryChild: true,
  dates: {
    dueDates: [],
    birthDates: [DAY_45.birthDate],
    dues: [],
    births: [{ from: '2020-01-01', to: '2027-01-01' }],
    entryDates: [],
    correctedDueDates: [],
    supportDays: [],
    announceDays: [],
  },
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of stream) found.push(one)
  return found
}

interface Outlet {
  outlet: string
  /** Whether any of the families' children is seen there. */
  shows: (worker: WorkerUnderTest, families: Family[]) => Promise<boolean>
}

/** What sends: each needs a town of its own to show that it sends at all. */
const SENDING: Outlet[] = [
  {
    outlet: 'the texts of the day',
    shows: async (worker) => {
      await deliver(worker)
      return received(worker.sandbox).size > 0
    },
  },
  {
    outlet: 'a birthday, a year after the birth',
    shows: async (worker) => {
      worker.clock.now = new Date('2027-08-22T09:30:00+09:00')
      const service = openService(worker)
      await service.tick()
      await lookAndWork(service)
      return received(worker.sandbox).size > 0
    },
  },
  {
    outlet: 'a welcome that is asked for late',
    shows: async (worker, [family]) => {
      await worker.delivery.welcomes.requestWelcome(family!.readerId)
      await lookAndWork(openService(worker))
      return (await statuses(worker)).accepted === 1
    },
  },
]

/** What only reads. */
const READING: Outlet[] = [
  {
    outlet: 'the audience, reader by reader',
    shows: async ({ delivery }) =>
      (await all(delivery.audience.chunks(EVERY_DAY))).some(({ members }) => members.length > 0),
  },
  {
    outlet: 'the audience by cells',
    shows: async ({ delivery }) => (await all(delivery.audience.cells(EVERY_DAY))).length > 0,
  },
  {
    outlet: 'the number that the plan is compared with',
    shows: async ({ delivery }) => (await delivery.audience.count(EVERY_DAY)) > 0,
  },
  {
    outlet: 'a forecast, and the reach that is told of it',
    shows: async ({ delivery }) => {
      const { stages } = await createForecasts(delivery.db).of(TOWN, addDays(TODAY, 1))
      return Object.keys(stages).length > 0
    },
  },
  {
    outlet: 'the reader’s own page',
    shows: async ({ delivery }, [family]) =>
      (await delivery.readers.childrenOf(family!.readerId)).length > 0,
  },
  {
    outlet: 'the last of the pairs that go on',
    shows: async ({ delivery }, [family]) =>
      (await delivery.audience.ofReader(family!.readerId)).length > 0,
  },
]

const STOPS: [string, (worker: WorkerUnderTest, family: Family) => Promise<unknown>][] = [
  ['stopped for all', ({ delivery }, family) => delivery.readers.stopChild(family)],
  ['left', ({ delivery }, family) => delivery.readers.leaveChild(family)],
]

const releases = [...childTexts(), release(text({ slot: 'month12', kind: 'milestone' }))]

const cases = STOPS.flatMap(([how, stop]) => SENDING.map((one) => ({ how, stop, ...one })))

test.each(cases)('$outlet does not come for a child that was $how', async ({ stop, shows }) => {
  const before = await openWorker({ releases })
  expect(await shows(before, (await families(before, { line: 1 })).line)).toBe(true)

  const worker = await openWorker({ releases })
  const { line } = await families(worker, { line: 1 })
  for (const family of line) await stop(worker, family)
  await importOldList(worker, line.length)
  expect(await shows(worker, line)).toBe(false)
})

test.each(STOPS)('nothing that reads shows a child that was %s', async (_, stop) => {
  const worker = await openWorker({ releases })
  const { line } = await families(worker, { line: 6 })
  const shown = async () => {
    const seen = await Promise.all(READING.map(({ shows }) => shows(worker, line)))
    return READING.filter((__, at) => seen[at]).map(({ outlet }) => outlet)
  }
  expect(await shown()).toEqual(READING.map(({ outlet }) => outlet))
  for (const family of line) await stop(worker, family)
  await importOldList(worker, line.length)
  expect(await shown()).toEqual([])
})

test('an invitation into the family of a child that was stopped adds nobody', async () => {
  const { delivery } = await openWorker({ releases })
  const [family, other] = (await families({ delivery }, { line: 2 })).line
  await delivery.readers.stopChild(family!)
  const joined = { readerId: other!.readerId, childId: family!.childId }
  expect(await delivery.readers.joinChild(joined)).toEqual({ status: 'unknown' })
  await delivery.readers.stopChild(other!)
  const invited = delivery.readers.register({
    municipality: TOWN,
    address: lineUser(9),
    edition: 'standard',
    relation: 'father',
    area: null,
    source: null,
    consentedAt: delivery.now(),
    consentVersion: CONSENT_VERSION,
    child: {},
    sharedChildren: [family!.childId],
  })
  await expect(invited).rejects.toMatchObject({ code: 'CHILD_GONE' })
})

/** The list that was made before: every reader of it is known, no child is added. */
async function importOldList({ delivery }: WorkerUnderTest, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => {
    const { address } = lineUser(at)
    const consent = '2026-09-01T10:00:00+09:00'
    return `${TOWN},line,${address},birthDate,${DAY_45.birthDate},standard,mother,,,${consent},${CONSENT_VERSION}`
  })
  const bytes = new TextEncoder().encode([READER_COLUMNS.join(','), ...rows, ''].join('\n'))
  const municipalities = new Map([[TOWN, { settings: settings(), provider: LINE.provider }]])
  expect(
    await delivery.readers.importRows({
      bytes,
      municipalities,
      isDryRun: false,
      consent: { basis: '紙の申込書' },
    }),
  ).toMatchObject({
    status: 'imported',
    counts: { readersKnown: count, childrenKnown: count, childrenAdded: 0 },
  })
}
