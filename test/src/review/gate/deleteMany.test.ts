// Many texts deleted at once: what stays is named, with the reason.
import { expect, test } from '@jest/globals'

import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const deleteMany = (person: Person, collection: string, ids: readonly string[]) =>
  cms.rest(person, `DELETE /${collection}?${ids.map((id) => `where[id][in][]=${id}`).join('&')}`)

test('a draft goes, and a live text stays with its name and why', async () => {
  const draft = await cms.draft()
  const live = await cms.published({ title: '公開中の見本' })
  const { status, body } = await deleteMany('hana', 'kizuna-manuscripts', [draft.id, live.id])
  expect(status).toBe(400)
  expect(body.docs.map(({ id }: { id: string }) => id)).toEqual([draft.id])
  expect(body.errors).toEqual([
    {
      id: live.id,
      isPublic: true,
      message: expect.stringMatching(/^「公開中の見本」は公開中なので削除できません。.+取り下げて/),
    },
  ])
  const left = {
    collection: 'kizuna-manuscripts',
    where: { id: { in: [draft.id, live.id] } },
  } as const
  const { docs } = await cms.payload.find(left)
  expect(docs.map(({ id }) => id)).toEqual([live.id])
  expect(await cms.releasesOf(`manuscript:${live.id}`)).toHaveLength(1)
})

test('of a live text alone the form offers no deleting, and the address refuses it', async () => {
  const live = await cms.published()
  const access = await cms.rest('hana', `POST /kizuna-manuscripts/access/${live.id}`)
  expect(access.body.delete ?? false).toBe(false)
  expect((await cms.rest('hana', `DELETE /kizuna-manuscripts/${live.id}`)).status).toBe(403)
})

test('others delete nothing, one or many', async () => {
  const draft = await cms.draft()
  const addOn = await cms.addOn()
  for (const person of ['doctor', 'midori', 'machi', 'root'] as const) {
    expect((await deleteMany(person, 'kizuna-manuscripts', [draft.id])).status).toBe(403)
  }
  for (const person of ['hana', 'mayu', 'dango'] as const) {
    expect((await deleteMany(person, 'kizuna-add-ons', [addOn.id])).status).toBe(403)
  }
  expect((await deleteMany('machi', 'kizuna-add-ons', [addOn.id])).body.docs).toHaveLength(1)
})
