// A copy asks whom its origin asked: a discipline that would be dropped gives its consent.
import { expect, test } from '@jest/globals'

import { loadOverview } from '../../../../src/review/queries/overview'
import { needsFor } from '../../../../src/review/rules/needs'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const { post } = cms.on('kizuna-manuscripts')
const policy = parsePolicy()

/** A copy as the renewal makes it, with other topics. */
async function copyOf(origin: string, topics: string[]): Promise<string> {
  const made = await cms.draft({ topics })
  const { versions, collections } = cms.payload.db as unknown as Models
  await collections['kizuna-manuscripts']?.updateMany({ _id: made.id }, { $set: { origin } })
  await versions['kizuna-manuscripts']?.updateMany(
    { parent: made.id },
    { $set: { 'version.origin': origin } },
  )
  return made.id
}

interface Models {
  collections: Record<string, Model>
  versions: Record<string, Model>
}

interface Model {
  updateMany: (where: object, change: object) => Promise<unknown>
}

const disciplines = async (id: string) => {
  const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)
  const [summary] = await loadOverview(
    await cms.reqOf('midori'),
    { collection: 'kizuna-manuscripts', ids: [id] },
    { policy, now: () => new Date() },
  )
  const named = body.needs.map((need: { discipline: string }) => need.discipline)
  expect(summary?.needs.map(({ discipline }) => discipline)).toEqual(named)
  return named.toSorted()
}

test('a copy, and a copy of it that never went out, ask the disciplines of what did', async () => {
  const { id: origin } = await cms.draft({ topics: ['vaccination', 'pregnancy'] })
  for (const person of ['doctor', 'midori'] as const) await post(person, `${origin}/approve`)
  expect((await post('midori', `${origin}/publish`)).status).toBe(200)
  const copy = await copyOf(origin, ['daily'])
  const second = await copyOf(copy, ['dental'])
  expect(await disciplines(copy)).toEqual(['chief', 'medical', 'midwifery'])
  expect(await disciplines(second)).toEqual(['chief', 'dental', 'medical', 'midwifery'])
  await post('midori', `${copy}/approve`)
  expect((await post('midori', `${copy}/publish`)).status).toBe(403)
  await post('doctor', `${copy}/approve`)
  expect((await post('midori', `${copy}/publish`)).status).toBe(200)
  expect(await disciplines(second)).toEqual(['chief', 'dental'])
})

test('of an origin older than the list of topics, whoever approved it is asked', () => {
  const origin = { topics: null, approvedIn: ['medical', 'chief', 'gone'] }
  const deciding = { type: 'manuscript', topics: ['daily'], release: null, verdicts: [] } as const
  expect(needsFor(policy, { ...deciding, origin })).toEqual([
    { discipline: 'chief', quorum: 1 },
    { discipline: 'medical', quorum: 1 },
  ])
  expect(needsFor(policy, { ...deciding, origin: null })).toEqual([
    { discipline: 'chief', quorum: 1 },
  ])
})
