// A reader answers a survey: by their own link, on a page that knows nothing of them.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { deliveryId } from '../../../../src/plan/candidate'
import { surveySlot } from '../../../../src/plan/notice'
import { asQuestion } from '../../../../src/survey/identity'
import { libraryQuestion } from '../../../../src/survey/library'
import type { Question } from '../../../../src/survey/question'
import {
  ensureSurveyCollections,
  removalOf,
  surveyCollections,
} from '../../../../worker/survey/collections'
import { openAnswer, openBands, type AnsweredSheet } from '../../../../worker/survey/sealed'
import { ledgerCollections } from '../../../../worker/ledger/collections'
import type { Pair } from '../../../../worker/readers/pair'
import { standard } from '../../../../worker/web/words/standard'
import { registration } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { answerToPress, buttonsOf } from '../talk'

const region = asQuestion(libraryQuestion('region')?.question as Question)
const words = { easy: 'やさしい文', unit: '', options: [] }
const times = asQuestion({ ...words, type: 'number', text: '何回ですか', unit: '回' })
const free = asQuestion({ ...words, type: 'text', text: 'ご意見' })
const content = {
  title: '子育てについて',
  easyTitle: '子(こ)どもの ことを 聞(き)きます',
  municipality: '999016',
  endsOn: '2026-12-31',
  questions: [region, times, free] as never,
}
const SURVEY = '6650a1b2c3d4e5f60718293a'

let web: Awaited<ReturnType<typeof openWeb>>
beforeAll(async () => {
  web = await openWeb()
  await ensureSurveyCollections(web.db)
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  const { surveys, marks, tokens, answers } = surveyCollections(web.db)
  for (const one of [marks, tokens, answers]) await (one as typeof marks).deleteMany({})
  const survey = { hash: 'h', content, removeAt: removalOf(content) }
  await surveys.updateOne({ _id: SURVEY }, { $set: survey }, { upsert: true })
})

const stored = () => surveyCollections(web.db)
const opened = async () => {
  const all = await stored().answers.find().toArray()
  return all.map(({ sealed, ...others }) => ({ ...others, ...openAnswer(web.ring, sealed) }))
}

let people = 0
async function register(changed: object = {}) {
  people += 1
  const address = {
    channel: 'line',
    account: 'みなと町',
    address: `U${`${people}`.padStart(32, '0')}`,
  }
  const child = { birthDate: '2026-03-01' }
  const registered = await web.readers.register(
    registration({ address, child, ...changed } as never),
  )
  await ask(registered.readerId)
  return registered
}

/** A text that asks a survey and was planned for a reader. */
async function ask(readerId: string, survey = SURVEY, day = '2026-11-20') {
  const { db } = web
  const pair = await db.collection<Pair>('pairs').findOne({ reader: readerId })
  const _id = deliveryId(pair?._id ?? '', surveySlot(survey))
  const batch = `999016:${day}/1.${survey}`
  await ledgerCollections(db).deliveries.updateOne({ _id }, { $set: { batch } }, { upsert: true })
}

const pathOf = (readerId: string) =>
  `${new URL(web.links.textUrl({ readerId, town: '999016' })).pathname}/survey/${SURVEY}`

async function sheetOf(readerId: string): Promise<string> {
  const { status, headers } = await web.post(pathOf(readerId), {})
  expect(status).toBe(303)
  return new URL(headers.get('location') ?? '', 'https://x').pathname
}

const ANSWERS = { [region.id]: '1', [times.id]: '3', [free.id]: 'よかった' }

test('a look takes no token; the button leads to a page without anything of the reader', async () => {
  const { readerId } = await register()
  const page = await (await web.get(pathOf(readerId))).text()
  expect(page).toContain('子育てについて')
  expect(page).toContain('どなたが答えたかは、だれにも分かりません')
  expect(await stored().marks.countDocuments()).toBe(0)
  const answer = await web.get(await sheetOf(readerId))
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(await answer.text()).not.toContain(readerId)
})

test('it is asked in the words of the reader’s edition, and in the other by a press that loses nothing', async () => {
  const { readerId } = await register({ edition: 'easy' })
  expect(await (await web.get(pathOf(readerId))).text()).toContain('ことを 聞(き)きます')
  const sheet = await sheetOf(readerId)
  const other = await web.post(`${sheet}?lang=easy`, { ...ANSWERS, go: 'words:standard' })
  const page = await other.text()
  expect(page).toContain(region.text)
  expect(page).toContain('よかった')
  expect(page).toMatch(/value="1"\s+checked/)
})

test('the link opens the same page until it is answered, and answers count once', async () => {
  const { readerId } = await register()
  const sheet = await sheetOf(readerId)
  expect(await sheetOf(readerId)).toBe(sheet)
  expect((await web.post(sheet, ANSWERS)).headers.get('location')).toContain(
    '/survey/thanks/999016',
  )
  expect((await web.post(sheet, ANSWERS)).status).toBe(410)
  expect(await (await web.post(pathOf(readerId), {})).text()).toContain('もう答えていただきました')
  expect(await stored().answers.countDocuments()).toBe(1)
  expect(await stored().tokens.countDocuments()).toBe(0)
})

test('two presses at one time are one answer', async () => {
  const { readerId } = await register()
  const sheet = await sheetOf(readerId)
  await Promise.all([web.post(sheet, ANSWERS), web.post(sheet, ANSWERS)])
  expect(await stored().answers.countDocuments()).toBe(1)
})

test('what is wrong is said at the field, and what was typed stands there', async () => {
  const { readerId } = await register()
  const sheet = await sheetOf(readerId)
  const wrong = await web.post(sheet, { ...ANSWERS, [times.id]: '三回' })
  const page = await wrong.text()
  expect(wrong.status).toBe(422)
  expect(page).toContain('回の数を、0〜9999 の数字で')
  expect(page).toContain('value="三回"')
  expect((await web.post(sheet, {})).status).toBe(422)
  expect(await stored().answers.countDocuments()).toBe(0)
})

test('of an answer bands, one word of the device and what was said are kept, without numbers', async () => {
  for (let at = 0; at < 5; at += 1) await register({ relation: 'father', area: '北' })
  const { readerId } = await register({ relation: 'father', area: '北' })
  const sheet = await sheetOf(readerId)
  const said = { ...ANSWERS, [free.id]: '電話は09012345678です' }
  await web.post(sheet, said)
  const [answer] = await opened()
  expect(answer).toEqual({
    _id: expect.any(String),
    survey: SURVEY,
    municipality: '999016',
    stage: 'age0',
    relation: 'father',
    area: '北',
    device: 'pc',
    answers: { [region.id]: ['1'], [times.id]: ['3'], [free.id]: ['電話は〔電話番号〕です'] },
    removeAt: new Date('2027-02-28T15:00:00Z'),
  })
})

test('who asks for help is shown whom to call', async () => {
  const { readerId } = await register()
  const sheet = await sheetOf(readerId)
  const { headers } = await web.post(sheet, { [free.id]: 'もう死にたい' })
  expect(headers.get('location')).toContain('/survey/heard/999016')
})

test('what fewer than five of the town share is not kept', async () => {
  for (let at = 0; at < 5; at += 1) await register({ relation: 'mother', area: '北' })
  const { readerId } = await register({ relation: 'grandparent', area: '北' })
  await sheetOf(readerId)
  const token = await stored().tokens.findOne({})
  expect(openBands(web.ring, token?.sealed ?? '')).toEqual({
    stage: 'age0',
    relation: null,
    area: null,
  })
})

describe('nobody is asked', () => {
  test('after the last day', async () => {
    const { readerId } = await register()
    const sheet = await sheetOf(readerId)
    web.clock.now = new Date('2027-01-01T00:00:00Z')
    expect((await web.get(sheet)).status).toBe(410)
    expect(await (await web.post(pathOf(readerId), {})).text()).toContain('終わりました')
  })
  test('after a stop', async () => {
    const { readerId } = await register()
    await web.collections.readers.updateOne({ _id: readerId }, { $set: { status: 'stopped' } })
    expect((await web.post(pathOf(readerId), {})).status).toBe(410)
  })
  test('whose child’s texts have ended', async () => {
    const { readerId } = await register()
    await web.collections.children.updateMany({}, { $set: { stopped: { at: new Date() } } })
    await web.collections.children.deleteMany({})
    expect((await web.get(pathOf(readerId))).status).toBe(410)
  })
  test('whom no text asked, whatever stands in the address', async () => {
    const { readerId } = await web.readers.register(
      registration({ child: { birthDate: '2026-03-01' } }),
    )
    const refused = await web.post(pathOf(readerId), {})
    expect(await refused.text()).toContain(standard.survey.notAsked)
    await ask(readerId, '6650a1b2c3d4e5f60718293b')
    expect((await web.post(pathOf(readerId), {})).status).toBe(200)
    expect(await stored().tokens.countDocuments()).toBe(0)
    await ask(readerId)
    expect((await web.post(pathOf(readerId), {})).status).toBe(303)
  })
  test('in another town', async () => {
    const { readerId } = await register({ municipality: '999024' })
    expect((await web.post(pathOf(readerId), {})).status).toBe(404)
  })
})

test('in LINE the button, which is the same for all, is answered with the reader’s own link', async () => {
  const { readerId } = await web.readers.register(
    registration({ child: { birthDate: '2026-03-01' } }),
  )
  await ask(readerId)
  const [message] = await answerToPress(web, `kizuna:survey:${SURVEY}`)
  const [button] = buttonsOf(message)
  expect(button?.label).toBe('アンケートに答える')
  const { pathname } = new URL(button?.uri ?? '')
  expect((await web.post(pathname, {})).headers.get('location')).toBe(
    `${await sheetOf(readerId)}?lang=standard`,
  )
})

test('the reader’s own page leads to it until it is answered, and the page of an account without answers there', async () => {
  const { readerId } = await register()
  const other = await register({ edition: 'easy' })
  await stored().surveys.updateOne(
    { _id: 'over' },
    { $set: { content: { ...content, endsOn: '2026-11-01' } } },
    { upsert: true },
  )
  await ask(readerId, 'over')
  const pageOf = async (id: string) => {
    const own = await web.enter(web.links.askedPageUrl(id))
    return (await web.get(own)).text()
  }
  const shown = await pageOf(readerId)
  expect(shown.match(/アンケート「[^」]*」に答える/g)).toEqual([
    'アンケート「子育てについて」に答える',
  ])
  expect(await pageOf(other.readerId)).toContain('アンケート「子(こ)どもの ことを 聞(き)きます」に')
  const sheet = await sheetOf(readerId)
  expect(await pageOf(readerId)).toContain('アンケート「子育てについて」に答える')
  await web.post(sheet, ANSWERS)
  expect(await pageOf(readerId)).not.toContain('アンケート「')
  const before = await (await web.get('/r/999016/change?survey')).text()
  expect(before).toContain('あなたのページを開いてください')
  expect(await (await web.get('/r/999016/change')).text()).not.toContain('アンケート')
})

test('unlinkable: with the whole database in hand nothing leads from an answer to a reader', async () => {
  const areas = ['北', '南']
  const readers: string[] = []
  for (let at = 0; at < 40; at += 1) {
    readers.push((await register({ area: areas[at % 2] })).readerId)
  }
  // Answered in a known order, a minute between one and the next.
  for (const [at, readerId] of readers.entries()) {
    web.clock.now = new Date(web.clock.now.getTime() + 60_000)
    const sheet = await sheetOf(readerId)
    if (at < 30) await web.post(sheet, { [times.id]: String(at) })
  }
  const names = (await web.db.listCollections({}, { nameOnly: true }).toArray()).map(
    ({ name }) => name,
  )
  const ofSurveys = ['surveyMarks', 'surveyTokens', 'surveyAnswers']
  const dump = new Map<string, Record<string, unknown>[]>()
  for (const name of names.filter((one) => !one.startsWith('system.'))) {
    dump.set(name, await web.db.collection(name).find().hint({ $natural: 1 }).toArray())
  }
  const [marks = [], tokens = [], answers = []] = ofSurveys.map((name) => dump.get(name))
  expect([marks.length, tokens.length, answers.length]).toEqual([40, 10, 30])

  // No value of an answer is one of a mark, a token, a reader or anything else, but for what all share,
  // and what it says is sealed: the same words look another way each time.
  const shared = new Set(['survey', 'municipality', 'removeAt'])
  const own = (row: Record<string, unknown>) =>
    Object.entries(row).flatMap(([name, value]) => (shared.has(name) ? [] : [String(value)]))
  const elsewhere = JSON.stringify([...dump].filter(([name]) => name !== 'surveyAnswers'))
  for (const answer of answers) {
    expect(Object.keys(answer).toSorted()).toEqual(['_id', 'sealed', ...shared].toSorted())
    expect(own(answer).filter((value) => elsewhere.includes(value))).toEqual([])
  }
  expect(new Set(answers.map(({ sealed }) => sealed)).size).toBe(answers.length)
  for (const answer of await opened()) {
    const alike = (await opened()).filter(
      ({ stage, relation, area }) =>
        stage === answer.stage && relation === answer.relation && area === answer.area,
    )
    expect(alike.length).toBeGreaterThanOrEqual(5)
  }
  for (const row of [...marks, ...tokens]) {
    const said = JSON.stringify(row)
    expect(readers.filter((id) => said.includes(id))).toEqual([])
  }

  // The order in which they lie is that of hashes and random ids, and none of the readers'.
  const idsIn = (rows: readonly Record<string, unknown>[]) => rows.map(({ _id }) => String(_id))
  for (const rows of [marks, tokens, answers]) {
    expect(idsIn(rows)).toEqual(idsIn(rows).toSorted())
  }
  const order = (await opened()).map(({ answers: given }) => Number(given[times.id]?.[0]))
  expect(order).not.toEqual(order.toSorted((a, b) => a - b))
  // None says when: all that has an instant has the same.
  const instants = [...marks, ...tokens, ...answers].map(({ removeAt }) => String(removeAt))
  expect(new Set(instants).size).toBe(1)
  expect(JSON.stringify([...marks, ...tokens, ...answers])).not.toContain('2026-11-23')
})

test('unlinkable: who alone was asked in a month, by stage, is told by nothing in the whole database', async () => {
  const readers: string[] = []
  for (let at = 0; at < 9; at += 1) {
    const address = {
      channel: 'line',
      account: 'みなと町',
      address: `U${`${at}`.padStart(32, 'a')}`,
    }
    const child = { birthDate: '2026-03-01' }
    readers.push((await web.readers.register(registration({ address, child } as never))).readerId)
  }
  for (const [at, readerId] of readers.entries()) {
    if (at > 0) web.clock.now = new Date('2026-12-20T00:00:00Z')
    await ask(readerId, SURVEY, at > 0 ? '2026-12-20' : '2026-11-20')
    await web.post(await sheetOf(readerId), {
      ...ANSWERS,
      ...(at === 0 && { [free.id]: '困った' }),
    })
  }
  const answers = await stored().answers.find().toArray()
  // None says when, and none, before it is opened with the key, what it is an answer with.
  const said = JSON.stringify(answers)
  expect(said).not.toMatch(/2026-1[12]|困った|age0|mother/)
  const [alone] = (await opened()).filter(({ answers: given }) => given[free.id]?.[0] === '困った')
  const others = (await opened()).filter(({ _id }) => _id !== alone?._id)
  const bandsOf = ({ stage, relation, area, device }: AnsweredSheet) =>
    [stage, relation, area, device].join()
  expect(others.map(bandsOf)).toEqual(others.map(() => bandsOf(alone as AnsweredSheet)))
})
