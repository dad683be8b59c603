// Planning all who get the same at once comes to the same as planning them one by one.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { MongoClient } from 'mongodb'

import type { MunicipalitySettings } from '../../../src/plan/settings'
import { liveContent } from '../../../src/release/live'
import { SAMPLE_PLACES } from '../../../src/release/quietRow'
import { addDays } from '../../../src/stage/day'
import { batchId } from '../../../worker/ledger/batchId'
import { ledgerCollections } from '../../../worker/ledger/collections'
import type { Batch, Run } from '../../../worker/ledger/documents'
import { createAudience } from '../../../worker/planning/audience'
import { createPlanner } from '../../../worker/planning/planner'
import { DRY_SINK, type PlanSink } from '../../../worker/planning/planning'
import { createPlanningStore } from '../../../worker/planning/planningStore'
import type { NewExclusion } from '../../../worker/planning/planChunk'
import { checkPairs } from '../../../worker/readers/checkPairs'
import { ensureReaderIndexes, readerCollections } from '../../../worker/readers/collections'
import type { Child, Identity, Reader } from '../../../worker/readers/reader'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import {
  addOn,
  childTexts,
  pregnancyTexts,
  release,
  settings,
  text,
  TODAY,
  TOWN,
} from '../../src/plan/town'

let url: string
let client: MongoClient
beforeEach(async () => {
  url = emptyDatabaseUrl()
  client = await new MongoClient(url).connect()
  await ensureReaderIndexes(client.db())
})
afterEach(async () => {
  await client.close()
  await giveBack(url)
})

const LINE = { id: 'L1', provider: 'minato' }
const RUN = {
  _id: `${TOWN}:${TODAY}`,
  municipality: TOWN,
  date: TODAY,
  kind: 'daily' as const,
  isStale: false,
  attempts: 1,
}

const CONTENT = liveContent([
  ...childTexts(),
  ...pregnancyTexts(),
  release(text({ slot: 'day45', edition: 'easy' })),
  release(text({ slot: 'day31', theme: 'books' })),
  release(text({ slot: 'month1', kind: 'milestone', theme: 'christmas' })),
  release(text({ slot: 'entry-84' })),
  release(addOn({ from: 'day40', to: 'day50', areas: ['北'], theme: 'books' })),
  release(addOn({ from: '20w0d', to: 'day60', timing: 'every', areas: ['南'] })),
])

const day = fc.oneof(
  fc.integer({ min: -260, max: -1 }).map((ahead) => ({ dueDate: addDays(TODAY, -ahead) })),
  fc.constantFrom(30, 31, 40, 45, 45, 45).map((age) => ({ birthDate: addDays(TODAY, -age) })),
  fc.constant({ dueDate: addDays(TODAY, -30), birthDate: addDays(TODAY, -45) }),
  fc.constant({ birthDate: '2020-07-01' }),
  fc.constant({ birthDate: '2020-07-01', entryDate: '2027-04-01' }),
)

const identity = fc.record({
  channel: fc.constantFrom('line' as const, 'mail' as const),
  status: fc.constantFrom(
    ...([
      'active',
      'active',
      'active',
      'blocked',
      'suppressed',
    ] as const satisfies Identity['status'][]),
  ),
})

/** Families as they come: most have one child and one address, some have all kinds of things. */
const family = fc.record({
  edition: fc.constantFrom('standard', 'standard', 'easy'),
  area: fc.constantFrom(null, '北', '南'),
  wishes: fc.constantFrom(
    undefined,
    {},
    { discreet: true },
    { discreet: false },
    {
      declined: ['books' as const],
    },
    { declined: ['christmas' as const, 'books' as const], discreet: true },
  ),
  status: fc.constantFrom(
    'active' as const,
    'active' as const,
    'active' as const,
    'stopped' as const,
  ),
  identities: fc.uniqueArray(identity, { selector: ({ channel }) => channel, minLength: 1 }),
  days: fc.array(day, { minLength: 1, maxLength: 2 }),
  isTwins: fc.boolean(),
  isCorrected: fc.boolean(),
  isSuppressed: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
})

/** One child, one address that works. */
const plainFamily = family.map((one) => ({
  ...one,
  status: 'active' as const,
  identities: [{ channel: 'line' as const, status: 'active' as const }],
  isTwins: false,
  isCorrected: false,
  isSuppressed: false,
}))

type Family = typeof family extends fc.Arbitrary<infer T> ? T : never

test('cell by cell or one by one: the same deliveries, texts and exclusions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(family, { minLength: 5, maxLength: 60 }),
      fc.constantFrom<Partial<MunicipalitySettings>>({}, { channels: ['mail'] }, { dailyCap: 1 }),
      async (families, changed) => {
        await store(families)
        const own = settings(changed)
        const byCells = await plan(own, [])
        const { frozen, ...outcome } = byCells
        expect(outcome).toEqual(await plan(own, [0]).then(({ frozen: _, ...one }) => one))
        // planned again, the batches are the same ones, with the same keys
        expect((await plan(own, [])).frozen).toEqual(frozen)
        expect(byCells.tally.candidates).toBeGreaterThanOrEqual(byCells.delivered.length)
      },
    ),
    { numRuns: 20 },
  )
})

async function store(families: Family[]) {
  const db = client.db()
  const { readers, children, suppressions } = readerCollections(db)
  for (const name of ['readers', 'children', 'suppressions', 'pairs', 'changeCounters']) {
    await db.collection(name).deleteMany({})
  }
  const long = { createdAt: new Date(0), changedAt: new Date(0), municipality: TOWN }
  const made = families.map((one, at) => {
    const _id = `reader${at}`
    const identities = one.identities.map(({ channel, status }) => ({
      channel,
      account: channel === 'line' ? 'minato' : 'mail',
      sealed: '',
      index: `${channel}${at}`,
      status,
    }))
    const { edition, area, status, wishes } = one
    const days = one.isTwins ? [one.days[0]!, ...one.days] : one.days
    const born = days.map((dates, which) => ({
      _id: `child${at}-${which}`,
      readers: [_id],
      status: 'active',
      ...(one.isCorrected && which === 0 && { corrected: [_id] }),
      ...dates,
      ...long,
    }))
    return {
      reader: { _id, edition, area, status, ...(wishes && { wishes }), identities, ...long },
      born,
      one,
    }
  })
  await readers.insertMany(made.map(({ reader }) => reader as unknown as Reader))
  await children.insertMany(made.flatMap(({ born }) => born as unknown as Child[]))
  const suppressed = made.filter(({ one }) => one.isSuppressed)
  for (const { reader } of suppressed) {
    const { channel, account, index } = reader.identities[0]!
    const _id = `${channel}:${account}:${index}`
    await suppressions.insertOne({ _id, reason: 'bounced', at: new Date(0) })
  }
  await checkPairs(db)
}

/** What a planning comes to; with a planning sealed before, it is made one by one. */
async function plan(own: MunicipalitySettings, sealed: number[]) {
  const db = client.db()
  const batches: Batch[] = []
  const exclusions: NewExclusion[] = []
  const sink: PlanSink = {
    ...DRY_SINK,
    addBatches: async (added) => void batches.push(...added),
    addExclusions: async (added) => {
      exclusions.push(...added.map(({ delivery: id, reason, into = '' }) => ({ id, reason, into })))
    },
  }
  const planner = createPlanner({
    audience: createAudience(db),
    store: createPlanningStore(db),
    reached: async () => [],
    namespace: async () => '00000000-0000-4000-8000-000000000000',
    placesOf: () => SAMPLE_PLACES,
  })
  const run = { ...RUN, sealed }
  const tally = await planner({ run, settings: own, line: LINE, content: CONTENT }, { sink })
  const delivered = batches.flatMap(({ account, payload, recipients }) =>
    recipients.map((id) => `${id} ${account} ${payload}`),
  )
  return {
    tally,
    frozen: batches.map(({ _id, payload, recipients }) => [_id, payload, ...recipients]),
    delivered: delivered.sort(),
    exclusions: exclusions.map(({ id, reason, into }) => `${id} ${reason} ${into}`).sort(),
  }
}

test('of a cell everybody is counted, and everybody gets the text', async () => {
  const [family] = fc.sample(plainFamily, 1)
  const days = [{ birthDate: addDays(TODAY, -44) }]
  const one: Family = { ...family!, edition: 'standard', area: null, days }
  await store([one, one, one])
  const { tally, delivered } = await plan(settings(), [])
  expect(delivered).toHaveLength(3)
  expect(tally).toMatchObject({ audience: 3, candidates: 3 })
})

test('a text that was merged into another one yesterday is not sent alone today', async () => {
  const db = client.db()
  const [family] = fc.sample(plainFamily, 1)
  await store([{ ...family!, days: [{ birthDate: addDays(TODAY, -45) }] }])
  const own = settings()
  expect((await plan(own, [])).delivered).toHaveLength(1)
  const run = `${TOWN}:${addDays(TODAY, -1)}`
  const into = `${TOWN}:day44:1`
  const delivery = `${TOWN}:day45:1`
  const { runs, batches, deliveries } = ledgerCollections(db)
  const batch = batchId({ _id: run, attempts: 1 }, 1)
  await runs.insertOne({ _id: run, attempts: 1, sealed: [1] } as unknown as Run)
  await batches.insertOne({ _id: batch, state: 'accepted', recipients: [into] } as unknown as Batch)
  await deliveries.insertOne({ _id: into, batch })
  const merged = { run, date: addDays(TODAY, -1), attempt: 1, reason: 'merged' as const, into }
  await createPlanningStore(db).addExclusions([
    { ...merged, _id: `${run}|${delivery}`, delivery, covers: delivery },
  ])
  expect(await plan(own, [])).toMatchObject({
    delivered: [],
    exclusions: [`${delivery} alreadyDelivered `],
  })
})
