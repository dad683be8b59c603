// Two people who decide about one text in the same moment: one of them is answered, never both.
import { expect, test } from '@jest/globals'

import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const { post } = cms.on('kizuna-manuscripts')
const ROUNDS = 6

/** A text that has every approval and waits for the chief. */
async function ready() {
  const { id } = await cms.draft()
  await post('hana', `${id}/submit`)
  await post('midori', `${id}/approve`)
  const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)
  expect(body).toMatchObject({ state: 'approved' })
  return { id, contentHash: body.contentHash as string }
}

test('a request for changes and a publication at the same time never both succeed', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id, contentHash } = await ready()
    const comment = '量を確かめてください。'
    const pair = [
      () => post('midori', `${id}/publish`, { contentHash }),
      () => post('kaoru', `${id}/request-change`, { contentHash, comment }),
    ]
    const order = round % 2 === 0 ? pair : pair.toReversed()
    const answers = await Promise.all(order.map((ask) => ask()))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses[0]).toBe(200)
    expect([403, 409]).toContain(statuses[1])
    const refused = answers.find(({ status }) => status !== 200)
    expect(JSON.stringify(refused?.body)).toMatch(/公開中です|まだ公開できません|同時に/)
    const [release] = await cms.releasesOf(`manuscript:${id}`)
    const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)
    expect(body.state).toBe(release ? 'published' : 'needs_changes')
  }
}, 120_000)

test('of two publications, or a publication and a withdrawal, each is answered clearly', async () => {
  const { id } = await ready()
  const both = await Promise.all([post('midori', `${id}/publish`), post('kaoru', `${id}/publish`)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  const reason = '誤りが見つかったため'
  const twice = await Promise.all([
    post('midori', `${id}/withdraw`, { reason }),
    post('kaoru', `${id}/withdraw`, { reason }),
  ])
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('an approval, a request and a publication say which content and submission they are for', async () => {
  const { id } = await cms.draft()
  await post('hana', `${id}/submit`)
  for (const contentHash of ['', undefined]) {
    const body = JSON.parse(JSON.stringify({ contentHash: contentHash ?? '' }))
    const missing = await post('midori', `${id}/approve`, body)
    expect(missing).toMatchObject({ status: 400 })
    expect(JSON.stringify(missing.body)).toContain('どの内容についてなのか')
  }
  const { contentHash } = (await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)).body
  const unnamed = { contentHash, submission: undefined }
  for (const step of ['approve', 'request-change']) {
    const missing = await post('midori', `${id}/${step}`, { ...unnamed, comment: '量' })
    expect([step, missing.status]).toEqual([step, 400])
  }
  const texts = [{ collection: 'kizuna-manuscripts', id, contentHash }]
  const { body: set } = await cms.rest('midori', 'POST /review-set/approve', { texts })
  expect(set.outcomes).toMatchObject([{ isDone: false }])
  const other = await ready()
  expect((await post('midori', `${other.id}/publish`, unnamed)).status).toBe(400)
  const moved = { contentHash, submission: 'another' }
  expect((await post('midori', `${id}/approve`, moved)).status).toBe(409)
  const stale = await post('midori', `${id}/approve`, { contentHash: 'another' })
  expect(stale.status).toBe(409)
  const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/review`)
  expect(body).toMatchObject({ state: 'in_review' })
})
