import { describe, expect, test } from '@jest/globals'

import { contentHash } from '../../../../src/release/hash'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const { post, edit } = cms.on('kizuna-manuscripts')

const status = async (person: Person, id: string) =>
  (await cms.rest(person, `GET /kizuna-manuscripts/${id}/review`)).body

describe('from a draft to a release', () => {
  test('submit, approve and publish write one release of exactly the approved content', async () => {
    const { id, slot } = await cms.draft({ topics: ['pregnancy'] })
    expect((await status('hana', id)).state).toBe('draft')
    expect((await post('hana', `${id}/submit`)).body.state).toBe('in_review')
    const seen = await status('doctor', id)
    expect(seen.can).toMatchObject({ approveAs: ['midwifery'], publish: false, withdraw: false })
    const body = { contentHash: seen.contentHash }
    await post('doctor', `${id}/approve`, body)
    const approved = await post('midori', `${id}/approve`, body)
    expect(approved.body).toMatchObject({ state: 'approved', missing: [], revision: 0 })

    const published = await post('midori', `${id}/publish`, body)
    expect(published).toMatchObject({ status: 200, body: { state: 'published', revision: 1 } })
    const [release, ...others] = await cms.releasesOf(`manuscript:${id}`)
    expect(others).toEqual([])
    expect(release).toMatchObject({
      revision: 1,
      action: 'publish',
      ...body,
      slot,
      edition: 'standard',
      variables: {},
      publishedBy: cms.users.midori.id,
      series: cms.series.id,
      whenOverdue: 'warn',
    })
    expect(contentHash(release!.content as never)).toBe(seen.contentHash)
    expect(release!.approvals).toHaveLength(2)
    const { live } = await cms.snapshot('kizuna-manuscripts', id)
    expect(live).toMatchObject({ _status: 'published', authors: [] })
  })

  test('a change that was asked for is the writer’s to make, until it is handed in', async () => {
    const { id } = await cms.draft()
    await post('hana', `${id}/submit`)
    expect((await status('hana', id)).can).toMatchObject({ submit: false, revise: false })
    await post('kaoru', `${id}/request-change`, { comment: '件名を短くしてください。' })
    expect((await status('hana', id)).can).toMatchObject({ submit: false, revise: true })
    expect((await status('midori', id)).can.revise).toBe(false)
    await edit('hana', id, { subject: '短い件名' })
    expect((await status('hana', id)).can).toMatchObject({ submit: true, revise: true })
    await post('hana', `${id}/submit`)
    expect((await status('hana', id)).can).toMatchObject({ submit: false, revise: false })
  })

  test('each step leaves one entry in the audit log, with who and which content', async () => {
    const { id } = await cms.draft()
    await edit('hana', id, { title: '題名だけでは内容は変わらない' })
    await edit('hana', id, { body: '直した本文です。' })
    await post('hana', `${id}/submit`)
    await post('hana', `${id}/submit`)
    await post('kaoru', `${id}/request-change`, { comment: '件名を短くしてください。' })
    await post('kaoru', `${id}/approve`)
    await post('kaoru', `${id}/approve`)
    await post('midori', `${id}/publish`)
    await post('midori', `${id}/withdraw`, { reason: '電話番号の誤り' })
    const { docs } = await cms.payload.find({
      collection: 'kizuna-audit-log',
      where: { documentId: { equals: id } },
      sort: 'createdAt',
      depth: 0,
    })
    expect(docs.map(({ action }) => action)).toEqual(
      ['create', 'edit', 'submit', 'request-change', 'approve', 'publish', 'withdraw'], // prettier-ignore
    )
    const [created, edited, , , , published, withdrawn] = docs
    expect(created).toMatchObject({ beforeHash: null, collection: 'kizuna-manuscripts' })
    expect(edited).toMatchObject({ beforeHash: created!.afterHash })
    expect(edited!.afterHash).not.toBe(edited!.beforeHash)
    expect(published).toMatchObject({
      beforeHash: null,
      afterHash: edited!.afterHash,
      actor: { relationTo: 'users', value: cms.users.midori.id },
    })
    expect(withdrawn).toMatchObject({ note: '電話番号の誤り', afterHash: null })
  })

  test('withdrawn and published again is revision 3, and needs new approvals', async () => {
    const { id } = await cms.published()
    await post('midori', `${id}/withdraw`, { reason: '確認のため' })
    expect(await status('midori', id)).toMatchObject({ state: 'withdrawn', revision: 2 })
    const refused = await post('midori', `${id}/publish`)
    expect(refused).toMatchObject({ status: 403 })
    expect(refused.body.errors[0].data).toMatchObject({ code: 'MISSING_APPROVALS' })

    await post('kaoru', `${id}/approve`)
    const again = await post('midori', `${id}/publish`)
    expect(again.body).toMatchObject({ state: 'published', revision: 3, isLive: true })
    const releases = await cms.releasesOf(`manuscript:${id}`)
    expect(releases.map(({ action }) => action)).toEqual(['publish', 'withdraw', 'publish'])
    expect(releases[1]).toMatchObject({
      reason: '確認のため',
      contentHash: releases[0]!.contentHash,
      content: releases[0]!.content as never,
    })
  })
})

describe('an approval is for one exact content', () => {
  test('an edit of what readers see takes it away; setting the text back does not bring it back', async () => {
    const { id, body } = await cms.draft()
    await post('midori', `${id}/approve`)
    await edit('hana', id, { body: '変わった本文です。' })
    const stale = await status('midori', id)
    expect(stale.state).toBe('draft')
    expect(stale.missing.join()).toContain('承認のあとで内容が変わったため')
    await edit('hana', id, { body })
    expect((await status('midori', id)).state).toBe('draft')
  })

  test('an edit while the reviewer reads is noticed when they approve', async () => {
    const { id } = await cms.draft()
    const { contentHash: seen } = await status('midori', id)
    await edit('hana', id, { subject: '変わった件名' })
    for (const action of ['approve', 'request-change', 'publish']) {
      const answer = await post('midori', `${id}/${action}`, { contentHash: seen, comment: 'x' })
      expect(answer).toMatchObject({ status: 409 })
      expect(answer.body.errors[0].data.code).toBe('CONTENT_CHANGED')
    }
  })

  test('another topic means other reviewers: what was approved is looked at again', async () => {
    const { id } = await cms.draft({ topics: ['nutrition'] })
    for (const person of ['eiko', 'yoko', 'midori'] as const) await post(person, `${id}/approve`)
    expect((await status('midori', id)).state).toBe('approved')
    await edit('hana', id, { topics: [] })
    expect((await status('midori', id)).missing).toEqual([
      expect.stringContaining('まだ監修に出されていません'),
      '監修責任者の承認があと 1 人必要です。',
      '承認のあとで内容が変わったため、前の承認は数えません。',
    ])
  })

  test('one person counts once', async () => {
    const { id } = await cms.draft({ topics: ['nutrition'] })
    await post('eiko', `${id}/approve`)
    await post('eiko', `${id}/approve`)
    const { needs } = await status('eiko', id)
    expect(needs).toContainEqual(
      expect.objectContaining({ discipline: 'nutrition', quorum: 2, approved: 1 }),
    )
  })
})

describe('nobody approves what they wrote', () => {
  test('neither the first author nor a later one, until it is published', async () => {
    const { id } = await cms.draft()
    expect((await post('taro', `${id}/approve`)).status).toBe(200)
    await edit('taro', id, { body: 'わたしの一文を足しました。' })
    expect((await post('taro', `${id}/approve`)).status).toBe(403)
    await edit('hana', id, { body: 'また直しました。' })
    expect((await post('taro', `${id}/approve`)).status).toBe(403)
    await post('midori', `${id}/approve`)
    expect((await post('taro', `${id}/publish`)).status).toBe(200)
    await edit('hana', id, { body: '次の版です。' })
    expect((await post('taro', `${id}/approve`)).status).toBe(200)
  })

  test('the list of authors cannot be written by a request', async () => {
    const { id } = await cms.draft({ authors: [] }, 'taro')
    const answer = await edit('taro', id, { authors: [], title: '題名' })
    expect(answer.status).toBe(200)
    expect((await post('taro', `${id}/approve`)).status).toBe(403)
  })

  test('saving without a change of the content makes nobody an author', async () => {
    const { id } = await cms.draft()
    await edit('taro', id, { title: '管理用の題名だけ' })
    expect((await post('taro', `${id}/approve`)).status).toBe(200)
  })
})

describe('who may do what', () => {
  test.each([
    ['hana', 'approve'],
    ['root', 'approve'],
    ['root', 'publish'],
    ['doctor', 'publish'],
    ['root', 'withdraw'],
    ['hana', 'withdraw'],
    ['doctor', 'submit'],
    ['eiko', 'approve'],
  ] as const)('%s may not %s', async (person, action) => {
    const { id } = action === 'withdraw' ? await cms.published() : await cms.draft()
    const before = await cms.snapshot('kizuna-manuscripts', id)
    const answer = await post(person, `${id}/${action}`, { reason: '理由', comment: 'x' })
    expect(answer.status).toBe(403)
    expect(answer.body.errors[0].message).toMatch(/。/)
    expect(await cms.snapshot('kizuna-manuscripts', id)).toEqual(before)
  })

  test('nobody without a login, and no service account, gets near it', async () => {
    const { id } = await cms.draft()
    for (const action of ['submit', 'approve', 'request-change', 'publish', 'withdraw']) {
      const answer = await cms.rest(null, `POST /kizuna-manuscripts/${id}/${action}`, {})
      expect(answer.status).toBe(403)
    }
    expect((await cms.rest(null, `GET /kizuna-manuscripts/${id}/review`)).status).toBe(403)
  })

  test.each([
    ['withdraw', { reason: '  ' }, '取り下げる理由'],
    ['request-change', { comment: ' ' }, 'コメント'],
  ])('%s needs words', async (action, body, sentence) => {
    const { id } = await cms.published()
    const answer = await post('midori', `${id}/${action}`, body)
    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].message).toContain(sentence)
  })

  test('an open request for a change blocks the publication until its author approves', async () => {
    const { id } = await cms.draft()
    await post('doctor', `${id}/request-change`, { comment: '用量の話を消してください。' })
    await post('midori', `${id}/approve`)
    expect(await status('midori', id)).toMatchObject({ state: 'needs_changes' })
    expect((await post('midori', `${id}/publish`)).status).toBe(403)
    expect((await post('doctor', `${id}/approve`)).status).toBe(200)
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
  })

  test('an empty or over-long text is not submitted, with the sentences that say why', async () => {
    const { id } = await cms.draft({ body: '' })
    const answer = await post('hana', `${id}/submit`)
    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].data.missing.join()).toContain('本文')
  })

  test('a text that is not there and one that is not published are named as such', async () => {
    expect((await post('midori', '0123456789abcdef01234567/publish')).status).toBe(404)
    const { id } = await cms.draft()
    expect((await post('midori', `${id}/withdraw`, { reason: 'x' })).status).toBe(409)
  })
})

describe('at the same time', () => {
  test('two chiefs publish one text: one release, the other gets a clear 409', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await cms.draft()
      await post('midori', `${id}/approve`)
      const answers = await Promise.all([
        post('midori', `${id}/publish`),
        post('kaoru', `${id}/publish`),
      ])
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
      const loser = answers.find((answer) => answer.status === 409)
      expect(loser!.body.errors[0].data.code).toBe('ALREADY_PUBLISHED')
      expect(await cms.releasesOf(`manuscript:${id}`)).toHaveLength(1)
    }
  })

  test('eight approvals, withdrawals and publications at once leave revisions without a gap', async () => {
    const { id } = await cms.published()
    await edit('hana', id, { body: '次の本文です。' })
    await post('midori', `${id}/approve`)
    await Promise.all([
      ...(['midori', 'kaoru', 'taro'] as const).map((person) => post(person, `${id}/publish`)),
      ...(['midori', 'kaoru'] as const).map((person) =>
        post(person, `${id}/withdraw`, { reason: '同時' }),
      ),
      ...(['kaoru', 'taro', 'midori'] as const).map((person) => post(person, `${id}/approve`)),
    ])
    const releases = await cms.releasesOf(`manuscript:${id}`)
    expect(releases.map(({ revision }) => revision)).toEqual(releases.map((_, index) => index + 1))
    const { live } = await cms.snapshot('kizuna-manuscripts', id)
    const isOut = releases.at(-1)!.action === 'publish'
    expect(live).toMatchObject({ _status: isOut ? 'published' : 'draft' })
  })

  test('an edit during a publication: what is released is what was approved, and nothing is lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await cms.draft()
      await post('midori', `${id}/approve`)
      const { contentHash: approved } = await status('midori', id)
      const [publication, edited] = await Promise.all([
        post('midori', `${id}/publish`),
        edit('hana', id, { body: `割り込んだ本文 ${round}` }),
      ])
      const releases = await cms.releasesOf(`manuscript:${id}`)
      expect(releases.map((release) => release.contentHash)).toEqual(
        publication.status === 200 ? [approved] : [],
      )
      const newest = await cms.payload.findByID({
        collection: 'kizuna-manuscripts',
        id,
        draft: true,
      })
      expect([publication.status, edited.status]).toContain(200)
      expect(newest.body).toBe(
        edited.status === 200 ? `割り込んだ本文 ${round}` : '見本の本文です。',
      )
    }
  })

  test('a failure after the live write takes everything back', async () => {
    const { id } = await cms.draft()
    await post('midori', `${id}/approve`)
    const before = await cms.snapshot('kizuna-manuscripts', id)
    const { hooks } = cms.payload.collections['kizuna-audit-log'].config
    const fail = () => {
      throw new Error('the audit log is full')
    }
    hooks.beforeChange.push(fail)
    const answer = await post('midori', `${id}/publish`)
    hooks.beforeChange.splice(hooks.beforeChange.indexOf(fail), 1)
    expect(answer.status).toBe(500)
    expect(await cms.snapshot('kizuna-manuscripts', id)).toEqual(before)
    expect((await post('midori', `${id}/publish`)).status).toBe(200)
  })
})
