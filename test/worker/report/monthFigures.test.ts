// A month is told once, when it is over, of those who were there; what the CMS has of it holds.
import { expect, test } from '@jest/globals'

import { OCCASIONS } from '../../../src/source/occasions'
import { readMonthFigures } from '../../../src/statistics/figures'
import { CmsError } from '../../../worker/content/cms'
import { ledgerCollections } from '../../../worker/ledger/collections'
import type { Batch, Run } from '../../../worker/ledger/documents'
import { createLedgerReader } from '../../../worker/ledger/reading'
import type { Child, Reader } from '../../../worker/readers/reader'
import { createMonthFigures, type StoredMonth } from '../../../worker/report/monthFigures'
import { childTexts, settings, TOWN } from '../../src/plan/town'
import { formUses } from '../../../worker/readers/formUse'
import { openWorker, type WorkerUnderTest } from '../app/openWorker'

const SECOND = '2026-07-02T00:30:00+09:00'

interface Invented {
  count: number
  consentedAt: string
  more?: Partial<Reader>
  child?: Partial<Child>
}

/** So many readers of the town who are alike. */
async function insert(
  { delivery }: WorkerUnderTest,
  { count, consentedAt, more, child }: Invented,
) {
  const at = new Date(consentedAt)
  for (let n = 0; n < count; n += 1) {
    const id = crypto.randomUUID()
    await delivery.db.collection<Reader>('readers').insertOne({
      _id: id,
      municipality: TOWN,
      edition: 'standard',
      relation: 'mother',
      area: null,
      source: null,
      consentedAt: at,
      consentVersion: '1',
      status: 'active',
      identities: [{ channel: 'mail', account: 'mail', sealed: '', index: id, status: 'active' }],
      createdAt: at,
      changedAt: at,
      ...more,
    })
    await delivery.db.collection<Child>('children').insertOne({
      _id: crypto.randomUUID(),
      municipality: TOWN,
      readers: [id],
      birthDate: '2026-01-05',
      status: 'active',
      createdAt: at,
      changedAt: at,
      ...child,
    })
  }
}

function openMonths({ delivery, clock }: WorkerUnderTest) {
  const inCms = new Map<string, unknown>()
  const cms = { isDown: false, known: null as unknown }
  const answer = <Body>(body: Body): Promise<Body> =>
    cms.isDown ? Promise.reject(new CmsError('CMS に接続できません。')) : Promise.resolve(body)
  const municipality = { ...settings({ areas: ['北'] }), cmsId: `cms-${TOWN}` }
  const months = createMonthFigures({
    db: delivery.db,
    ledger: createLedgerReader(delivery.db),
    municipalities: () => [municipality],
    now: () => clock.now,
    cms: {
      all: () => answer([{ municipality: `cms-${TOWN}`, code: 'sakura' }]),
      monthFigures: () => answer(cms.known),
      createMonthFigures: (told) => {
        const { month } = told as { month: string }
        if (inCms.has(month)) throw new Error('told twice')
        inCms.set(month, told)
        return Promise.resolve()
      },
    },
  })
  const stored = () => delivery.db.collection<StoredMonth>('monthFigures').find().toArray()
  const tick = async () => {
    await months.make()
    await months.push()
  }
  return { cms, inCms, stored, tick }
}

test('a month is told on its second day after, once, and its quarter with its last month', async () => {
  const worker = await openWorker({ releases: childTexts(), now: '2026-07-01T23:30:00+09:00' })
  await insert(worker, { count: 12, consentedAt: '2026-04-10', more: { source: 'sakura' } })
  await insert(worker, {
    count: 9,
    consentedAt: '2026-05-31T23:59:00+09:00',
    more: { relation: 'father', area: '北', source: 'typed-by-hand' },
  })
  await insert(worker, {
    count: 8,
    consentedAt: '2026-06-01T00:00:00+09:00',
    child: { birthDate: undefined, dueDate: '2026-12-01' },
  })
  await insert(worker, { count: 6, consentedAt: '2026-07-01T00:00:00+09:00' })
  const stopped = { status: 'stopped' as const, changedAt: new Date('2026-06-20') }
  await insert(worker, { count: 7, consentedAt: '2025-03-01', more: stopped })
  await worker.delivery.readers.countForm(TOWN, 'opened', null)
  const { inCms, stored, tick, cms } = openMonths(worker)
  await tick()
  expect([...inCms.keys()]).toEqual(['2026-05'])
  worker.clock.now = new Date(SECOND)
  await tick()
  // April was never told, so that the quarter is not either; June stands for itself
  expect((await stored()).map(({ month }) => month)).toEqual(['2026-05', '2026-06'])
  const june = (inCms.get('2026-06') as { figures: unknown }).figures
  const told = readMonthFigures(june)
  expect(told).toMatchObject({
    month: '2026-06',
    registered: { total: 8, breakdown: { from: '2026-04', to: '2026-06', total: 'withheld' } },
    active: {
      total: { about: 30 },
      by: {
        channel: [
          { code: 'line', figure: 'small' },
          { code: 'mail', figure: { about: 30 } },
        ],
        area: [
          { code: '北', figure: { about: 10 } },
          { code: 'other', figure: 'small' },
          { code: 'none', figure: { about: 20 } },
        ],
      },
    },
    ended: { from: '2026-04', to: '2026-06', total: 7 },
    deliveries: { planned: 'small', accepted: 'small' },
  })
  await insert(worker, { count: 5, consentedAt: '2026-06-15' })
  cms.isDown = true
  await tick()
  expect(inCms.size).toBe(2)
})

/** What readers may say of how they heard, but for その他. */
const SAID = OCCASIONS.map(({ value }) => value).filter((value) => value !== 'other')

test('a quarter whose months were told is told apart by known codes alone', async () => {
  const worker = await openWorker({ releases: childTexts(), now: '2026-05-02T00:30:00+09:00' })
  const { inCms, tick } = openMonths(worker)
  const { countForm } = worker.delivery.readers
  for (const source of ['sakura', 'typed-by-hand', null]) {
    for (let time = 0; time < 11; time += 1) await countForm(TOWN, 'opened', source)
    await countForm(TOWN, 'started', source)
  }
  await insert(worker, { count: 12, consentedAt: '2026-04-10', more: { source: 'sakura' } })
  await tick()
  await insert(worker, {
    count: 9,
    consentedAt: '2026-05-15',
    more: { relation: 'father', area: '北', source: 'typed-by-hand' },
  })
  worker.clock.now = new Date('2026-06-02T00:30:00+09:00')
  await tick()
  await insert(worker, {
    count: 8,
    consentedAt: '2026-06-10',
    child: { birthDate: undefined, dueDate: '2026-12-01' },
  })
  worker.clock.now = new Date(SECOND)
  await tick()
  expect([...inCms.keys()]).toEqual(['2026-04', '2026-05', '2026-06'])
  const told = readMonthFigures((inCms.get('2026-06') as { figures: unknown }).figures)
  expect(told?.registered.breakdown).toMatchObject({
    total: 29,
    by: {
      source: [
        { code: 'sakura', figure: 12 },
        ...SAID.map((code) => ({ code, figure: 0 })),
        { code: 'other', figure: 9 },
        { code: 'none', figure: 8 },
      ],
      relation: [
        { code: 'mother', figure: 20 },
        { code: 'father', figure: 9 },
        { code: 'grandparent', figure: 0 },
        { code: 'other', figure: 0 },
      ],
      stage: [
        { code: 'pregnant', figure: 8 },
        { code: 'age0', figure: 21 },
        { code: 'age1to2', figure: 0 },
        { code: 'age3up', figure: 0 },
        { code: 'unknown', figure: 0 },
      ],
    },
    use: [{ code: 'sakura', opened: { about: 10 }, started: 'small' }],
  })
})

test('who writes any source into the address fills no database', async () => {
  const { delivery } = await openWorker({ releases: [], now: '2026-05-02T00:30:00+09:00' })
  const { countForm } = delivery.readers
  const id = `${TOWN}|2026-05`
  const counted = (source: string) => formUses(delivery.db).findOne({ _id: `${id}|${source}` })
  await countForm(TOWN, 'opened', 'known')
  const codes = Array.from({ length: 499 }, (_, at) => `${id}|typed-${at}`)
  await formUses(delivery.db).insertMany(codes.map((_id) => ({ _id, removeAt: new Date() })))
  for (const source of ['known', 'one-too-many']) await countForm(TOWN, 'opened', source)
  expect(await counted('known')).toMatchObject({ opened: 2 })
  expect(await counted('one-too-many')).toBeNull()
  expect(await formUses(delivery.db).findOne({ _id: id })).toMatchObject({ opened: 3 })
})

test('how many of a quarter get texts still is told after a month and after a year', async () => {
  const worker = await openWorker({ releases: childTexts(), now: '2026-05-02T00:30:00+09:00' })
  const { inCms, tick } = openMonths(worker)
  const joined = { count: 10, consentedAt: '2026-04-10T12:00:00+09:00' }
  const left = (on: string) => ({ status: 'stopped' as const, changedAt: new Date(on) })
  await insert(worker, joined)
  await insert(worker, { ...joined, more: left('2026-05-09T12:00:00+09:00') })
  await insert(worker, { ...joined, more: left('2026-05-10T12:00:00+09:00') })
  await insert(worker, { ...joined, more: { ...left('2026-04-11'), joinedTo: 'another' } })
  for (const now of ['2026-05-02', '2026-06-02', '2026-07-02', '2026-09-02', '2027-07-02']) {
    worker.clock.now = new Date(`${now}T00:30:00+09:00`)
    await tick()
  }
  const staysOf = (month: string) =>
    readMonthFigures((inCms.get(month) as { figures: unknown }).figures)?.stays
  const quarter = { from: '2026-04', to: '2026-06', registered: 40 }
  expect(staysOf('2026-06')).toEqual([])
  expect(staysOf('2026-08')).toEqual([{ ...quarter, days: 30, left: { about: 10 } }])
  expect(staysOf('2027-06')).toEqual([{ ...quarter, days: 365, left: { about: 20 } }])
})

test('a registration whose first message was accepted is counted, whatever comes later', async () => {
  const worker = await openWorker({ releases: childTexts(), now: SECOND })
  const { inCms, tick } = openMonths(worker)
  await insert(worker, { count: 12, consentedAt: '2026-06-10' })
  const { runs, batches } = ledgerCollections(worker.delivery.db)
  const send = async (count: number, state: Batch['state'], more: Partial<Run>) => {
    for (let n = 0; n < count; n += 1) {
      const _id = crypto.randomUUID()
      const run = { municipality: TOWN, date: '2026-06-10', sealed: [1], plan: null, ...more }
      await runs.insertOne({ _id, ...run } as Run)
      const batch = { run: _id, attempt: 1, channel: 'mail', state, recipients: ['one'] }
      await batches.insertOne({ _id, ...batch } as unknown as Batch)
    }
  }
  await send(7, 'accepted', { kind: 'welcome' })
  await send(9, 'rejected', { kind: 'welcome' })
  await send(9, 'accepted', { kind: 'welcome', hasNoGreeting: true })
  await send(9, 'accepted', { kind: 'daily' })
  await tick()
  expect(inCms.get('2026-06')).toMatchObject({ figures: { funnel: { accepted: { about: 10 } } } })
})

test('what the CMS has of a month holds for a database that was put back', async () => {
  const worker = await openWorker({ releases: childTexts(), now: SECOND })
  const { cms, inCms, stored, tick } = openMonths(worker)
  await insert(worker, { count: 12, consentedAt: '2026-06-10' })
  cms.isDown = true
  await tick() // the rest of a tick goes on
  expect(await stored()).toEqual([])
  cms.isDown = false
  await tick()
  const [first] = await stored()
  cms.known = { ...first?.figures, registered: { total: 40, breakdown: null } }
  await worker.delivery.db.collection('monthFigures').deleteMany({})
  await tick()
  expect(inCms.size).toBe(1)
  expect(await stored()).toMatchObject([{ figures: { registered: { total: 40 } } }])
})

test('a town without a reader has no months', async () => {
  const worker = await openWorker({ releases: childTexts(), now: SECOND })
  const { inCms, tick } = openMonths(worker)
  await insert(worker, { count: 6, consentedAt: '2026-07-01T10:00:00+09:00' })
  await tick()
  expect(inCms.size).toBe(0)
})
