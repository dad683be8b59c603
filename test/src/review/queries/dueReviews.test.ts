import { expect, test } from '@jest/globals'

import { rebuildStates } from '../../../../src/review/queries/refreshStates'
import { loadDueReviews } from '../../../../src/review/queries/dueReviews'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const DAY_MS = 24 * 3_600_000
const now = new Date()
const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString()

/** As if it had been published so long ago. */
async function makeDueIn(days: number, key: string) {
  const [release] = await cms.releasesOf(key)
  await cms.payload.db.updateOne({
    collection: 'kizuna-releases',
    id: release!.id,
    data: { reviewDueAt: inDays(days) },
  })
  await rebuildStates(cms.payload, parsePolicy()) // nobody was told of that
}

async function dueIn(days: number, title: string) {
  const { id } = await cms.published({ title })
  await makeDueIn(days, `manuscript:${id}`)
  return id
}

test('what is overdue comes first, then sixty days; what was withdrawn is nobody’s work', async () => {
  await dueIn(61, '遠い')
  await dueIn(59, '近い')
  await dueIn(-3, '過ぎた')
  const gone = await dueIn(-5, '取り下げた')
  await cms.rest('midori', `POST /kizuna-manuscripts/${gone}/withdraw`, { reason: '古い' })
  const found = await loadDueReviews(await cms.reqOf('midori'), now)
  expect(found.map(({ title }) => title)).toEqual(['過ぎた 第1版', '近い 第1版'])
})

test('a municipality has its own add-ons, and none of the team’s texts', async () => {
  const { id } = await cms.publishedAddOn({ title: '町の見本' })
  await makeDueIn(10, `add-on:${id}`)
  const titles = async (person: 'mayu' | 'machi' | 'midori') =>
    (await loadDueReviews(await cms.reqOf(person), now)).map(({ title }) => title)
  expect(await titles('mayu')).toEqual(['町の見本 第1版'])
  expect(await titles('machi')).toEqual(['町の見本 第1版'])
  expect(await titles('midori')).toContain('近い 第1版')
})

test('a contributor sees none of it', async () => {
  await expect(loadDueReviews(await cms.reqOf('dango'), now)).rejects.toThrow()
})

test('an add-on whose period is over is nobody’s work either', async () => {
  const period = { validFrom: '2020-04-01', validTo: '2020-05-31' }
  const { id } = await cms.publishedAddOn({ title: '去年の見本', ...period })
  await makeDueIn(-1, `add-on:${id}`)
  const found = await loadDueReviews(await cms.reqOf('mayu'), now)
  expect(found.map(({ title }) => title)).not.toContain('去年の見本 第1版')
})
