import { describe, expect, test } from '@jest/globals'

import { loadReviewScreen } from '../../../../src/review/inbox/reviewScreen'
import { loadSet } from '../../../../src/review/inbox/set'
import { parsePolicy } from '../../../../src/review/rules/policy'
import type { Answer, Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const options = { policy: parsePolicy(), now: () => new Date(), editions: [] }

const { post, edit } = cms.on('kizuna-manuscripts')

const read = async (person: Person, id: string) =>
  (await cms.rest(person, `GET /kizuna-manuscripts/${id}/comments`)).body.threads

const newest = (id: string) =>
  cms.payload.findByID({ collection: 'kizuna-manuscripts', id, draft: true, depth: 0 })

const codeOf = ({ body }: Answer) => body.errors?.[0]?.data?.code

async function proposed(body = '塩分は1日10gまでに。', proposal = '塩分は1日6gまでに。') {
  const { id } = await cms.draft({ body })
  const comment = { field: 'body', text: '数字を直してください。', proposal }
  const answer = await post('doctor', `${id}/comments`, comment)
  return { id, thread: String(answer.body.threads[0].id) }
}

describe('a comment on a field', () => {
  test('stays with its field through edits, and says that the field was rewritten', async () => {
    const { id } = await cms.draft()
    const answer = await post('doctor', `${id}/comments`, {
      field: 'body',
      text: '短くできますか。',
    })
    expect(answer.body.threads).toMatchObject([
      {
        field: 'body',
        fieldLabel: '本文',
        text: '短くできますか。',
        author: 'doctor',
        isResolved: false,
        isOutdated: false,
        quote: null,
        proposal: null,
      },
    ])
    await edit('hana', id, { subject: '件名だけ' })
    expect(await read('hana', id)).toMatchObject([{ isOutdated: false }])
    await edit('hana', id, { body: '短い本文。' })
    expect(await read('hana', id)).toMatchObject([{ isOutdated: true, quote: '見本の本文です。' }])
  })

  test('is answered, settled and opened again; each step is an entry of its own', async () => {
    const { id, thread } = await proposed()
    const at = (step: string) => `${id}/comments/${thread}/${step}`
    expect((await post('hana', at('reply'), { text: '出典は何ですか。' })).status).toBe(200)
    await post('doctor', at('resolve'))
    expect(await read('hana', id)).toMatchObject([
      {
        isResolved: true,
        resolvedBy: 'doctor',
        replies: [{ text: '出典は何ですか。', author: 'hana' }],
      },
    ])
    await post('hana', at('resolve'))
    await post('hana', at('reopen'))
    expect(await read('hana', id)).toMatchObject([{ isResolved: false, resolvedBy: null }])
    const { docs } = await cms.payload.find({
      collection: 'kizuna-comments',
      where: { 'document.value': { equals: id } },
      sort: 'createdAt',
    })
    expect(docs.map(({ kind }) => kind)).toEqual(['comment', 'reply', 'resolve', 'reopen'])
  })

  test('is in the audit log step by step: who, on which field; what changes nothing is not', async () => {
    const { id, thread } = await proposed()
    const at = (step: string) => `${id}/comments/${thread}/${step}`
    await post('hana', at('reply'), { text: '出典は何ですか。' })
    await post('hana', at('reply'), { text: ' ' })
    await post('doctor', at('resolve'))
    await post('midori', at('resolve'))
    await post('hana', at('reopen'))
    await post('dango', at('resolve'))
    const { docs } = await cms.payload.find({
      collection: 'kizuna-audit-log',
      sort: 'createdAt',
      depth: 0,
      where: { documentId: { equals: id } },
    })
    const { users } = cms
    expect(docs.map(({ action, actor, note }) => [action, actor?.value, note ?? ''])).toEqual([
      ['create', users.hana.id, ''],
      ['comment', users.doctor.id, '本文'],
      ['reply', users.hana.id, '本文'],
      ['resolve', users.doctor.id, '本文'],
      ['reopen', users.hana.id, '本文'],
    ])
    const hashes = docs.slice(1).map(({ afterHash }) => afterHash)
    expect(hashes).toEqual(hashes.map(() => docs[0]?.afterHash))
  })

  test.each([
    [{ field: 'body', text: ' ' }, 'INCOMPLETE'],
    [{ field: 'authors', text: '項目がない' }, 'NOT_FOUND'],
    [{ field: 'body', text: '', proposal: '見本の本文です。' }, 'INCOMPLETE'],
    [{ field: 'slot', text: '', proposal: 'day9' }, 'INCOMPLETE'],
    [{ field: 'body', text: 'あ'.repeat(5001) }, 'INCOMPLETE'],
  ])('%j is refused', async (body, code) => {
    const { id } = await cms.draft()
    const answer = await post('doctor', `${id}/comments`, body)
    expect(codeOf(answer)).toBe(code)
    expect(await read('doctor', id)).toEqual([])
  })

  test('a setting can be commented on, without other words for it', async () => {
    const { id } = await cms.draft()
    const answer = await post('doctor', `${id}/comments`, { field: 'slot', text: '1週早く。' })
    expect(answer.body.threads).toMatchObject([{ fieldLabel: '配信日', can: { take: false } }])
  })

  test('that is not settled keeps nobody from publishing, and whoever decides is told whose it is', async () => {
    const { id, thread } = await proposed()
    await post('midori', `${id}/comments`, { field: 'subject', text: '短くできますか。' })
    const open = async (person: Person) =>
      (await cms.rest(person, `GET /kizuna-manuscripts/${id}/review`)).body.openComments
    expect(await open('midori')).toEqual({ count: 2, authors: ['doctor', 'midori'] })
    await post('hana', `${id}/comments/${thread}/resolve`)
    expect(await open('midori')).toEqual({ count: 1, authors: ['midori'] })
    const target = { collection: 'kizuna-manuscripts', id } as const
    const [screen, [inSet]] = await Promise.all([
      loadReviewScreen(await cms.reqOf('midori'), target, options),
      loadSet(await cms.reqOf('midori'), [target], options),
    ])
    for (const shown of [screen, inSet]) {
      expect(shown?.status.openComments).toEqual({ count: 1, authors: ['midori'] })
    }
    await post('hana', `${id}/submit`)
    await post('midori', `${id}/approve`)
    expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
  })

  test('twenty at once are all kept', async () => {
    const { id } = await cms.draft()
    const people = Array.from(
      { length: 20 },
      (_, index) => (['doctor', 'midori', 'eiko', 'yoko'] as const)[index % 4]!,
    )
    const answers = await Promise.all(
      people.map((person, index) =>
        post(person, `${id}/comments`, { field: 'body', text: `${index}` }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 200))
    expect(await read('hana', id)).toHaveLength(20)
  })
})

describe('a proposed wording', () => {
  test('is taken with one request: the draft is the editor’s save of both their words', async () => {
    const { id, thread } = await proposed()
    expect(await read('hana', id)).toMatchObject([
      {
        can: { take: true },
        proposal: { parts: expect.arrayContaining([{ kind: 'added', text: '6g' }]) },
      },
    ])
    const answer = await post('hana', `${id}/comments/${thread}/take`)
    expect(answer).toMatchObject({
      status: 200,
      body: { threads: [{ isTaken: true, isResolved: true }] },
    })
    const { body, authors, _status } = await newest(id)
    expect({ body, authors, _status }).toEqual({
      body: '塩分は1日6gまでに。',
      _status: 'draft',
      authors: [cms.users.hana.id, cms.users.doctor.id],
    })
    const { docs } = await cms.payload.find({
      collection: 'kizuna-audit-log',
      where: { documentId: { equals: id } },
      sort: 'createdAt',
    })
    expect(docs.map(({ action }) => action)).toEqual(['create', 'comment', 'edit'])
  })

  test('makes who wrote it an author, who is told why they do not approve', async () => {
    const { id } = await cms.draft({ topics: ['pregnancy'] })
    const words = { field: 'body', text: '', proposal: '助産師の文です。' }
    const made = await post('doctor', `${id}/comments`, words)
    const isOwn = async (person: Person) =>
      (await cms.rest(person, `GET /kizuna-manuscripts/${id}/review`)).body.isOwn
    expect(await isOwn('doctor')).toBe(false)
    await post('hana', `${id}/comments/${made.body.threads[0].id}/take`)
    expect(await isOwn('doctor')).toBe(true)
    for (const person of ['hana', 'eiko', 'midori'] as const)
      expect(await isOwn(person)).toBe(false)
  })

  test('is refused when the field was rewritten meanwhile, and nothing is lost', async () => {
    const { id, thread } = await proposed()
    await edit('taro', id, { body: '塩分は控えめに。' })
    const answer = await post('hana', `${id}/comments/${thread}/take`)
    expect(answer.status).toBe(409)
    expect(answer.body.errors[0].message).toContain('「本文」が直されています')
    expect((await newest(id)).body).toBe('塩分は控えめに。')
    expect(await read('hana', id)).toMatchObject([{ isTaken: false, can: { take: false } }])
  })

  test('is taken once; a change of another field does not stand in its way', async () => {
    const { id, thread } = await proposed()
    await edit('taro', id, { subject: '別の項目' })
    expect((await post('hana', `${id}/comments/${thread}/take`)).status).toBe(200)
    expect(codeOf(await post('taro', `${id}/comments/${thread}/take`))).toBe('ALREADY_DONE')
  })

  test('two editors at once: one takes it, the other is told so', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, thread } = await proposed()
      const answers = await Promise.all(
        (['hana', 'taro'] as const).map((person) => post(person, `${id}/comments/${thread}/take`)),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      expect((await newest(id)).body).toBe('塩分は1日6gまでに。')
    }
  })

  test('an edit of the field at the same moment: one of the two is told, neither text is mixed', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, thread } = await proposed()
      const [taken, edited] = await Promise.all([
        post('hana', `${id}/comments/${thread}/take`),
        edit('taro', id, { body: '太郎の本文です。' }),
      ])
      expect([200, 409]).toContain(taken.status)
      expect([200, 409]).toContain(edited.status)
      const texts = [
        ...(taken.status === 200 ? ['塩分は1日6gまでに。'] : []),
        ...(edited.status === 200 ? ['太郎の本文です。'] : []),
      ]
      expect(texts).toContain((await newest(id)).body)
    }
  })

  test('waits while somebody else has the form open', async () => {
    const { id, thread } = await proposed()
    await cms.payload.create({
      collection: 'payload-locked-documents',
      data: {
        document: { relationTo: 'kizuna-manuscripts', value: id },
        user: { relationTo: 'users', value: cms.users.taro.id },
      } as never,
    })
    const answer = await post('hana', `${id}/comments/${thread}/take`)
    expect(codeOf(answer)).toBe('LOCKED')
    expect((await newest(id)).body).toBe('塩分は1日10gまでに。')
    expect((await post('taro', `${id}/comments/${thread}/take`)).status).toBe(200)
  })

  test('that breaks a rule of the field is refused with the field’s own sentence', async () => {
    const { id, thread } = await proposed('短い本文です。', 'あ'.repeat(5001))
    const answer = await post('hana', `${id}/comments/${thread}/take`)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body.errors)).toContain('5,000')
    expect(await read('hana', id)).toMatchObject([{ isTaken: false }])
  })
})

describe('in an add-on', () => {
  const write = () =>
    cms.addOn({
      blocks: [
        { blockType: 'text', text: '電話は {{保健センター}} です。' },
        { blockType: 'link', label: '予約', url: 'https://example.jp/' },
      ],
    })
  const on = (person: Person, path: string, body?: object) =>
    cms.rest(person, body ? `POST /kizuna-add-ons/${path}` : `GET /kizuna-add-ons/${path}`, body)

  test('the comment follows its block by the row, and the proposal changes that block alone', async () => {
    const { id, blocks } = await write()
    const field = `blocks.${blocks[1]!.id}.label`
    const made = await on('midori', `${id}/comments`, {
      field,
      text: '',
      proposal: '健診を予約する',
    })
    expect(made.body.threads).toMatchObject([{ fieldLabel: 'リンク 表示する文字' }])
    const reversed = { blocks: (await find(id)).blocks!.toReversed() }
    await cms.on('kizuna-add-ons').edit('machi', id, reversed)
    const taken = await on('machi', `${id}/comments/${made.body.threads[0].id}/take`, {})
    expect(taken.status).toBe(200)
    expect((await find(id)).blocks).toMatchObject([
      { blockType: 'link', label: '健診を予約する', url: 'https://example.jp/' },
      { blockType: 'text', text: '電話は {{保健センター}} です。' },
    ])
  })

  test('staff of the municipality and the team talk; nobody else hears it', async () => {
    const { id } = await write()
    expect((await on('mayu', `${id}/comments`, { field: 'title', text: '短く' })).status).toBe(200)
    for (const person of ['midori', 'hana', 'machi'] as const) {
      expect((await on(person, `${id}/comments`)).body.threads).toHaveLength(1)
    }
    for (const person of ['dango', 'root'] as const) {
      expect([403, 404]).toContain((await on(person, `${id}/comments`)).status)
    }
    expect((await cms.rest('dango', 'GET /kizuna-comments')).status).toBe(403)
    expect((await cms.rest('midori', 'POST /kizuna-comments', { text: 'x' })).status).toBe(403)
  })

  const find = (id: string) =>
    cms.payload.findByID({ collection: 'kizuna-add-ons', id, draft: true, depth: 0 })
})

test('municipal staff neither read nor write comments on common texts', async () => {
  const { id } = await cms.published()
  expect((await cms.rest('mayu', `GET /kizuna-manuscripts/${id}/comments`)).status).toBe(403)
  expect((await post('mayu', `${id}/comments`, { field: 'body', text: 'x' })).status).toBe(403)
})

test('only who writes the text takes a proposal', async () => {
  const { id, thread } = await proposed()
  for (const person of ['doctor', 'midori', 'root', 'mayu'] as const) {
    const answer = await post(person, `${id}/comments/${thread}/take`)
    expect([403, 404]).toContain(answer.status)
  }
})
