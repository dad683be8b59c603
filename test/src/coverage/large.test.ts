// The map of 2,500 manuscripts, each with a state of its own.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { coverageMap } from '../../../src/coverage/map'
import { loadStates } from '../../../src/review/queries/overview'
import { parsePolicy } from '../../../src/review/rules/policy'
import { countQueries } from '../../countQueries'
import { openEditorialCms, type EditorialCms } from '../review/editorialCms'
import { insertManuscripts } from '../review/insertManuscripts'

const COUNT = 2500
const NOW = new Date('2026-11-23T00:00:00.000Z')
const editions = [{ code: 'standard', label: '標準' }]
const options = { policy: parsePolicy(), now: () => NOW }

let cms: EditorialCms

beforeAll(async () => {
  cms = await openEditorialCms()
  const series = { id: String(cms.series.id), code: String(cms.series.code) }
  const standing = (day: number) => (['draft', 'in_review'] as const)[day % 10] ?? 'published'
  await insertManuscripts(
    cms,
    Array.from({ length: COUNT }, (_, day) => ({
      series,
      slot: `day${day}`,
      standing: standing(day),
    })),
  )
}, 120_000)

afterAll(() => cms.close())

test('2,500 manuscripts and their holes are on the map without a query for each', async () => {
  const cadence = [{ from: 'day0', to: `day${COUNT + 99}`, every: 1, unit: 'day' as const }]
  const series = [{ id: String(cms.series.id), code: 'large', name: '大きい', cadence }]
  const req = await cms.reqOf('hana')
  const { result, queries } = await countQueries(cms.payload, async () => {
    const manuscripts = await loadStates(req, { collection: 'kizuna-manuscripts' }, options)
    return coverageMap({ series, editions, manuscripts })
  })
  expect(result[0]?.counts).toEqual({ draft: 250, in_review: 250, published: 2000, hole: 100 })
  expect(queries).toBeGreaterThan(0)
  expect(queries).toBeLessThan(25)
}, 60_000)
