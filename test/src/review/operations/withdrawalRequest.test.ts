// Whoever finds a mistake at night asks for the recall, and the chiefs are told at once.
import { beforeEach, describe, expect, test } from '@jest/globals'

import { mailOf } from '../../../../src/review/operations/withdrawalMail'
import {
  answersSince,
  answerSentence,
  findWithdrawalAnswers,
} from '../../../../src/review/queries/withdrawalAnswers'
import { openEditorialCmsOfFile, type Person } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
interface Mail {
  to: { name: string; address: string }
  subject: string
  text: string
}
let mails: Mail[] = []
let isRelayDown = false
cms.payload.sendEmail = (async (mail: Mail) => {
  if (isRelayDown) throw new Error('down')
  mails.push(mail)
}) as never
beforeEach(() => {
  mails = []
  isRelayDown = false
})

const reason = '用量の単位が違います(mL と L)。'
const ask = (person: Person, id: string, body: object = { reason }) =>
  cms.rest(person, `POST /kizuna-manuscripts/${id}/ask-withdrawal`, body)
const look = async (person: Person, id: string) =>
  (await cms.rest(person, `GET /kizuna-manuscripts/${id}/withdrawal-request`)).body

test.each(['hana', 'doctor', 'machi', 'mayu', 'root'] as const)(
  '%s asks: every chief has a mail at once, and sees it on the first page',
  async (person) => {
    const { id } = await cms.published({ title: `見本 薬の量 ${person}` })
    expect(await look(person, id)).toMatchObject({ request: null, canAsk: true })
    const answer = await ask(person, id)
    expect(answer).toMatchObject({ status: 200, body: { request: { state: 'open', reason } } })
    expect(answer.body.sentence).toMatch(/監修責任者 3 人に、いまメールで知らせました/)
    expect(mails).toHaveLength(3)
    expect(mails[0]?.subject).toContain('【至急】取り下げの依頼: 見本 薬の量')
    expect(mails[0]?.text).toContain(reason)
    expect(mails[0]?.text).toContain(`/collections/kizuna-manuscripts/${id}`)
    const { body } = await cms.rest('midori', 'GET /withdrawal-requests')
    expect(body.requests).toContainEqual(expect.objectContaining({ id, reason, state: 'open' }))
    const entries = await entriesOf(id)
    expect(entries.filter(({ action }) => action === 'ask-withdrawal')).toMatchObject([
      { note: reason, actor: { value: cms.users[person].id } },
    ])
  },
)

test('asked twice, also at once, it is one request and one mail to each', async () => {
  const { id } = await cms.published()
  const both = await Promise.all([ask('hana', id), ask('machi', id)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect((await ask('hana', id)).body.sentence).toMatch(/もう頼まれています/)
  expect(mails).toHaveLength(3)
  const asked = (await entriesOf(id)).filter(({ action }) => action === 'ask-withdrawal')
  expect(asked).toHaveLength(1)
})

test('the chief recalls with the request’s reason, and it is over', async () => {
  const { id } = await cms.published()
  await ask('hana', id)
  expect(await look('midori', id)).toMatchObject({ canAnswer: true, canAsk: false })
  const path = `POST /kizuna-manuscripts/${id}/withdraw`
  expect((await cms.rest('midori', path, { reason: `依頼: ${reason}` })).status).toBe(200)
  expect(await look('hana', id)).toMatchObject({ request: null, canAsk: false })
  const { body } = await cms.rest('midori', 'GET /withdrawal-requests')
  expect(body.requests.map((one: { id: string }) => one.id)).not.toContain(id)
})

test('a refusal needs a reason, which the asker sees; then it may be asked again', async () => {
  const { id } = await cms.published()
  await ask('mayu', id)
  const refuse = (person: Person, body: object) =>
    cms.rest(person, `POST /kizuna-manuscripts/${id}/refuse-withdrawal`, body)
  expect((await refuse('midori', { reason: ' ' })).status).toBe(400)
  expect((await refuse('hana', { reason: 'いいえ' })).status).toBe(403)
  expect((await refuse('midori', { reason: '単位は正しいことを確かめました。' })).status).toBe(200)
  expect(await look('mayu', id)).toMatchObject({
    canAsk: true,
    request: { state: 'refused', answer: '単位は正しいことを確かめました。' },
  })
  expect((await refuse('midori', { reason: 'もう一度' })).status).toBe(404)
})

describe('who asked is told on the home what became of it', () => {
  const toldTo = async (person: Person, id: string) => {
    const answers = await findWithdrawalAnswers(await cms.reqOf(person), answersSince(new Date()))
    return answers.filter((one) => one.id === id && one.asker === cms.users[person].id)
  }

  test('that it was withdrawn, by whom; nobody else is', async () => {
    const { id } = await cms.published({ title: '見本 単位' })
    await ask('hana', id)
    expect(await toldTo('hana', id)).toEqual([])
    await cms.rest('midori', `POST /kizuna-manuscripts/${id}/withdraw`, {
      reason: `依頼: ${reason}`,
    })
    const [answer, ...more] = await toldTo('hana', id)
    expect(answer).toMatchObject({
      kind: 'withdrawn',
      by: 'midori',
      title: '見本 単位',
      reason: '',
    })
    expect(answerSentence(answer!)).toBe('「見本 単位」を取り下げました')
    expect(more).toEqual([])
    expect(await toldTo('machi', id)).toEqual([])
  })

  test('that it was not, and why; what nobody asked for is no answer', async () => {
    const { id } = await cms.published()
    await ask('machi', id)
    const body = { reason: '単位は正しいです。' }
    await cms.rest('midori', `POST /kizuna-manuscripts/${id}/refuse-withdrawal`, body)
    expect(await toldTo('machi', id)).toMatchObject([
      { kind: 'refused', reason: '単位は正しいです。' },
    ])
    await cms.rest('midori', `POST /kizuna-manuscripts/${id}/withdraw`, {
      reason: '自分で見つけました。',
    })
    expect(await toldTo('machi', id)).toHaveLength(1)
  })

  test('for a week', async () => {
    const later = new Date(Date.now() + 8 * 24 * 3_600_000)
    expect(await findWithdrawalAnswers(await cms.reqOf('hana'), answersSince(later))).toEqual([])
  })
})

test('before the recall the chief reads which text, how it stands and how many towns send it', async () => {
  const { id } = await cms.published({ title: '見本 量' })
  const { body } = await cms.rest('midori', `GET /kizuna-manuscripts/${id}/recall`)
  expect(body).toMatchObject({ title: '見本 量', label: '公開中' })
  expect(body.sentence).toMatch(/自治体/)
  expect(body.sentence).not.toContain('公開しても')
  expect((await cms.rest('hana', `GET /kizuna-manuscripts/${id}/recall`)).status).toBe(403)
  const draft = await cms.draft()
  const none = await cms.rest('midori', `GET /kizuna-manuscripts/${draft.id}/recall`)
  expect(none.body).toEqual({ title: null, sentence: 'この原稿は、いま届けられていません。' })
})

describe('it is refused', () => {
  test.each([
    ['without a reason', 'hana', { reason: ' \n' }, 400],
    ['with a reason that is none', 'hana', { reason: ['x'] }, 400],
    ['with a book', 'hana', { reason: 'あ'.repeat(1001) }, 400],
    ['to a contributor', 'dango', { reason }, 403],
    ['to the chief, who recalls', 'midori', { reason }, 403],
  ] as const)('%s', async (...[, person, body, status]) => {
    const { id } = await cms.published()
    expect((await ask(person, id, body)).status).toBe(status)
    expect(mails).toEqual([])
  })

  test('for what is not out, or not there', async () => {
    const { id } = await cms.draft()
    expect((await ask('hana', id)).status).toBe(409)
    expect((await ask('hana', 'ffffffffffffffffffffffff')).status).toBe(404)
    expect((await ask('machi', id)).status).toBe(404)
  })

  test('after ten in an hour', async () => {
    const ids: string[] = []
    for (let count = 0; count < 11; count += 1) ids.push((await cms.published()).id)
    const statuses: number[] = []
    for (const id of ids) statuses.push((await ask('yoko', id)).status)
    expect(statuses).toEqual([...Array(10).fill(200), 409])
  }, 120_000)
})

test('an add-on of the own town may be asked for; a relay that is down is said', async () => {
  const { id } = await cms.publishedAddOn()
  isRelayDown = true
  const answer = await cms.rest('mayu', `POST /kizuna-add-ons/${id}/ask-withdrawal`, { reason })
  expect(answer.status).toBe(200)
  expect(answer.body.sentence).toMatch(/電話でも知らせて/)
})

test('nothing of what is written becomes part of the mail’s page or subject line', () => {
  const request = {
    state: 'open',
    reason: '<img src=x>',
    by: '<b>花</b>',
    at: '',
    answer: '',
  } as const
  const mail = mailOf(
    { request, title: '題\r\nBcc: x@example.jp', isNew: true },
    '緑',
    'http://cms',
  )
  expect(mail.html).not.toMatch(/<img|<b>/)
  expect(mail.subject).not.toMatch(/[\r\n]/)
})

async function entriesOf(id: string) {
  const where = { documentId: { equals: id } }
  const { docs } = await cms.payload.find({
    collection: 'kizuna-audit-log',
    where,
    depth: 0,
    limit: 100,
  })
  return docs
}
