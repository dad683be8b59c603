import type { Payload, Where } from 'payload'

import { toStore } from '../cms/stored'
import { FOR_EVERYBODY } from './notice'
import { SURVEY_ACT } from '../questionnaire/hooks'
import {
  SURVEY_RESULTS,
  SURVEYS,
  type StoredSurvey,
  type SurveyForm,
} from '../questionnaire/surveys'
import { addDays, localDayOf, type LocalDay } from '../stage/day'
import type { SurveyContent } from '../survey/content'
import type { Question } from '../survey/question'
import { tellResults, type AnswerSheet } from '../survey/results'

/** Town of the sample that asks its own survey. */
const TOWN = '394998'

/** Days from the first start on which it goes out, and on which it is answered for the last time. */
const ASKED_IN = 8
const ANSWERED_FOR = 30

/** Days for which the one by stage is asked and answered. */
const ASKED_FOR = 90

/** Invented answers to the survey that is over, by the code of a sample municipality. */
const ANSWERED: Readonly<Record<string, number>> = { '131997': 180, '272990': 26, [TOWN]: 70 }

const COMMON: SurveyForm = {
  title: '(見本)子育てについてのアンケート',
  easyTitle: '(見本)子育(こそだ)ての アンケート',
  questions: [
    { library: 'region' },
    { library: 'relaxed' },
    {
      library: 'own',
      type: 'scale',
      text: 'この配信は、子育ての役に立っていますか。',
      easy: 'この お知(し)らせは 役(やく)に 立(た)っていますか。',
      options: [
        { label: '立っていない', easy: '立(た)っていない' },
        { label: 'とても立っている', easy: 'とても 立(た)っている' },
      ],
    },
    {
      library: 'own',
      type: 'text',
      text: '配信で知りたいことがあれば、お書きください。',
      easy: '知(し)りたいことを 書(か)いてください。',
    },
  ],
}

const OWN: SurveyForm = {
  title: '(見本)健診の会場について',
  easyTitle: '(見本)健診(けんしん)の ところ',
  questions: [
    {
      library: 'own',
      type: 'single',
      text: '健診の会場は、行きやすい場所でしたか。',
      easy: '健診(けんしん)の ところは 行(い)きやすかったですか。',
      options: [
        { label: '行きやすかった', easy: '行(い)きやすかった' },
        { label: '行きにくかった', easy: '行(い)きにくかった' },
        { label: 'まだ行っていない', easy: 'まだ 行(い)っていない' },
      ],
    },
    {
      library: 'own',
      type: 'multiple',
      text: '会場にあるとよいものは何ですか(いくつでも)。',
      easy: 'ほしい ものは 何(なん)ですか(いくつでも)。',
      options: [
        { label: '駐車場', easy: '車(くるま)を 止(と)める ところ' },
        { label: '授乳室', easy: 'おっぱいを あげる 部屋(へや)' },
        { label: 'きょうだいが遊べる場所', easy: 'きょうだいが 遊(あそ)ぶ ところ' },
      ],
    },
    {
      library: 'own',
      type: 'number',
      text: '家から会場まで、何分かかりましたか。',
      easy: '家(いえ)から 何分(なんぷん)ですか。',
      unit: '分',
    },
    {
      library: 'own',
      type: 'text',
      text: 'そのほか、お気づきのことをお書きください。',
      easy: '思(おも)ったことを 書(か)いてください。',
    },
  ],
}

/** Asked while it lasts, of each family on the day its child comes to the stage of its town. */
const BY_STAGE: SurveyForm = {
  title: '(見本)このごろの子育てについて',
  easyTitle: '(見本)このごろの 子育(こそだ)て',
  questions: [{ library: 'region' }, { library: 'relaxed' }, { library: 'difficulty' }],
}

/** Stages to which children of the sample readers come on the first day, by the code of their town. */
const STAGES: Readonly<Record<string, string>> = { [TOWN]: 'month24', '272990': 'month36' }

const SAID = [
  '(見本)離乳食の進め方を、もう少し早く知りたかったです。',
  '(見本)父親が参加できる集まりの案内がほしいです。',
  '(見本)夜間に相談できるところを載せてください。',
]

/**
 * Three invented surveys (見本): the team's, which is over and has results told as the worker tells them,
 * and two that are approved and may be asked, the team's by stage and a town's own. Can be repeated.
 */
export async function addSampleSurveys(payload: Payload, now: Date): Promise<SampleSurveys> {
  const today = localDayOf(now)
  const { docs: towns } = await payload.find({
    collection: 'kizuna-municipalities',
    depth: 0,
    limit: 0,
  })
  const common = await addApproved(payload, { ...COMMON, endsOn: addDays(today, -10) })
  for (const { id, code } of towns) await addResults(payload, common, { id: String(id), code })
  const stage = await addApproved(payload, { ...BY_STAGE, endsOn: addDays(today, ASKED_FOR) })
  const byStage = String(stage.id)
  const town = towns.find(({ code }) => code === TOWN)
  if (!town) return { byStage, own: null }
  const endsOn = addDays(today, ANSWERED_FOR)
  const own = { ...OWN, endsOn, municipality: town.id, core: common.id }
  return { byStage, own: String((await addApproved(payload, own)).id) }
}

/** Ids of the surveys of the sample that may be asked. */
export interface SampleSurveys {
  byStage: string
  /** Null without its town. */
  own: string | null
}

/** Adds what asks them, as drafts: by stage from today on, the town's own on a day to come. */
export async function addSurveyTexts(
  payload: Payload,
  { byStage, own }: SampleSurveys,
  now: Date,
): Promise<void> {
  const today = localDayOf(now)
  const { docs: towns } = await payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { in: Object.keys(STAGES) } },
    depth: 0,
    pagination: false,
  })
  for (const { id: municipality, code } of towns) {
    const stage = STAGES[code] ?? ''
    await addAsking(payload, stageText({ municipality, survey: byStage, stage, day: today }))
    if (code !== TOWN || own === null) continue
    await addAsking(payload, noticeOf({ municipality, survey: own, day: addDays(today, ASKED_IN) }))
  }
}

async function addApproved(
  payload: Payload,
  data: SurveyForm & { municipality?: string; core?: unknown },
): Promise<StoredSurvey> {
  const { docs } = await payload.find({
    collection: SURVEYS,
    where: { title: { equals: data.title } },
    limit: 1,
    depth: 0,
  })
  if (docs[0]) return docs[0] as unknown as StoredSurvey
  const { id } = await payload.create({ collection: SURVEYS, data: toStore(data), depth: 0 })
  const approved = await payload.update({
    collection: SURVEYS,
    id,
    data: toStore({ state: 'approved' }),
    context: { [SURVEY_ACT]: true },
    depth: 0,
  })
  return approved as unknown as StoredSurvey
}

async function addResults(
  payload: Payload,
  survey: StoredSurvey,
  { id: municipality, code }: { id: string; code: string },
): Promise<void> {
  const count = ANSWERED[code]
  if (count === undefined) return
  const where: Where = {
    and: [{ survey: { equals: survey.id } }, { municipality: { equals: municipality } }],
  }
  const known = await payload.count({ collection: SURVEY_RESULTS, where })
  if (known.totalDocs > 0) return
  const questions = (survey.content as SurveyContent).questions as readonly Question[]
  const sheets = Array.from({ length: count }, (_, at) => sheet(questions, at))
  const told = tellResults(questions, sheets, { asked: count * 3, opened: count + 20 })
  const texts = questions
    .filter(({ type }) => type === 'text')
    .map((question) => ({
      question: question.id,
      texts: SAID.map((text) => ({ text, hasPersonalDetails: false })),
    }))
  const data = toStore({ survey: survey.id, municipality, told, texts })
  await payload.create({ collection: SURVEY_RESULTS, data, depth: 0 })
}

/** One invented answer sheet after the other, the same each time. */
function sheet(questions: readonly Question[], at: number): AnswerSheet {
  const bands = ['age0', 'age0', 'age1to2', 'pregnant'] as const
  const chosen = questions.flatMap(({ id, type, options }, number) => {
    const said = SAID[at % SAID.length] ?? ''
    if (type === 'text') return at % 5 === 0 ? [[id, [said]] as const] : []
    if ((at + number) % 11 === 0) return []
    const step = (at * 7 + number * 3) % 10
    const place = type === 'scale' ? Math.max(1, options.length - 1 - (step % 3)) : shareOf(step)
    const option = options[Math.min(place, options.length - 1)]
    return option ? [[id, [option.code]] as const] : []
  })
  return {
    stage: bands[at % bands.length] ?? 'age0',
    relation: at % 5 === 0 ? 'father' : 'mother',
    device: at % 9 === 0 ? 'pc' : 'phone',
    answers: Object.fromEntries(chosen),
  }
}

/** Of ten six say the first, three the second, one the third. */
function shareOf(step: number): number {
  if (step < 6) return 0
  return step < 9 ? 1 : 2
}

/** Adds what asks a survey, as a draft. */
async function addAsking(payload: Payload, draft: Asking): Promise<void> {
  const { municipality, title } = draft
  const known = await payload.count({
    collection: 'kizuna-add-ons',
    where: { and: [{ municipality: { equals: municipality } }, { title: { equals: title } }] },
  })
  if (known.totalDocs > 0) return
  await payload.create({ collection: 'kizuna-add-ons', draft: true, data: toStore(draft) })
}

interface Asking {
  municipality: string | number
  title: string
}

interface AskedOn {
  municipality: string | number
  survey: string | number
  day: LocalDay
}

function noticeOf({ municipality, survey, day }: AskedOn) {
  const text =
    '健診の会場をよくするために、おたずねします。3 分ほどで終わります。\n\n※このアンケートは見本です。'
  return {
    ...FOR_EVERYBODY,
    municipality,
    title: '(見本)アンケートのお願い',
    from: 'month3',
    to: 'month36',
    timing: 'notice',
    validFrom: day,
    hour: '10-30',
    blocks: [{ blockType: 'survey', survey: String(survey), text }],
  }
}

function stageText({ municipality, survey, day, stage }: AskedOn & { stage: string }) {
  const text =
    'お誕生日おめでとうございます。このごろの子育てについて、3 つだけおたずねします。1 分ほどで終わります。\n\n※このアンケートは見本です。'
  return {
    ...FOR_EVERYBODY,
    municipality,
    title: '(見本)お誕生日のころのアンケート',
    from: stage,
    to: stage,
    timing: 'once',
    validFrom: day,
    blocks: [{ blockType: 'survey', survey: String(survey), text }],
  }
}
