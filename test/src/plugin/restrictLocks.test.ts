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
  const value = await documents.make('manuscripts', 'draft')
  lock = await insert(cms, 'payload-locked-documents', {
    document: { relationTo: 'manuscripts', value },
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
