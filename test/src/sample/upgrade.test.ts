// A practice folder of an earlier version gets what the sample has been given since.
import { afterAll, expect, test } from '@jest/globals'

import { addDrawings } from '../../../src/sample/drawings'
import { addSampleLogins } from '../../../src/sample/sampleSettings'
import { addSampleSurveys, addSurveyTexts } from '../../../src/sample/surveys'
import { addDays, localDayOf } from '../../../src/stage/day'
import { addVoices } from '../../../src/sample/voices'
import { NOW, startCms } from '../../collections/cms'
import { insert, municipalityData } from '../../collections/people'

const TODAY = localDayOf(NOW)
const cms = await startCms()
afterAll(() => cms.stop())

const secretOf = (digit: string) => () => digit.repeat(32)

async function loginChannels(): Promise<unknown[]> {
  const { docs } = await cms.payload.find({ collection: 'kizuna-line-accounts', sort: 'channelId' })
  return docs.map(({ channelId, loginChannelId }) => [channelId, loginChannelId ?? null])
}

test('LINE Login is added to the sample account that has it, once, and to no other', async () => {
  const account = { provider: 'P', kind: 'official', channelSecret: '1'.repeat(32) } as const
  const own = { ...account, name: '自分で作ったもの', channelId: '7', basicId: '@own' }
  const sample = { ...account, name: '見本', channelId: '9000000002', basicId: '@sample' }
  for (const data of [own, sample])
    await cms.payload.create({ collection: 'kizuna-line-accounts', data })
  await addSampleLogins(cms.payload, secretOf('a'))
  expect(await loginChannels()).toEqual([
    ['7', null],
    ['9000000002', '9000000012'],
  ])
  const where = { channelId: { equals: '9000000002' } }
  const data = { loginChannelId: '4711', loginChannelSecret: 'b'.repeat(32) }
  await cms.payload.update({ collection: 'kizuna-line-accounts', where, data })
  await addSampleLogins(cms.payload, secretOf('a'))
  expect(await loginChannels()).toContainEqual(['9000000002', '4711'])
})

test('the drawings come into the library of the team, once', async () => {
  const ids = await addDrawings(cms.payload)
  expect(await addDrawings(cms.payload)).toEqual(ids)
  const { docs } = await cms.payload.find({ collection: 'kizuna-media', pagination: false })
  expect(docs.map(({ id }) => id).toSorted()).toEqual([...ids.values()].toSorted())
  for (const one of docs) expect(one).toMatchObject({ isPublic: true, rights: 'own' })
  for (const { municipality, sha256 } of docs)
    expect([municipality ?? null, sha256]).toEqual([null, expect.any(String)])
})

test('voices are invented for the texts that are out, and say that they are a sample, once', async () => {
  await insert(cms, 'kizuna-municipalities', municipalityData())
  await insert(cms, 'kizuna-releases', {
    key: `manuscript:${'a1'.repeat(12)}`,
    revision: 1,
    action: 'publish',
    content: { type: 'manuscript', subject: '24 週の{{赤ちゃん}}' },
    contentHash: 'a'.repeat(64),
    variables: {},
    publishedAt: NOW.toISOString(),
    whenOverdue: 'warn',
  })
  await addVoices(cms.payload, NOW)
  await addVoices(cms.payload, NOW)
  const { docs } = await cms.payload.find({ collection: 'kizuna-voices', pagination: false })
  expect(docs).toHaveLength(10)
  const said = docs.flatMap(({ comment }) => comment ?? [])
  expect(said.every((comment) => comment.startsWith('(見本)'))).toBe(true)
  expect(said).toHaveLength(3)
  expect(docs[0]).toMatchObject({ title: '24 週の赤ちゃん', month: '2026-11', isRead: false })
})

test('surveys are invented: one that is over with results as the worker tells them, two to be asked, once', async () => {
  const { id: town } = await cms.payload.create({
    collection: 'kizuna-municipalities',
    data: { ...municipalityData(), code: '394998' } as never,
  })
  const ids = await addSampleSurveys(cms.payload, NOW)
  expect(await addSampleSurveys(cms.payload, NOW)).toEqual(ids)
  const surveys = await cms.payload.find({ collection: 'kizuna-surveys', sort: 'createdAt' })
  expect(surveys.docs.map(({ title, state }) => [title.slice(0, 4), state])).toEqual([
    ['(見本)', 'approved'],
    ['(見本)', 'approved'],
    ['(見本)', 'approved'],
  ])
  const results = await cms.payload.find({ collection: 'kizuna-survey-results', depth: 0 })
  expect(results.docs.map(({ municipality }) => municipality)).toEqual([town])
  for (let time = 0; time < 2; time += 1) await addSurveyTexts(cms.payload, ids, NOW)
  const texts = await cms.payload.find({
    collection: 'kizuna-add-ons',
    draft: true,
    sort: 'timing',
  })
  const asked = texts.docs.map(({ theme, blocks, ...one }) => [
    ...[one.timing, theme, blocks.length, one.validFrom, one.validTo],
  ])
  // By stage it is asked as long as it is answered, where nobody has chosen an earlier end.
  expect(asked).toEqual([
    ['notice', 'surveys', 1, addDays(TODAY, 8), addDays(TODAY, 8)],
    ['once', 'surveys', 1, TODAY, addDays(TODAY, 90)],
  ])
})
