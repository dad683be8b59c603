// The inbox over 2,500 manuscripts that went through their review, 200 of them waiting.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { PayloadRequest } from 'payload'

import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import { loadOverview } from '../../../../src/review/queries/overview'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { countQueries } from '../../../countQueries'
import { openEditorialCms, type EditorialCms } from '../editorialCms'
import { insertManuscripts } from '../insertManuscripts'

const COUNT = 2500
const WAITING = 200
/** As for a few: one query for each text would be hundreds. */
const MOST_QUERIES = 25
const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }

let cms: EditorialCms

beforeAll(async () => {
  cms = await openEditorialCms()
  const series = { id: String(cms.series.id), code: String(cms.series.code) }
  const [first] = await insertManuscripts(
    cms,
    Array.from({ length: COUNT }, (_, day) => ({
      series,
      slot: `day${day}`,
      standing: day < COUNT - WAITING ? 'published' : 'in_review',
    })),
  )
  await cms.rest('doctor', `POST /kizuna-manuscripts/${first}/comments`, {
    field: 'body',
    text: '見本',
  })
}, 120_000)

afterAll(() => cms.close())

test.each([
  ['doctor', WAITING, 0],
  ['hana', 0, 1],
] as const)(
  'the inbox of %s is found without a query for each text',
  async (person, waiting, back) => {
    const req = await cms.reqOf(person)
    const { result, queries } = await countQueries(cms.payload, () =>
      loadReviewInbox(fresh(req), options),
    )
    expect(result.toReview).toHaveLength(waiting)
    expect(result.toRevise).toHaveLength(back)
    expect(queries).toBeGreaterThan(0)
    expect(queries).toBeLessThan(MOST_QUERIES)
  },
  60_000,
)

test('the states of all of them are told without a query for each text', async () => {
  const req = await cms.reqOf('hana')
  const { result, queries } = await countQueries(cms.payload, () =>
    loadOverview(fresh(req), { collection: 'kizuna-manuscripts' }, options),
  )
  const waiting = result.filter(({ state }) => state === 'in_review')
  const out = result.filter(({ state }) => state === 'published')
  expect([waiting.length, out.length]).toEqual([WAITING, COUNT - WAITING])
  expect(queries).toBeGreaterThan(0)
  expect(queries).toBeLessThan(MOST_QUERIES)
}, 60_000)

/** As each page has its own: nothing is remembered from the one before. */
function fresh(req: PayloadRequest): PayloadRequest {
  return { ...req, context: {} } as PayloadRequest
}
