// The trash: a text that is not out goes there and comes back as it was; nothing else goes with it.
import { expect, test } from '@jest/globals'

import { describeReview } from '../../../../src/review/queries/status'
import { countTextStates } from '../../../../src/review/queries/textStates'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

type Collection = 'kizuna-manuscripts' | 'kizuna-add-ons'

const AT = '2026-11-29T00:00:00.000Z'
const manyOf = (ids: readonly string[]) => ids.map((id) => `where[id][in][]=${id}`).join('&')
const trashMany = (person: Person, collection: Collection, ids: readonly string[]) =>
  cms.rest(person, `PATCH /${collection}?${manyOf(ids)}`, { deletedAt: AT })
const trash = (person: Person, id: string, collection: Collection = 'kizuna-manuscripts') =>
  cms.rest(person, `PATCH /${collection}/${id}`, { deletedAt: AT })
/** As Payload's own button asks. */
const restore = (person: Person, id: string, collection: Collection = 'kizuna-manuscripts') =>
  cms.rest(
    person,
    `PATCH /${collection}?trash=true&where[id][equals]=${id}&where[deletedAt][exists]=true`,
    { deletedAt: null, _status: 'draft' },
  )
const stored = (id: string, collection: Collection = 'kizuna-manuscripts') =>
  cms.payload.findByID({ collection, id, draft: true, depth: 0, trash: true })
const said = ({ body }: { body: { errors?: { message: string }[] } }) =>
  (body.errors ?? []).map(({ message }) => message).join()
const auditOf = async (id: string) => {
  const where = { documentId: { equals: id } }
  const query = { collection: 'kizuna-audit-log', where, sort: 'createdAt', depth: 0 } as const
  return (await cms.payload.find(query)).docs
}

test('of many, a draft goes into the trash, and a live text stays with its name and why', async () => {
  const draft = await cms.draft()
  const live = await cms.published({ title: '公開中の見本' })
  const { status, body } = await trashMany('hana', 'kizuna-manuscripts', [draft.id, live.id])
  expect(status).toBe(400)
  expect(body.docs.map(({ id }: { id: string }) => id)).toEqual([draft.id])
  expect(body.errors).toEqual([
    {
      id: live.id,
      isPublic: true,
      message: expect.stringMatching(
        /^「公開中の見本」は公開されているので、ごみ箱に入れられません。先に.+取り下げて/,
      ),
    },
  ])
  const both = { id: { in: [draft.id, live.id] } }
  const { docs } = await cms.payload.find({ collection: 'kizuna-manuscripts', where: both })
  expect(docs.map(({ id }) => id)).toEqual([live.id])
  expect(await stored(draft.id)).toMatchObject({ trashedBy: 'hana' })
  const actions = (await auditOf(draft.id)).map(({ action }) => action)
  expect(actions).toEqual(['create', 'trash'])
})

test('of a live text the form offers nothing, and the address says what to do first', async () => {
  const live = await cms.published()
  const before = await cms.snapshot('kizuna-manuscripts', live.id)
  const access = await cms.rest('hana', `POST /kizuna-manuscripts/access/${live.id}`, {
    deletedAt: AT,
  })
  expect(access.body.delete ?? false).toBe(false)
  const refused = await trash('hana', live.id)
  expect(refused.status).toBe(403)
  expect(said(refused)).toContain('先に監修責任者が取り下げてください')
  await cms.on('kizuna-manuscripts').edit('hana', live.id, { body: '直しかけです。' })
  const changed = await cms.snapshot('kizuna-manuscripts', live.id)
  expect((await trash('hana', live.id)).status).toBe(403)
  // What looks like taking out of the trash would write over what families get.
  for (const person of ['hana', 'taro', 'root'] as const) {
    const body = { deletedAt: null, _status: 'draft' }
    const answer = await cms.rest(person, `PATCH /kizuna-manuscripts/${live.id}`, body)
    expect([person, answer.status]).toEqual([person, 403])
  }
  const after = await cms.snapshot('kizuna-manuscripts', live.id)
  expect(after).toEqual(changed)
  expect(after.live).toEqual(before.live)
})

test('others put nothing there, one or many, and take nothing out', async () => {
  const draft = await cms.draft()
  const addOn = await cms.addOn()
  for (const person of ['doctor', 'midori', 'machi', 'root'] as const) {
    expect((await trashMany(person, 'kizuna-manuscripts', [draft.id])).status).toBe(403)
    expect((await trash(person, draft.id)).status).toBe(403)
  }
  for (const person of ['hana', 'mayu', 'dango'] as const) {
    expect((await trash(person, addOn.id, 'kizuna-add-ons')).status).toBe(403)
  }
  expect((await trash('machi', addOn.id, 'kizuna-add-ons')).status).toBe(200)
  for (const person of ['hana', 'mayu', 'dango'] as const) {
    const { status, body } = await restore(person, addOn.id, 'kizuna-add-ons')
    expect([person, status === 403 || body.docs.length === 0]).toEqual([person, true])
  }
  expect((await stored(addOn.id, 'kizuna-add-ons')).deletedAt).toBeTruthy()
})

test('a proposal is taken out by who may throw it away, not by who proposed it', async () => {
  const blocks = [{ blockType: 'group', name: 'だんごの会', days: '毎週土曜', place: '公民館' }]
  const proposal = await cms.addOn({ blocks }, 'dango')
  await trash('machi', proposal.id, 'kizuna-add-ons')
  const refused = await restore('dango', proposal.id, 'kizuna-add-ons')
  expect(JSON.stringify(refused.body)).toContain('ごみ箱に入れることのできる人')
  expect((await stored(proposal.id, 'kizuna-add-ons')).deletedAt).toBeTruthy()
  const { body } = await restore('machi', proposal.id, 'kizuna-add-ons')
  expect(body.docs).toHaveLength(1)
})

test('what comes back is as it was: versions, approvals, authors and its state', async () => {
  const { id } = await cms.draft({ topics: ['daily'] })
  const { post, edit } = cms.on('kizuna-manuscripts')
  await edit('taro', id, { body: '二人で書きました。' })
  await post('hana', `${id}/submit`)
  expect((await post('midori', `${id}/approve`)).status).toBe(200)
  const ask = async () =>
    describeReview(
      await cms.reqOf('midori'),
      { collection: 'kizuna-manuscripts', id },
      { policy: parsePolicy(), now: () => new Date() },
    )
  const count = async () =>
    countTextStates(await cms.reqOf('hana'), {
      collection: 'kizuna-manuscripts',
      where: [{ document: { equals: id } }],
    })
  const versions = async () =>
    (
      await cms.payload.countVersions({
        collection: 'kizuna-manuscripts',
        where: { parent: { equals: id } },
      })
    ).totalDocs
  const before = { review: await ask(), text: await stored(id), versions: await versions() }

  expect((await trash('hana', id)).status).toBe(200)
  expect(await count()).toBe(0)
  await expect(ask()).rejects.toMatchObject({ code: 'IN_TRASH' })
  for (const [person, step] of [
    ['doctor', 'approve'],
    ['midori', 'publish'],
    ['hana', 'submit'],
    ['doctor', 'comments'],
  ] as const) {
    const { contentHash, submission } = before.review
    const comment = { field: 'body', text: 'コメント' }
    const answer = await post(person, `${id}/${step}`, { contentHash, submission, ...comment })
    expect([step, answer.status >= 400]).toEqual([step, true])
  }
  const saved = await cms.rest('hana', `PATCH /kizuna-manuscripts/${id}?draft=true&trash=true`, {
    body: '書き換え',
    updatedAt: (await stored(id)).updatedAt,
  })
  expect([saved.status, said(saved)]).toEqual([403, expect.stringContaining('ごみ箱にあります')])

  const other = await cms.rest('taro', `PATCH /kizuna-manuscripts/${id}?draft=true`, {
    body: '別の画面',
    updatedAt: before.text.updatedAt,
  })
  expect([other.status, said(other)]).toEqual([
    409,
    expect.stringMatching(/^保存していません。[^:]+hanaさんがごみ箱に入れました。書いたものは/),
  ])

  expect((await restore('hana', id)).body.docs).toHaveLength(1)
  const { review, text } = { review: await ask(), text: await stored(id) }
  expect(review).toEqual(before.review)
  expect(text).toMatchObject({ authors: before.text.authors, title: before.text.title })
  expect([text.deletedAt ?? null, text.trashedBy ?? null]).toEqual([null, null])
  expect(await versions()).toBe(before.versions + 2)
  expect(await count()).toBe(1)
  const actions = (await auditOf(id)).map(({ action }) => action)
  expect(actions.slice(-2)).toEqual(['trash', 'restore'])
})

test('nothing goes along with the trash', async () => {
  const { id } = await cms.draft()
  const before = await cms.snapshot('kizuna-manuscripts', id)
  const open = await cms.opened('kizuna-manuscripts', id)
  const attempts = [
    [`/${id}`, { body: '承認されていません。', deletedAt: AT }],
    [`/${id}`, { _status: 'published', deletedAt: AT }],
    [`/${id}?draft=true`, { ...open, body: '下書き', deletedAt: AT }],
    [`/${id}?draft=true`, { deletedAt: AT }],
    [`/${id}?publishAllLocales=true`, { deletedAt: AT }],
    [`/${id}`, { authors: [], deletedAt: AT }],
    [`/${id}?trash=true`, { deletedAt: null, body: '本文' }],
    [`?where[id][equals]=${id}`, { title: 'まとめて', deletedAt: AT }],
  ] as const
  for (const [path, body] of attempts) {
    const answer = await cms.rest('hana', `PATCH /kizuna-manuscripts${path}`, body)
    expect([path, answer.status]).toEqual([path, 403])
  }
  const born = { ...before.live, id: undefined, slot: 'day900', deletedAt: AT }
  const made = await cms.rest('hana', 'POST /kizuna-manuscripts?draft=true', born)
  expect(made.status).toBe(403)
  expect(await cms.snapshot('kizuna-manuscripts', id)).toEqual(before)
})

test('its place is free meanwhile; who took it is named', async () => {
  const first = await cms.draft({ slot: 'day800' })
  await trash('hana', first.id)
  const second = await cms.draft({ slot: 'day800', title: 'あとから' })
  expect(JSON.stringify((await restore('hana', first.id)).body)).toContain('原稿「あとから」')
  expect((await stored(first.id)).deletedAt).toBeTruthy()
  await trash('hana', second.id)
  expect((await restore('hana', first.id)).body.docs).toHaveLength(1)
})

test('a version saved in the trash brings nothing back into it, and of the trash none is restored', async () => {
  const { id } = await cms.draft()
  await trash('hana', id)
  const where = { parent: { equals: id }, 'version.deletedAt': { exists: true } }
  const { docs } = await cms.payload.findVersions({
    collection: 'kizuna-manuscripts',
    where,
    trash: true,
  })
  const version = docs[0]!.id
  const inTrash = await cms.rest(
    'hana',
    `POST /kizuna-manuscripts/versions/${version}?draft=true`,
    {
      updatedAt: (await stored(id)).updatedAt,
    },
  )
  expect([inTrash.status, said(inTrash)]).toEqual([403, expect.stringContaining('元に戻す')])
  await restore('hana', id)
  const answer = await cms.restore('hana', { collection: 'kizuna-manuscripts', id, version })
  expect(answer.status).toBe(200)
  expect((await stored(id)).deletedAt ?? null).toBeNull()
})

test('over GraphQL it is the same act, and the trash is asked for by name', async () => {
  const { id } = await cms.draft()
  const put = `mutation { it: updateKizunaManuscript(id: "${id}", data: { deletedAt: "${AT}" }) { id } }`
  expect((await cms.graphql('doctor', put)).body.errors).toBeDefined()
  expect((await cms.graphql('hana', put)).body).toMatchObject({ data: { it: { id } } })
  const list = (more: string) =>
    `{ it: KizunaManuscripts(${more}where: { id: { equals: "${id}" } }) { totalDocs } }`
  expect((await cms.graphql('hana', list(''))).body.data.it.totalDocs).toBe(0)
  expect((await cms.graphql('hana', list('trash: true, '))).body.data.it.totalDocs).toBe(1)
  const others = (await cms.graphql('machi', list('trash: true, '))).body
  expect(others.data?.it?.totalDocs ?? 0).toBe(0)
})

test('for good a text goes by a chief, with a reason, and only from the trash', async () => {
  const { id } = await cms.draft({ title: '書き損じ' })
  const { post } = cms.on('kizuna-manuscripts')
  const remove = (person: Person, reason = '書き損じのため') =>
    post(person, `${id}/remove`, { reason })
  for (const path of [`/${id}`, `/${id}?trash=true`, `?where[id][equals]=${id}&trash=true`]) {
    for (const person of ['hana', 'taro', 'midori', 'root'] as const) {
      const { status } = await cms.rest(person, `DELETE /kizuna-manuscripts${path}`)
      expect([person, path, status]).toEqual([person, path, 403])
    }
  }
  expect((await remove('midori')).status).toBe(404) // not in the trash
  await trash('hana', id)
  expect((await remove('hana')).status).toBe(403)
  const own = await cms.rest('hana', `GET /kizuna-manuscripts/${id}/trash`)
  expect(own.body.restore).toMatch(/^「元に戻す」を押すと/)
  expect((await remove('midori', ' ')).status).toBe(400)
  const looked = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/trash`)
  expect(looked.body).toMatchObject({
    canRemove: true,
    sentence: expect.stringContaining('hanaさん'),
    restore: expect.stringMatching(/^元に戻せるのは、編集者です。/),
  })
  expect((await remove('midori')).body.sentence).toBe('「書き損じ」を完全に削除しました。')
  const last = (await auditOf(id)).at(-1)
  expect(last).toMatchObject({ action: 'delete', note: '理由: 書き損じのため' })
})

test('what ever went out is never deleted for good, and comes back with its approvals', async () => {
  const { id } = await cms.published()
  const { post } = cms.on('kizuna-manuscripts')
  await post('midori', `${id}/withdraw`, { reason: '古くなったため' })
  expect((await trash('hana', id)).status).toBe(200)
  const refused = await post('midori', `${id}/remove`, { reason: '片付け' })
  expect([refused.status, said(refused)]).toEqual([
    403,
    expect.stringContaining('公開したことがある'),
  ])
  const looked = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/trash`)
  expect(looked.body).toMatchObject({ canRemove: false })
  expect((await restore('hana', id)).body.docs).toHaveLength(1)
  expect(await cms.releasesOf(`manuscript:${id}`)).toHaveLength(2)
})
