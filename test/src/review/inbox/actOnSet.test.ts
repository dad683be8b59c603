import { describe, expect, test } from '@jest/globals'

import { settingsOf } from '../../../../src/admin/pages/settingsOf'
import { comparisonOf, loadPrintSheets } from '../../../../src/review/inbox/printSheets'
import { MAX_SET } from '../../../../src/review/inbox/set'
import type { DiffPart } from '../../../../src/review/rules/difference'
import { parsePolicy } from '../../../../src/review/rules/policy'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const { post } = cms.on('kizuna-manuscripts')

const edit = (id: string, data: object, person: Person = 'hana') =>
  cms.on('kizuna-manuscripts').edit(person, id, data)

const approveAll = (person: Person, texts: readonly object[]) =>
  cms.rest(person, 'POST /review-set/approve', { texts })

/** A text in review as somebody sees it. */
async function submitted(topics: string[] = ['pregnancy']) {
  const { id } = await cms.draft({ topics })
  const { body } = await post('hana', `${id}/submit`)
  const { contentHash, submission } = body
  return { collection: 'kizuna-manuscripts', id, contentHash: String(contentHash), submission }
}

async function approvalsOf(id: string) {
  const { docs } = await cms.payload.find({
    collection: 'kizuna-approvals',
    where: { and: [{ 'document.value': { equals: id } }, { verdict: { equals: 'approve' } }] },
    depth: 0,
    pagination: false,
    sort: 'createdAt',
  })
  return docs
}

const statusOf = async (id: string, person: Person = 'midori') =>
  (await cms.rest(person, `GET /kizuna-manuscripts/${id}/review`)).body

describe('a set is approved', () => {
  test('but for the text that was edited meanwhile, which is named', async () => {
    const texts = [await submitted(), await submitted(), await submitted()]
    const stale = texts[1]!.id
    await edit(stale, { title: '直されたもの', body: '見た人のいない本文です。' })
    const { status, body } = await approveAll('doctor', texts)
    expect(status).toBe(200)
    expect(body.outcomes).toMatchObject([
      { id: texts[0]!.id, isDone: true, sentences: [] },
      {
        id: stale,
        isDone: false,
        title: '直されたもの',
        sentences: [expect.stringContaining('内容が変わりました')],
      },
      { id: texts[2]!.id, isDone: true, sentences: [] },
    ])
    const given = await Promise.all(texts.map(({ id }) => approvalsOf(id)))
    expect(given.map(({ length }) => length)).toEqual([1, 0, 1])
  })

  test('twice changes nothing', async () => {
    const texts = [await submitted()]
    await approveAll('doctor', texts)
    expect((await approveAll('doctor', texts)).body.outcomes).toMatchObject([{ isDone: true }])
    expect(await approvalsOf(texts[0]!.id)).toHaveLength(1)
  })

  test('only by who may: the writer, another discipline and strangers are told so', async () => {
    const text = await submitted()
    for (const person of ['hana', 'eiko', 'mayu', 'dango', 'root'] as const) {
      const { body } = await approveAll(person, [text])
      expect(body.outcomes).toMatchObject([{ isDone: false, sentences: [expect.any(String)] }])
    }
    expect((await cms.rest(null, 'POST /review-set/approve', { texts: [text] })).status).toBe(403)
    expect(await approvalsOf(text.id)).toEqual([])
  })

  test.each([
    ['nothing', []],
    ['too many', Array.from({ length: MAX_SET + 1 }, () => ({ collection: 'kizuna-manuscripts' }))],
    ['another collection', [{ collection: 'users', id: '0'.repeat(24), contentHash: 'x' }]],
    ['no id', [{ collection: 'kizuna-manuscripts', id: { $ne: null }, contentHash: 'x' }]],
    ['nothing seen', [{ collection: 'kizuna-manuscripts', id: '0'.repeat(24), contentHash: '' }]],
  ])('%s is refused with a sentence', async (_, texts) => {
    const { status, body } = await approveAll('doctor', texts)
    expect(status).toBe(400)
    expect(body.errors[0].message).toContain('1 件から 50 件まで')
  })
})

describe('a set is published', () => {
  const publishAll = (person: Person, texts: readonly object[]) =>
    cms.rest(person, 'POST /review-set/publish', { texts })
  const liveOf = async (texts: readonly { id: string }[]) =>
    Promise.all(texts.map(async ({ id }) => (await cms.releasesOf(`manuscript:${id}`)).length))

  test('all that has its approvals and is what was seen; each of the others says why not', async () => {
    const texts = [await submitted(['daily']), await submitted(['daily']), await submitted()]
    await approveAll('midori', texts)
    const stale = texts[1]!.id
    await edit(stale, { body: '承認のあとで直した本文です。' })
    const { status, body } = await publishAll('midori', texts)
    expect(status).toBe(200)
    expect(body.outcomes).toMatchObject([
      { id: texts[0]!.id, isDone: true, sentences: [] },
      { id: stale, isDone: false, sentences: [expect.any(String), ...[]] },
      {
        id: texts[2]!.id,
        isDone: false,
        sentences: expect.arrayContaining(['まだ公開できません。']),
      },
    ])
    expect(await liveOf(texts)).toEqual([1, 0, 0])
  })

  test('by the chief alone, and once', async () => {
    const texts = [await submitted(['daily'])]
    await approveAll('midori', texts)
    for (const person of ['hana', 'doctor', 'mayu', 'dango', 'root'] as const) {
      const { body } = await publishAll(person, texts)
      expect(body.outcomes).toMatchObject([
        { isDone: false, sentences: [expect.any(String), ...[]] },
      ])
    }
    expect((await cms.rest(null, 'POST /review-set/publish', { texts })).status).toBe(403)
    expect(await liveOf(texts)).toEqual([0])
    const both = await Promise.all([publishAll('midori', texts), publishAll('kaoru', texts)])
    expect(both.map(({ body }) => body.outcomes[0].isDone).sort()).toEqual([false, true])
    expect(await liveOf(texts)).toEqual([1])
  })
})

describe('at the same moment', () => {
  test('two reviewers: both approvals count', async () => {
    for (let round = 0; round < 4; round += 1) {
      const text = await submitted(['nutrition'])
      const answers = await Promise.all(
        (['eiko', 'yoko'] as const).map((person) => approveAll(person, [text])),
      )
      expect(answers.map(({ body }) => body.outcomes[0].sentences)).toEqual([[], []])
      const { needs } = await statusOf(text.id)
      expect(needs[0]).toMatchObject({ discipline: 'nutrition', quorum: 2, approved: 2 })
    }
  })

  test('one reviewer twice, as from two windows: it is one person', async () => {
    const text = await submitted(['nutrition'])
    const answers = await Promise.all([1, 2, 3].map(() => approveAll('eiko', [text])))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const { needs, state } = await statusOf(text.id)
    expect(needs[0]).toMatchObject({ quorum: 2, approved: 1 })
    expect(state).toBe('in_review')
  })

  test('one approves, another asks for a change: both are kept, and it is not published', async () => {
    for (let round = 0; round < 4; round += 1) {
      const text = await submitted(['nutrition'])
      const { id, contentHash } = text
      const [approved, asked] = await Promise.all([
        approveAll('eiko', [text]),
        post('yoko', `${id}/request-change`, { contentHash, comment: '数字を確かめて。' }),
      ])
      expect([approved.status, asked.status]).toEqual([200, 200])
      expect(await statusOf(id)).toMatchObject({ state: 'needs_changes' })
      expect(await approvalsOf(id)).toHaveLength(1)
    }
  })

  test('an edit while somebody approves: the approval is for what was seen or for nothing', async () => {
    for (let round = 0; round < 6; round += 1) {
      const text = await submitted()
      const body = `同時に書いた本文 ${round}`
      const [edited, approved] = await Promise.all([
        edit(text.id, { body }),
        approveAll('doctor', [text]),
      ])
      expect([200, 409]).toContain(edited.status)
      expect(approved.status).toBe(200)
      const { isDone } = approved.body.outcomes[0]
      const given = await approvalsOf(text.id)
      expect(given.map(({ contentHash }) => contentHash)).toEqual(isDone ? [text.contentHash] : [])
      const now = await statusOf(text.id)
      const isEdited = now.contentHash !== text.contentHash
      expect(isEdited).toBe(edited.status === 200)
      if (isEdited) expect(now.needs[0]).toMatchObject({ approved: 0 })
    }
  })
})

describe('on paper', () => {
  const sheets = async (person: Person, ids: readonly string[]) => {
    const { editions, now } = settingsOf(cms.payload)
    const targets = ids.map((id) => ({ collection: 'kizuna-manuscripts' as const, id }))
    const options = { policy: parsePolicy(), now, editions }
    return loadPrintSheets(await cms.reqOf(person), targets, options)
  }
  const words = (parts: readonly DiffPart[]) => parts.map(({ kind, text }) => `${kind}:${text}`)

  test('stand who wrote and approved, the content as it arrives, and its hash', async () => {
    const text = await submitted(['daily'])
    await approveAll('midori', [text])
    const [sheet] = await sheets('doctor', [text.id])
    expect(sheet).toMatchObject({
      place: ['見本 0〜10歳', expect.stringMatching(/^生後\d+日$/), '標準'],
      writers: ['hana'],
      approvals: [expect.stringMatching(/^.+: midori\(\d{4}年.+\)$/)],
      comparison: '家族に届いている確定版はありません。すべて新しい文です。',
      hash: text.contentHash.slice(0, 12),
    })
    expect(words(sheet!.mail!.text).join()).toContain('same:')
    expect(words(sheet!.mail!.text).join()).toContain('見本の本文です。')
    expect(words(sheet!.line[0]!).join()).toContain('見本の本文です。')
  })

  test('changes are marked against what families get now, whoever prints', async () => {
    const { id } = await cms.published({ body: 'お湯は 10 分わかします。' })
    await edit(id, { body: 'お湯は 20 分わかします。' })
    for (const person of ['midori', 'doctor'] as const) {
      const [sheet] = await sheets(person, [id])
      expect(sheet!.comparison).toContain('第1版')
      const marked = words(sheet!.line[0]!)
      expect(marked).toContainEqual(expect.stringMatching(/^removed:.*1/))
      expect(marked).toContainEqual(expect.stringMatching(/^added:.*2/))
    }
  })

  test('of what is out stand those who wrote and approved it then', async () => {
    const { id } = await cms.published()
    const [sheet] = await sheets('doctor', [id])
    expect(sheet).toMatchObject({
      writers: ['hana'],
      approvals: [expect.stringMatching(/: midori\(/)],
    })
    expect(words(sheet!.mail!.text).join()).toContain('(読者ごとのアドレス)')
  })

  test('a period that is ahead or over is said of what they are compared with', () => {
    const base = { kind: 'released', revision: 2 } as const
    expect(comparisonOf(base, {})).toMatch(/^家族にいま届いている/)
    const ahead = comparisonOf(base, { outOfPeriod: 'ahead' })
    expect(ahead).toMatch(/^公開してある確定版\(第2版。掲載を始める日から/)
    expect(comparisonOf(base, { outOfPeriod: 'over' })).toContain('期間は終わり')
  })

  test('only what the person may read', async () => {
    const draft = await cms.draft()
    const live = await cms.published()
    expect(await sheets('machi', [draft.id])).toEqual([])
    expect((await sheets('machi', [live.id])).map(({ id }) => id)).toEqual([live.id])
    expect(await sheets('dango', [live.id])).toEqual([])
  })
})
