// A survey on its way to be asked: written, handed in, approved by somebody else, and never changed again.
import { afterAll, expect, test } from '@jest/globals'
import { createLocalReq } from 'payload'

import { readApprovedSurvey, surveyHash } from '../../../src/survey/content'
import { libraryQuestion } from '../../../src/survey/library'
import type { SurveyStatus } from '../../../src/questionnaire/endpoints'
import { auditEntries } from '../../auditEntries'
import { countWaitingSurveys } from '../../../src/questionnaire/waiting'
import { startCms } from '../../collections/cms'
import { addOnData } from '../../collections/documents'
import { gather, insert, personData } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
afterAll(() => cms.stop())

type Who = keyof typeof people.as

const own = {
  ...{ library: 'own', type: 'single', text: '会場は行きやすかったですか。' },
  easy: '会場(かいじょう)は 行(い)きやすかったですか。',
  options: [
    { label: 'はい', easy: 'はい' },
    { label: 'いいえ', easy: 'いいえ' },
  ],
}
const whole = { title: '健診について', endsOn: '2026-12-31', questions: [own] }

const make = async (as: Who, data: object) => {
  const body = { ...whole, ...data }
  const made = await cms.rest({ method: 'POST', path: '/kizuna-surveys', as: people.as[as], body })
  return String((made.body.doc as { id?: string } | undefined)?.id)
}
const act = async (as: Who, path: string, body: object = {}) =>
  (await cms.rest({ method: 'POST', path: `/kizuna-surveys/${path}`, as: people.as[as], body }))
    .status
const status = async (id: string, as: Who = 'admin') =>
  (await cms.rest({ path: `/kizuna-surveys/${id}/status`, as: people.as[as] }))
    .body as unknown as SurveyStatus
const write = async (as: Who, id: string, body: object) =>
  (
    await cms.rest({
      ...{ method: 'PATCH', path: `/kizuna-surveys/${id}`, body },
      as: people.as[as],
    })
  ).status
const approve = async (as: Who, id: string) =>
  act(as, `${id}/approve`, { contentHash: (await status(id)).contentHash })
const waiting = async (as: keyof typeof people.ids) => {
  const user = await cms.payload.findByID({ collection: 'users', id: people.ids[as] })
  const req = await createLocalReq({ user: { ...user, collection: 'users' } as never }, cms.payload)
  return countWaitingSurveys(req)
}
const ofWorker = async (id: string) =>
  (await cms.rest({ path: `/kizuna-surveys/${id}?depth=0`, as: people.as.worker })).body

test('an approver of the town approves what its clerk has handed in, and the worker gets exactly that', async () => {
  const id = await make('municipal-editor', {})
  expect(await act('municipal-editor', `${id}/submit`)).toBe(200)
  expect((await ofWorker(id)).content).toBeUndefined()
  expect(await approve('municipal-approver', id)).toBe(200)
  const read = readApprovedSurvey(await ofWorker(id))
  expect(read?.content.questions.map(({ text }) => text)).toEqual([own.text])
  expect(await auditEntries(cms.payload, { documentId: { equals: id } })).toEqual(
    expect.arrayContaining(
      ['create', 'submit', 'approve'].map((action) => expect.objectContaining({ action })),
    ),
  )
})

test('what is approved never changes; a copy of it is a draft that is approved anew', async () => {
  const id = await make('municipal-editor', {})
  await act('municipal-editor', `${id}/submit`)
  await approve('municipal-approver', id)
  expect(await write('municipal-editor', id, { title: '別の題名' })).toBe(403)
  const copied = await cms.rest({
    ...{ method: 'POST', path: `/kizuna-surveys/${id}/copy`, body: {} },
    as: people.as['municipal-editor'],
  })
  const { state, content } = await status(String(copied.body.id))
  expect({ state, questions: content.questions }).toEqual({
    state: 'draft',
    questions: (await status(id)).content.questions,
  })
})

test('after its last day it says that nobody can be asked any more', async () => {
  const id = await make('municipal-editor', {})
  await act('municipal-editor', `${id}/submit`)
  await approve('municipal-approver', id)
  const { content, isOver } = await status(id)
  expect(isOver).toBe(false)
  await cms.payload.db.updateOne({
    ...{ collection: 'kizuna-surveys', where: { id: { equals: id } } },
    data: { content: { ...content, endsOn: '2020-12-31' } },
  })
  expect(await status(id)).toMatchObject({ state: 'approved', isOver: true })
})

test('who wrote on it does not approve it', async () => {
  const both = { ...personData('municipal-editor', people.own) }
  const roles = ['municipal-editor', 'municipal-approver']
  const person = await insert(cms, 'users', { ...both, kizunaRoles: roles })
  const id = await make('municipal-editor', {})
  const where = { id: { equals: id } }
  await cms.payload.db.updateOne({
    ...{ collection: 'kizuna-surveys', where },
    data: { authors: [person, people.ids['municipal-approver']] },
  })
  await act('municipal-editor', `${id}/submit`)
  expect(await approve('municipal-approver', id)).toBe(403)
  expect(await approve('chief', id)).toBe(403)
})

test('another content is a draft again, and what was not seen is not approved', async () => {
  const id = await make('municipal-editor', {})
  await act('municipal-editor', `${id}/submit`)
  const seen = (await status(id)).contentHash
  await write('municipal-editor', id, { title: '直した題名' })
  expect((await status(id)).state).toBe('draft')
  await act('municipal-editor', `${id}/submit`)
  expect(await act('municipal-approver', `${id}/approve`, { contentHash: seen })).toBe(409)
})

test('a survey that came back says what is to be changed, and waits for whoever is to act', async () => {
  const id = await make('municipal-editor', {})
  const before = await waiting('municipal-approver')
  await act('municipal-editor', `${id}/submit`)
  expect((await waiting('municipal-approver')).toApprove).toBe(before.toApprove + 1)
  expect((await waiting('municipal-editor')).toApprove).toBe(0)
  expect(await act('municipal-approver', `${id}/return`, { note: '短くしてください。' })).toBe(200)
  expect(await status(id)).toMatchObject({ state: 'draft', note: '短くしてください。' })
  expect((await waiting('municipal-editor')).toRevise).toBe(1)
  expect(await waiting('contributor')).toEqual({ toApprove: 0, toRevise: 0 })
})

test.each([
  ['no question', { questions: [] }, '質問がまだありません'],
  ['a day that is over', { endsOn: '2026-11-23' }, 'あしたか、それより後'],
  ['no day', { endsOn: '' }, '最後の日'],
  ['one option', { questions: [{ ...own, options: own.options.slice(1) }] }, '2 つ以上'],
  ['no plain words', { questions: [{ ...own, easy: '' }] }, 'やさしい日本語の文'],
  ['the same twice', { questions: [own, own] }, '同じ質問が 2 つ'],
])('a survey with %s is not handed in', async (_, data, said) => {
  const id = await make('municipal-editor', data)
  expect((await status(id)).problems.join()).toContain(said)
  expect(await act('municipal-editor', `${id}/submit`)).toBe(400)
})

test('a question of the library has its own words, whatever was typed beside it', async () => {
  const questions = [{ library: 'region', text: '別の言葉', type: 'text' }]
  const id = await make('municipal-editor', { questions })
  const [question] = (await status(id)).content.questions
  expect(question).toMatchObject(libraryQuestion('region')?.question ?? {})
})

test('the team’s common survey is approved by the chief, and a town begins with its questions', async () => {
  const core = await make('editor', { title: '共通', questions: [{ library: 'region' }] })
  await act('editor', `${core}/submit`)
  expect(await approve('municipal-approver', core)).toBe(404)
  expect(await approve('chief', core)).toBe(200)
  const id = await make('municipal-editor', { core })
  const texts = (await status(id)).content.questions.map(({ text }) => text)
  expect(texts).toEqual([libraryQuestion('region')?.question.text, own.text])
})

test('a notice asks what was approved, and nothing else', async () => {
  const id = await make('municipal-editor', {})
  const ask = async () => {
    const block = { blockType: 'survey', survey: id, text: '3 分で終わります。' }
    const body = { ...addOnData(people.own), timing: 'notice', blocks: [block] }
    return cms.rest({
      ...{ method: 'POST', path: '/kizuna-add-ons?draft=true&depth=0' },
      ...{ as: people.as['municipal-editor'], body: { ...body, validFrom: '2026-12-01' } },
    })
  }
  expect((await ask()).status).toBe(400)
  await act('municipal-editor', `${id}/submit`)
  await approve('municipal-approver', id)
  const { body } = await ask()
  expect((body.doc as { blocks: object[] }).blocks).toEqual([
    expect.objectContaining({
      ...{ survey: id, title: whole.title, endsOn: whole.endsOn },
      label: 'アンケートに答える',
    }),
  ])
})

const CREATE = { method: 'POST', path: '/kizuna-add-ons' }

test('a survey that is over, or another town’s, is refused in words and stays where it was', async () => {
  const approved = async () => {
    const id = await make('municipal-editor', {})
    await act('municipal-editor', `${id}/submit`)
    await approve('municipal-approver', id)
    return id
  }
  const change = async (id: string, data: Record<string, unknown>) => {
    const where = { id: { equals: id } }
    await cms.payload.db.updateOne({ collection: 'kizuna-surveys', where, data })
  }
  const ask = (
    survey: string,
    { updatedAt, ...place }: { method: string; path: string; updatedAt?: string } = CREATE,
  ) => {
    const blocks = [{ blockType: 'survey', survey, text: '3 分で終わります。' }]
    const body = {
      ...addOnData(people.own),
      validTo: null,
      blocks,
      updatedAt,
    }
    const path = `${place.path}?draft=true&depth=0`
    return cms.rest({ ...place, path, body, as: people.as['municipal-editor'] })
  }
  const refused = (sentence: string) => {
    const message = expect.stringContaining(sentence)
    const error = { data: { errors: [{ label: 'どのアンケートか', message }] } }
    return { status: 400, body: { errors: [error] } }
  }
  const over = await approved()
  const before = await ask(over)
  const content = { ...(await status(over)).content, endsOn: '2020-12-31' }
  await change(over, { content, contentHash: surveyHash(content) })
  expect(await ask(over)).toMatchObject(refused('2020年12月31日(木) まで'))
  const { id, updatedAt } = before.body.doc as { id: string; updatedAt: string }
  const kept = await ask(over, { method: 'PATCH', path: `/kizuna-add-ons/${id}`, updatedAt })
  expect([before.status, kept.status]).toEqual([201, 200])
  const others = await approved()
  await change(others, { municipality: people.other })
  expect(await ask(others)).toMatchObject(refused('この自治体のものではありません'))
})

test('a window that was opened before another one saved takes nothing from it', async () => {
  const id = await make('municipal-editor', {})
  const opened = await cms.rest({
    path: `/kizuna-surveys/${id}`,
    as: people.as['municipal-editor'],
  })
  const { updatedAt } = opened.body
  const save = (title: string) =>
    cms.rest({
      ...{ method: 'PATCH', path: `/kizuna-surveys/${id}`, body: { title, updatedAt } },
      as: people.as['municipal-editor'],
    })
  expect((await save('一つめの画面')).status).toBe(200)
  const second = await save('二つめの画面')
  expect(second.status).toBe(409)
  expect(JSON.stringify(second.body)).toContain('まだ保存していません')
  expect((await status(id)).content.title).toBe('一つめの画面')
})

test('a draft of the team is nothing to begin with', async () => {
  const core = await make('editor', { title: '共通の下書き', questions: [{ library: 'region' }] })
  const id = await make('municipal-editor', { core })
  const { content } = await status(id)
  expect(content?.questions.map(({ library }) => library) ?? []).not.toContain('region')
})
