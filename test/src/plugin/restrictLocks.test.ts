// Payload's editing locks: they stop people who would write over each other, and nobody else.
import { afterAll, beforeEach, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { createDocuments } from '../../collections/documents'
import { gather, insert, personData } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
const documents = await createDocuments(cms, people)
const LOCKS = '/payload-locked-documents'
afterAll(() => cms.stop())

let lock: string
beforeEach(async () => {
  const value = await documents.make('kizuna-manuscripts', 'draft')
  lock = await insert(cms, 'payload-locked-documents', {
    document: { relationTo: 'kizuna-manuscripts', value },
    user: { relationTo: 'users', value: people.ids.editor },
  })
})

test.each(['reviewer', 'chief', 'admin', 'municipal-editor', 'contributor'] as const)(
  'a manuscript in an editor’s hands is no hindrance for the %s, who cannot write in it',
  async (role) => {
    const { status, body } = await cms.rest({ path: LOCKS, as: people.as[role] })
    expect({ status, docs: body.docs }).toEqual({ status: 200, docs: [] })
  },
)

test('another editor sees it and can take over', async () => {
  const data = personData('editor', people.own)
  const value = await insert(cms, 'users', data)
  const as = await cms.login(data.email, data.password)
  const { body } = await cms.rest({ path: `${LOCKS}?where[id][equals]=${lock}`, as })
  expect(body.docs).toMatchObject([{ id: lock }])
  const user = { relationTo: 'users', value }
  const path = `${LOCKS}/${lock}`
  expect(await cms.rest({ method: 'PATCH', path, as, body: { user } })).toMatchObject({
    status: 200,
  })
})

test('a program neither sees nor takes over any', async () => {
  const as = people.as.worker
  expect((await cms.rest({ path: LOCKS, as })).status).toBe(403)
  const path = `${LOCKS}/${lock}`
  expect((await cms.rest({ method: 'PATCH', path, as, body: {} })).status).toBe(403)
})

test.each(['contributor', 'municipal-editor', 'reviewer', 'chief', 'admin', 'editor'] as const)(
  'the %s takes none in another person’s name, over REST and GraphQL',
  async (role) => {
    const value = await documents.make('kizuna-manuscripts', 'draft')
    const name = role === 'chief' ? 'admin' : 'chief'
    const user = { relationTo: 'users', value: people.ids[name] }
    const document = { relationTo: 'kizuna-manuscripts', value }
    const as = people.as[role]
    const body = { document, user }
    expect((await cms.rest({ method: 'POST', path: LOCKS, as, body })).status).toBe(403)
    const path = `${LOCKS}/${lock}`
    const moved = await cms.rest({ method: 'PATCH', path, as, body: { user } })
    expect(moved.status).toBe(403)
    const query = `mutation { createPayloadLockedDocument(data: {
      document: { relationTo: kizuna_manuscripts, value: "${value}" },
      user: { relationTo: users, value: "${people.ids[name]}" } }) { id } }`
    expect((await cms.ask({ query, as })).statuses).toEqual([403])
  },
)

test.each([
  ['contributor', 'kizuna-manuscripts', 'draft'],
  ['reviewer', 'kizuna-manuscripts', 'draft'],
  ['municipal-editor', 'kizuna-add-ons', 'other'],
  ['editor', 'kizuna-series', 'any'],
  ['municipal-editor', 'users', 'team'],
] as const)(
  'the %s locks no document they cannot write: %s (%s)',
  async (role, collection, target) => {
    const value = await documents.make(collection, target)
    const body = {
      document: { relationTo: collection, value },
      user: { relationTo: 'users', value: people.ids[role] },
    }
    const answer = await cms.rest({ method: 'POST', path: LOCKS, as: people.as[role], body })
    expect(answer.status).toBe(403)
  },
)

test('one’s own lock holds as long as the server says, on the document it was taken for', async () => {
  const value = await documents.make('kizuna-manuscripts', 'draft')
  const other = await documents.make('kizuna-manuscripts', 'draft')
  const as = people.as.editor
  const body = {
    document: { relationTo: 'kizuna-manuscripts', value },
    user: { relationTo: 'users', value: people.ids.editor },
    createdAt: '2099-01-01T00:00:00.000Z',
    updatedAt: '2099-01-01T00:00:00.000Z',
  }
  const made = await cms.rest({ method: 'POST', path: LOCKS, as, body })
  expect(made.status).toBe(201)
  expect(JSON.stringify(made.body)).not.toContain('2099')
  const { id } = made.body.doc as { id: string }
  const moved = { document: { relationTo: 'kizuna-manuscripts', value: other } }
  const path = `${LOCKS}/${id}`
  expect((await cms.rest({ method: 'PATCH', path, as, body: moved })).status).toBe(403)
})

test('a lock in the next town is neither seen, taken over nor ended', async () => {
  const value = await documents.make('kizuna-add-ons', 'other')
  const foreign = await insert(cms, 'payload-locked-documents', {
    document: { relationTo: 'kizuna-add-ons', value },
    user: { relationTo: 'users', value: people.ids.admin },
  })
  const as = people.as['municipal-editor']
  const path = `${LOCKS}/${foreign}`
  expect((await cms.rest({ path: `${LOCKS}?where[id][equals]=${foreign}`, as })).body.docs).toEqual(
    [],
  )
  expect((await cms.rest({ method: 'PATCH', path, as, body: {} })).status).toBe(403)
  expect((await cms.rest({ method: 'DELETE', path, as })).status).toBe(403)
  const all = `${LOCKS}?where[id][exists]=true`
  await cms.rest({ method: 'PATCH', path: all, as, body: {} })
  const kept = await cms.payload.findByID({
    collection: 'payload-locked-documents' as never,
    id: foreign,
    depth: 0,
  })
  expect(kept).toMatchObject({ user: { value: people.ids.admin } })
})

test('the form, which writes past the access rules, takes them in what one may write alone', async () => {
  const value = await documents.make('kizuna-manuscripts', 'draft')
  const ofForm = (user: string) =>
    cms.payload.db.create({
      collection: 'payload-locked-documents',
      data: {
        document: { relationTo: 'kizuna-manuscripts', value },
        user: { relationTo: 'users', value: user },
      },
      returning: false,
    })
  const count = async () => {
    const where = { 'document.value': { equals: value } }
    return (await cms.payload.count({ collection: 'payload-locked-documents', where })).totalDocs
  }
  for (const role of ['reviewer', 'chief', 'municipal-editor', 'contributor'] as const) {
    await ofForm(people.ids[role])
  }
  await ofForm('000000000000000000000000')
  expect(await count()).toBe(0)
  await ofForm(people.ids.editor)
  expect(await count()).toBe(1)
})
