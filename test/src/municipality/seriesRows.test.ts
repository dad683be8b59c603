// Which series a municipality takes: saved whatever the state of the series, however many.
import { afterAll, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { seriesData } from '../../collections/documents'
import { gather, insert, municipalityData } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
const as = people.as.admin
afterAll(() => cms.stop())

test('a municipality can still be saved when a series it takes has been closed', async () => {
  const series = await insert(cms, 'kizuna-series', seriesData())
  const data = { ...municipalityData(), series: [{ series }] }
  const id = await insert(cms, 'kizuna-municipalities', data)
  await cms.payload.update({ collection: 'kizuna-series', id: series, data: { isActive: false } })
  const body = { dailyCap: 5, series: [{ series }] }
  const answer = await cms.rest({ method: 'PATCH', path: `/kizuna-municipalities/${id}`, as, body })
  expect({ status: answer.status, errors: answer.body.errors }).toEqual({ status: 200 })
})

test('municipalities with many series are created while others are', async () => {
  const rows = await Promise.all(
    Array.from({ length: 6 }, async () => ({
      series: await insert(cms, 'kizuna-series', seriesData()),
    })),
  )
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => {
      const body = { ...municipalityData(), series: rows }
      return cms.rest({ method: 'POST', path: '/kizuna-municipalities', as, body })
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
})
