import { expect, test } from '@jest/globals'

import { openEditorialCmsOfFile } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

const SENTENCE = 'ほかの人が同じものを同時に保存したため'

/** Said to those who came a moment later. */
const SAVED_SINCE = 'あなたが開いたあとで'

test('of many who save one draft at the same instant, the slower get a 409 that says what to do', async () => {
  const { id } = await cms.draft()
  const save = (body: string) =>
    cms.rest('hana', `PATCH /kizuna-manuscripts/${id}?draft=true`, {
      body: `${body}の本文です。`,
      ...opened,
    })
  let opened = await cms.opened('kizuna-manuscripts', id)
  let conflicts: string[] = []
  for (let round = 0; round < 20 && conflicts.length === 0; round += 1) {
    const words = Array.from({ length: 8 }, (_, at) => `${round}-${at}`)
    opened = await cms.opened('kizuna-manuscripts', id)
    const answers = await Promise.all(words.map(save))
    expect(answers.map(({ status }) => status).filter((s) => s !== 200 && s !== 409)).toEqual([])
    expect(answers.some(({ status }) => status === 200)).toBe(true)
    conflicts = answers
      .filter(({ status }) => status === 409)
      .map(({ body }) => body.errors[0].message)
      .filter((sentence) => !sentence.includes(SAVED_SINCE))
  }
  expect(conflicts.length).toBeGreaterThan(0)
  for (const sentence of conflicts) expect(sentence).toContain(SENTENCE)
})

test('the same over GraphQL', async () => {
  const { id } = await cms.draft()
  const save = (at: number) =>
    cms.graphql(
      'hana',
      `mutation { updateKizunaManuscript(id: "${id}", draft: true, data: { body: "本文 ${at} です。", updatedAt: "${updatedAt}" }) { id } }`,
    )
  let { updatedAt } = await cms.opened('kizuna-manuscripts', id)
  let sentences: string[] = []
  for (let round = 0; round < 20 && sentences.length === 0; round += 1) {
    updatedAt = (await cms.opened('kizuna-manuscripts', id)).updatedAt
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((at) => save(10 * round + at)))
    sentences = answers
      .flatMap(({ body }) => (body.errors ?? []).map((one: { message: string }) => one.message))
      .filter((sentence) => !sentence.includes(SAVED_SINCE))
  }
  expect(sentences.length).toBeGreaterThan(0)
  for (const sentence of sentences) expect(sentence).toContain(SENTENCE)
})

test('any other fault stays what it is', async () => {
  const answer = await cms.rest(
    'hana',
    'PATCH /kizuna-manuscripts/000000000000000000000000?draft=true',
    {
      body: '本文です。',
    },
  )
  expect(answer.status).toBe(404)
})

test('a release is known by its title and keeps who approved it, as what and when', async () => {
  const { id } = await cms.published({ title: '見本 歯が生える' })
  const [release] = await cms.releasesOf(`manuscript:${id}`)
  expect(release).toMatchObject({
    title: '見本 歯が生える 第1版',
    approvals: [{ reviewerName: 'midori', disciplineLabel: '監修責任者', verdict: 'approve' }],
  })
  const { docs } = await cms.payload.find({
    collection: 'kizuna-approvals',
    where: { 'document.value': { equals: id } },
    sort: 'createdAt',
  })
  expect(docs.slice(1)).toMatchObject([{ title: '見本 歯が生える', reviewerName: 'midori' }])
})
