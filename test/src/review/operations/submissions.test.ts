// An approval counts for the submission it was given in; what decides who must approve is approved.
import { describe, expect, test } from '@jest/globals'

import { loadReviewInbox } from '../../../../src/review/inbox/reviewInbox'
import { loadOverview } from '../../../../src/review/queries/overview'
import { loadReviewScreen } from '../../../../src/review/inbox/reviewScreen'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const { post, edit } = cms.on('kizuna-manuscripts')
const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }

const statusOf = async (id: string, person: Person = 'midori') =>
  (await cms.rest(person, `GET /kizuna-manuscripts/${id}/review`)).body

async function submitted(
  data: Record<string, unknown>,
  approvers: readonly Person[],
): Promise<string> {
  const { id } = await cms.draft({ ...data })
  await submit(id, approvers)
  return id
}

async function submit(id: string, approvers: readonly Person[]): Promise<void> {
  expect((await post('hana', `${id}/submit`)).status).toBe(200)
  for (const person of approvers) expect((await post(person, `${id}/approve`)).status).toBe(200)
}

async function out(data: Record<string, unknown>, approvers: readonly Person[]): Promise<string> {
  const id = await submitted(data, approvers)
  expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
  return id
}

const TEN = 'ゆっくり 10 mL のませます。'
const FIVE = 'ゆっくり 5 mL のませます。'

interface Models {
  versions: Record<string, { updateMany: (where: object, change: object) => Promise<unknown> }>
}

/** Writes into the database what an older version of the product would have left there. */
async function rewriteVersions(id: string, set: object): Promise<void> {
  const { versions } = cms.payload.db as unknown as Models
  await versions['kizuna-manuscripts']?.updateMany({ parent: id }, { $set: set })
}

describe('content that somebody moved away from', () => {
  test('is submitted anew, though its hash comes back', async () => {
    const id = await submitted({ body: TEN, topics: ['health'] }, ['doctor', 'midori'])
    const approved = await statusOf(id)
    expect(approved.state).toBe('approved')
    await edit('hana', id, { body: FIVE })
    expect(await statusOf(id)).toMatchObject({ state: 'draft' })
    await edit('hana', id, { body: TEN })
    const back = await statusOf(id)
    expect(back).toMatchObject({ state: 'draft', contentHash: approved.contentHash })
    expect(back.needs.map(({ approved: count }: { approved: number }) => count)).toEqual([0, 0])
    const refused = await post('midori', `${id}/publish`)
    expect(refused.status).toBe(403)
    expect(refused.body.errors[0].message).toContain('前の承認は数えません')
    await submit(id, ['doctor', 'midori'])
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
  })

  test('waits for its reviewers again, who see that it is what they approved', async () => {
    const id = await submitted({ body: TEN, topics: ['health'] }, ['doctor'])
    await edit('hana', id, { body: FIVE })
    await edit('hana', id, { body: TEN })
    await post('hana', `${id}/submit`)
    const { toReview } = await loadReviewInbox(await cms.reqOf('doctor'), options)
    const item = toReview.find((one) => one.id === id)
    expect(item?.news).toBe('前に承認した内容と同じです')
  })

  test('other sources are another submission, whoever looked at the old ones', async () => {
    const id = await submitted({ body: TEN, topics: ['health'] }, ['doctor', 'midori'])
    const before = await statusOf(id)
    await edit('hana', id, { sources: [{ title: '別の資料', url: 'https://example.jp/b' }] })
    const after = await statusOf(id)
    expect(after).toMatchObject({ state: 'draft', contentHash: before.contentHash })
    expect(after.submission).not.toBe(before.submission)
    await submit(id, ['doctor', 'midori'])
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
    await edit('taro', id, { sources: [] })
    expect(await statusOf(id)).toMatchObject({ state: 'draft', isLive: true })
    const [summary] = await loadOverview(
      await cms.reqOf('midori'),
      { collection: 'kizuna-manuscripts', ids: [id] },
      options,
    )
    expect(summary).toMatchObject({
      state: 'draft',
      authors: expect.arrayContaining([cms.users.taro.id]),
    })
  })

  test('by a restored version as well', async () => {
    const id = await submitted({ body: TEN }, ['midori'])
    const where = { parent: { equals: id } }
    const [version] = (await cms.payload.findVersions({ collection: 'kizuna-manuscripts', where }))
      .docs
    await edit('hana', id, { body: FIVE })
    const restored = await cms.restore('hana', {
      collection: 'kizuna-manuscripts',
      id,
      version: version!.id,
    })
    expect(restored.status).toBe(200)
    expect(await statusOf(id)).toMatchObject({ state: 'draft' })
  })

  test('a request for a change stands through it, until it is handed in again', async () => {
    const id = await submitted({ body: TEN }, [])
    await post('midori', `${id}/request-change`, { comment: '量を確かめてください。' })
    expect((await statusOf(id)).state).toBe('needs_changes')
    for (const body of [FIVE, TEN]) {
      await edit('hana', id, { body })
      expect(await statusOf(id)).toMatchObject({ state: 'needs_changes', can: { publish: false } })
      expect((await post('midori', `${id}/publish`)).status).toBe(403)
    }
    await submit(id, [])
    expect((await statusOf(id)).state).toBe('in_review')
  })

  test('a name that readers never see takes no approval away', async () => {
    const id = await submitted({ body: TEN }, ['midori'])
    await edit('hana', id, { title: 'ほかの題名' })
    expect((await statusOf(id)).state).toBe('approved')
  })

  test('what is out and was changed back is out as it is', async () => {
    const id = await out({ body: TEN }, ['midori'])
    await edit('hana', id, { body: FIVE })
    await edit('hana', id, { body: TEN })
    expect((await statusOf(id)).state).toBe('published')
  })

  test('nobody hands in the word that binds an approval', async () => {
    const id = await submitted({ body: TEN }, ['midori'])
    const { submission } = await statusOf(id)
    await edit('hana', id, { body: FIVE })
    await edit('hana', id, { body: TEN, submission, savedBy: cms.users.taro.id } as object)
    expect((await statusOf(id)).submission).not.toBe(submission)
    expect((await statusOf(id)).state).toBe('draft')
  })

  test('an approval for what was on the screen before is refused', async () => {
    const id = await submitted({ topics: ['health'] }, [])
    const { contentHash, submission } = await statusOf(id, 'doctor')
    await edit('hana', id, { topics: ['health', 'daily'] })
    const late = await post('doctor', `${id}/approve`, { contentHash, submission })
    expect(late).toMatchObject({
      status: 409,
      body: { errors: [{ data: { code: 'CONTENT_CHANGED' } }] },
    })
  })
})

describe('what decides who must approve', () => {
  const disciplines = async (id: string) =>
    (await statusOf(id)).needs
      .map(({ discipline }: { discipline: string }) => discipline)
      .toSorted()

  test.each([
    ['another topic', ['daily']],
    ['no topic', []],
  ])('%s leaves the discipline until it has agreed, and is gone after that', async (_, topics) => {
    const id = await out({ topics: ['vaccination'] }, ['doctor', 'midori'])
    await edit('taro', id, { topics })
    expect(await statusOf(id)).toMatchObject({ state: 'draft' })
    expect(await disciplines(id)).toEqual(['chief', 'medical'])
    await submit(id, ['midori'])
    expect((await post('midori', `${id}/publish`)).status).toBe(403)
    expect((await post('doctor', `${id}/approve`)).status).toBe(200)
    expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
    await edit('hana', id, { body: '次の本文です。' })
    expect(await disciplines(id)).toEqual(['chief'])
  })

  test('a withdrawal drops nobody either', async () => {
    const id = await out({ topics: ['vaccination'] }, ['doctor', 'midori'])
    await post('midori', `${id}/withdraw`, { reason: '確認のため' })
    await edit('hana', id, { topics: ['daily'] })
    expect(await disciplines(id)).toEqual(['chief', 'medical'])
  })

  test('whoever changes it is an author, and nobody carries it through alone', async () => {
    const id = await submitted({ topics: ['vaccination'] }, [])
    await edit('taro', id, { topics: ['daily'] })
    expect((await post('taro', `${id}/approve`)).status).toBe(403)
    const { authors } = await cms.payload.findByID({
      collection: 'kizuna-manuscripts',
      id,
      depth: 0,
      draft: true,
    })
    expect(authors).toContain(cms.users.taro.id)
  })

  test('it is in the audit log with what it was and is', async () => {
    const id = await out({ topics: ['vaccination'] }, ['doctor', 'midori'])
    await edit('hana', id, { topics: ['daily'], edition: 'easy' })
    await edit('hana', id, { sources: [{ title: '見本の資料', url: 'https://example.jp/a' }] })
    const { docs } = await cms.payload.find({
      collection: 'kizuna-audit-log',
      where: { and: [{ documentId: { equals: id } }, { action: { equals: 'edit' } }] },
      sort: 'createdAt',
    })
    expect(docs.map(({ note }) => note)).toEqual([
      expect.stringMatching(/^版: .+ → .+、話題: 予防接種 → くらし$/),
      '出典: なし → 見本の資料 https://example.jp/a',
    ])
  })

  test('topics and sources stand on the page of the review, with what changed', async () => {
    const id = await out({ topics: ['vaccination'] }, ['doctor', 'midori'])
    const sources = [{ title: '見本の資料', url: 'https://example.jp/a' }]
    await edit('hana', id, { topics: ['daily'], sources })
    await post('hana', `${id}/submit`)
    const target = { collection: 'kizuna-manuscripts', id } as const
    for (const person of ['doctor', 'kaoru'] as const) {
      const screen = await loadReviewScreen(await cms.reqOf(person), target, options)
      const shown = screen.fields.filter(({ parts }) => parts !== null)
      expect(shown).toEqual([
        expect.objectContaining({
          label: '話題',
          parts: [
            { kind: 'removed', text: '予防接種' },
            { kind: 'added', text: 'くらし' },
          ],
        }),
        expect.objectContaining({
          label: '出典',
          parts: [{ kind: 'added', text: '見本の資料 https://example.jp/a' }],
        }),
      ])
    }
    const { toReview } = await loadReviewInbox(await cms.reqOf('doctor'), options)
    expect(toReview.find((one) => one.id === id)?.news).toBe('前に承認した内容から: 話題、出典')
  })

  test('a text without a writer that one person approved is not theirs alone to publish', async () => {
    const { id } = await cms.draft()
    await rewriteVersions(id, { 'version.authors': [] })
    for (const step of ['submit', 'approve']) await post('taro', `${id}/${step}`)
    expect((await statusOf(id, 'taro')).can.publish).toBe(false)
    expect((await post('taro', `${id}/publish`)).status).toBe(403)
    await post('kaoru', `${id}/approve`)
    expect((await post('taro', `${id}/publish`)).status).toBe(200)
  })
})

describe('what nobody handed in', () => {
  const seenBy = async (id: string) => {
    const { contentHash, submission } = await statusOf(id)
    return { contentHash, submission }
  }

  test('is neither approved nor published, whoever asks', async () => {
    const { id } = await cms.draft({ topics: ['health'] })
    const seen = await seenBy(id)
    expect((await statusOf(id)).can.approveAs).toEqual([])
    for (const person of ['midori', 'doctor'] as const) {
      const refused = await post(person, `${id}/approve`, seen)
      expect([person, refused.status]).toEqual([person, 409])
      expect(refused.body.errors[0].message).toContain('まだ監修に出されていません')
    }
    const publication = await post('midori', `${id}/publish`, seen)
    expect(publication.status).toBe(403)
    expect(publication.body.errors[0].message).toContain('まだ監修に出されていません')
  })

  test('an edit after handing in is not handed in, and a withdrawn text neither', async () => {
    const id = await submitted({ body: TEN }, [])
    await edit('hana', id, { body: FIVE })
    expect((await post('midori', `${id}/approve`, await seenBy(id))).status).toBe(409)
    await submit(id, ['midori'])
    await post('midori', `${id}/publish`)
    await post('midori', `${id}/withdraw`, { reason: '確認のため' })
    expect((await statusOf(id, 'hana')).can.submit).toBe(true)
    expect((await post('midori', `${id}/approve`, await seenBy(id))).status).toBe(409)
    await submit(id, ['midori'])
    expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
  })

  test('a request for a change on it leaves it to be handed in', async () => {
    const { id } = await cms.draft()
    await post('doctor', `${id}/request-change`, { comment: '量を確かめてください。' })
    expect((await statusOf(id, 'hana')).can.submit).toBe(true)
    await post('hana', `${id}/submit`)
    expect((await post('doctor', `${id}/approve`, await seenBy(id))).status).toBe(200)
  })
})

describe('what was stored before there were submissions', () => {
  const forget = (
    collection: 'kizuna-approvals' | 'kizuna-releases',
    where: object,
    data: Record<string, unknown>,
  ) => cms.payload.db.updateMany({ collection, where: where as never, data })

  test('approvals count until the text is changed, and what is out stays out', async () => {
    const id = await submitted({ topics: ['health'] }, ['doctor', 'midori'])
    const old = { submission: null, topics: null }
    await forget('kizuna-approvals', { 'document.value': { equals: id } }, old)
    await rewriteVersions(id, { 'version.submission': null })
    expect((await statusOf(id)).state).toBe('approved')
    await post('midori', `${id}/publish`)
    await forget('kizuna-releases', { key: { equals: `manuscript:${id}` } }, old)
    expect((await statusOf(id)).state).toBe('published')
    await edit('hana', id, { topics: ['daily'] })
    expect(await statusOf(id)).toMatchObject({ state: 'draft' })
    expect((await statusOf(id)).needs.map((one: { discipline: string }) => one.discipline)).toEqual(
      ['chief', 'medical'],
    )
  })
})
