import { expect, test } from '@jest/globals'

import { loadReviewScreen } from '../../../../src/review/inbox/reviewScreen'
import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import { parsePolicy } from '../../../../src/review/rules/policy'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }

const cms = await openEditorialCmsOfFile()

const screenOf = async (person: Person, id: string) =>
  loadReviewScreen(await cms.reqOf(person), { collection: 'kizuna-manuscripts', id }, options)

/** The originals in a new fiscal year's series, by their titles. */
async function copiedForward(code: string) {
  const made = await cms.rest('hana', 'POST /renewal', {
    name: code,
    code,
    startsOn: '2027-04-01',
    series: cms.series.id,
  })
  const series = String(made.body.id)
  expect((await cms.rest('hana', `POST /renewal/${series}/copy`)).status).toBe(200)
  const { docs } = await cms.payload.find({
    collection: 'kizuna-manuscripts',
    where: { series: { equals: series } },
    draft: true,
    depth: 0,
    pagination: false,
  })
  return new Map(docs.map(({ id, title }) => [title, id]))
}

test('a text taken into a new year is compared with what readers get of its original', async () => {
  await cms.published({ title: '同じまま' })
  await cms.published({ title: '直す' })
  await cms.draft({ title: 'まだ下書き' })
  const gone = await cms.published({ title: '取り下げた' })
  await cms.rest('midori', `POST /kizuna-manuscripts/${gone.id}/withdraw`, { reason: '古い' })
  const copies = await copiedForward('child-2027')
  const [same, edited] = [copies.get('同じまま')!, copies.get('直す')!]
  await cms.on('kizuna-manuscripts').edit('hana', edited, { subject: '新年度の件名' })
  for (const id of copies.values())
    await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`, {})

  const unchanged = await screenOf('kaoru', same)
  expect(unchanged.hasBaseline).toBe(true)
  expect(unchanged.comparison).toMatch(
    /^引き継ぐ前の原稿の、.+に公開された確定版\(第1版\)と同じです。いまも正しいかを確かめてください。$/,
  )
  expect(unchanged.fields.filter(({ parts }) => parts !== null)).toEqual([])
  const changed = await screenOf('kaoru', edited)
  expect(changed.fields.filter(({ parts }) => parts).map(({ path }) => path)).toEqual(['subject'])
  expect((await screenOf('kaoru', copies.get('まだ下書き')!)).hasBaseline).toBe(false)
  expect((await screenOf('kaoru', copies.get('取り下げた')!)).hasBaseline).toBe(false)

  const { toReview } = await loadReviewInbox(await cms.reqOf('kaoru'), options)
  expect(toReview.find(({ id }) => id === same)?.news).toBe('引き継ぐ前の原稿と同じです')
  expect(toReview.find(({ id }) => id === edited)?.news).toBe('引き継ぐ前の原稿から: メールの件名')
})

test('what the person approved themselves, and then its own release, come before the original', async () => {
  await cms.published({ title: '二年目' })
  const id = (await copiedForward('child-2028')).get('二年目')!
  await cms.on('kizuna-manuscripts').edit('hana', id, { body: '二年目の本文です。' })
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/approve`, {})
  expect((await screenOf('midori', id)).comparison).toMatch(
    /^あなたは .+ にこの内容を承認しました。引き継ぐ前の原稿の、/,
  )
  expect((await screenOf('kaoru', id)).comparison).toMatch(/^引き継ぐ前の原稿の、/)
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/publish`, {})
  const own = await screenOf('kaoru', id)
  expect(own.comparison).toMatch(/ に公開された確定版\(第1版\)と同じです/)
  expect(own.comparison).not.toContain('引き継ぐ前')
})
