// Surveys as the worker has them: taken over as they were approved, told once after their last day.
import { afterAll, beforeEach, expect, test } from '@jest/globals'

import { deliveryId } from '../../../src/plan/candidate'
import { surveySlot } from '../../../src/plan/notice'
import type { SyncedMunicipality } from '../../../src/plan/readCmsDocuments'
import { surveyHash, type SurveyContent } from '../../../src/survey/content'
import { asQuestion } from '../../../src/survey/identity'
import type { ToldResults } from '../../../src/survey/results'
import type { SurveyTexts } from '../../../src/survey/told'
import { CmsError } from '../../../worker/content/cms'
import { countAsked } from '../../../worker/survey/asked'
import { ensureSurveyCollections, surveyCollections } from '../../../worker/survey/collections'
import { createSurveyWork } from '../../../worker/survey/results'
import { sealAnswer } from '../../../worker/survey/sealed'
import { settings } from '../../src/plan/town'
import { openStore, START } from '../readers/openStore'

const store = await openStore()
await ensureSurveyCollections(store.db)
afterAll(() => store.close())

const words = { easy: 'やさしい', unit: '' }
const option = (code: string) => ({ code, label: code, easy: code })
const yesNo = asQuestion({ ...words, type: 'single', text: '?', options: ['1', '2'].map(option) })
const free = asQuestion({ ...words, type: 'text', text: '意見', options: [] })
const content: SurveyContent = {
  ...{ title: '題', easyTitle: '題', municipality: null, endsOn: '2026-11-30' },
  questions: [yesNo, free] as never,
}

interface Result {
  municipality: string
  told: ToldResults
  texts: SurveyTexts
}
const state = { isDown: false, results: [] as Result[] }
const TOWNS = ['999016', '999024']
const { sync, push } = createSurveyWork({
  db: store.db,
  ring: store.ring,
  now: () => store.clock.now,
  municipalities: () =>
    TOWNS.map((code) => ({ ...settings({ code }), cmsId: `id-${code}` }) as SyncedMunicipality),
  cms: {
    all: async () => [
      { id: 'S1', state: 'approved', contentHash: surveyHash(content), content },
      { id: 'S2', state: 'approved', contentHash: 'of something else', content },
    ],
    hasSurveyResult: async ({ municipality }) => {
      if (state.isDown) throw new CmsError('CMS に接続できません。')
      return state.results.some((one) => one.municipality === municipality)
    },
    createSurveyResult: async (result) => void state.results.push(result as Result),
  },
})

const { surveys, marks, answers } = surveyCollections(store.db)
beforeEach(async () => {
  for (const one of [surveys, marks, answers]) await (one as typeof marks).deleteMany({})
  state.results = []
  state.isDown = false
  store.clock.now = START
  await sync()
  const of = { survey: 'S1', municipality: '999016', removeAt: new Date('2027-02-01') }
  const bands = { stage: 'age0' as const, relation: 'mother', area: null }
  for (let at = 0; at < 30; at += 1) {
    await marks.insertOne({ _id: `m${at}`, ...of })
    if (at >= 24) continue
    const given = { [yesNo.id]: [at < 16 ? '1' : '2'], ...(at === 0 && { [free.id]: ['よい'] }) }
    const sealed = sealAnswer(store.ring, { ...bands, device: 'phone', answers: given })
    await answers.insertOne({ _id: `a${at}`, ...of, sealed })
  }
})

test('what was approved is taken over, and what is not that is left alone', async () => {
  expect(await surveys.find().toArray()).toMatchObject([{ _id: 'S1', content }])
})

test('nothing is told before its end, and then once, of towns where somebody was asked', async () => {
  store.clock.now = new Date('2026-12-01T03:00:00Z')
  await push()
  expect(state.results).toEqual([])
  store.clock.now = new Date('2026-12-02T03:00:00Z')
  for (let time = 0; time < 2; time += 1) await push()
  expect(state.results).toHaveLength(1)
  const [{ municipality, told, texts } = {} as Result] = state.results
  expect(municipality).toBe('id-999016')
  expect(told.questions[0]?.parts.map(({ figure }) => figure)).toEqual([16, 8, 0])
  expect(told.response).toEqual({ asked: 30, opened: 30 })
  const [said] = texts
  expect(said).toEqual({ question: free.id, texts: [{ text: 'よい', hasPersonalDetails: false }] })
})

test('while the CMS does not answer it is tried again', async () => {
  store.clock.now = new Date('2026-12-02T03:00:00Z')
  state.isDown = true
  await push()
  expect(state.results).toEqual([])
  state.isDown = false
  await push()
  expect(state.results).toHaveLength(1)
})

test('asked are those whom it has reached, on whichever days and by whichever texts', async () => {
  const { db } = store
  const insert = (name: string, ...rows: object[]) => db.collection(name).insertMany(rows as never)
  await insert(
    'batches',
    { _id: 'b1', state: 'accepted' },
    { _id: 'b2', state: 'settled' },
    { _id: 'b3', state: 'excluded' },
  )
  const idOf = (pair: number, survey = 'S1') => deliveryId(`999016:${pair}`, surveySlot(survey))
  await insert(
    'deliveries',
    { _id: idOf(1), batch: 'b1' },
    { _id: idOf(2), batch: 'b1', status: 'rejected' },
    { _id: idOf(3), batch: 'b2', status: 'accepted' },
    { _id: idOf(4), batch: 'b3' },
    { _id: idOf(5, 'S10'), batch: 'b1' },
  )
  expect(await countAsked(db, { survey: 'S1', municipality: '999016' })).toBe(2)
  expect(await countAsked(db, { survey: 'S1', municipality: '999024' })).toBe(0)
})
