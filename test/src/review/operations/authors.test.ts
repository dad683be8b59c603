// Who wrote a text does not approve it, however it went out, came back or was taken over.
import { describe, expect, test } from '@jest/globals'

import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const { post, edit } = cms.on('kizuna-manuscripts')
const addOns = cms.on('kizuna-add-ons')

/** A text of somebody who is also a chief, approved and published by another chief. */
async function publishedBy(person: Person, data: Record<string, unknown> = {}) {
  const { id } = await cms.draft(data, person)
  await post('midori', `${id}/approve`)
  expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
  return id
}

const refused = async (person: Person, id: string, on = post) => {
  const answer = await on(person, `${id}/approve`)
  expect(answer.status).toBe(403)
  expect(answer.body.errors[0].message).toContain('自分が書いた原稿は承認できません')
}

describe('authors stay authors', () => {
  test('through publish, withdraw and publish again', async () => {
    const id = await publishedBy('taro')
    await post('midori', `${id}/withdraw`, { reason: '見本の理由' })
    await refused('taro', id)
    await post('kaoru', `${id}/approve`)
    expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
    await post('midori', `${id}/withdraw`, { reason: '見本の理由' })
    await refused('taro', id)
    const releases = await cms.releasesOf(`manuscript:${id}`)
    expect(releases.map(({ authors }) => authors)).toEqual(releases.map(() => [cms.users.taro.id]))
  })

  test('when somebody else edits it after the withdrawal', async () => {
    const id = await publishedBy('taro')
    await post('midori', `${id}/withdraw`, { reason: '見本の理由' })
    await edit('hana', id, { body: '別の人が句読点を直しました。' })
    await refused('taro', id)
  })

  test('when what is out is looked at anew as it is', async () => {
    const id = await publishedBy('taro')
    await refused('taro', id)
    expect((await post('kaoru', `${id}/approve`)).status).toBe(200)
  })

  test('when a version from before the publication is restored', async () => {
    const id = await publishedBy('taro')
    await edit('hana', id, { body: '次の本文です。' })
    const { docs } = await cms.payload.findVersions({
      collection: 'kizuna-manuscripts',
      where: {
        and: [{ parent: { equals: id } }, { 'version._status': { equals: 'published' } }],
      },
    })
    await cms.restore('hana', { collection: 'kizuna-manuscripts', id, version: docs[0]!.id })
    await refused('taro', id)
  })

  test('but what others approved is not theirs to be kept from for ever', async () => {
    const id = await publishedBy('taro')
    await edit('hana', id, { body: '次の年の本文です。' })
    expect((await post('taro', `${id}/approve`)).status).toBe(200)
  })
})

test('whose wording is taken is an author of the text', async () => {
  const { id } = await cms.draft({ body: '塩分は1日10gまでに。' })
  const comment = { field: 'body', text: '数字を。', proposal: '塩分は1日6gまでに。' }
  const { body } = await post('kaoru', `${id}/comments`, comment)
  expect((await post('hana', `${id}/comments/${body.threads[0].id}/take`)).status).toBe(200)
  await refused('kaoru', id)
  expect((await post('midori', `${id}/approve`)).status).toBe(200)
})

test('who proposed an add-on does not approve it, whatever they became since', async () => {
  const block = {
    blockType: 'group',
    name: 'どんぐりひろば',
    description: '親子のひろばです。',
    place: '公民館',
    schedule: '毎週火曜',
    contact: '{{電話}}',
  }
  const { id } = await cms.addOn({ blocks: [block] }, 'dango')
  await addOns.post('machi', `${id}/take`)
  await addOns.edit('machi', id, { title: '見出しを直しました' })
  await as('dango', ['municipal-approver'], () => refused('dango', id, addOns.post))
})

test('a text that is copied into the next year keeps its authors', async () => {
  const id = await publishedBy('taro')
  const start = {
    series: cms.series.id,
    code: 'child-next',
    name: '次の年',
    startsOn: '2030-04-01',
  }
  const { body } = await cms.rest('hana', 'POST /renewal', start)
  const made = String(body.id)
  await cms.rest('hana', `POST /renewal/${made}/copy`)
  const { docs } = await cms.payload.find({
    collection: 'kizuna-manuscripts',
    where: { and: [{ series: { equals: made } }, { origin: { equals: id } }] },
    draft: true,
    depth: 0,
  })
  expect(docs[0]?.authors).toEqual([cms.users.hana.id, cms.users.taro.id])
})

/** Gives somebody other roles while the work runs. */
async function as(person: Person, roles: string[], work: () => Promise<void>) {
  const { id } = cms.users[person]
  const before = await cms.payload.findByID({ collection: 'users', id, depth: 0 })
  await cms.payload.update({ collection: 'users', id, data: { kizunaRoles: roles } as never })
  try {
    await work()
  } finally {
    await cms.payload.update({
      collection: 'users',
      id,
      data: { kizunaRoles: before.kizunaRoles } as never,
    })
  }
}

test('who wrote the standard text is an author of the easy one that starts with it', async () => {
  const id = await publishedBy('taro')
  const { body } = await post('hana', `${id}/plain-draft`, { edition: 'easy' })
  await refused('taro', body.id)
  expect((await post('kaoru', `${body.id}/approve`)).status).toBe(200)
})
