import type { Db } from 'mongodb'

import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import type { KeyRing } from '../../src/secret/seal'
import { addDays, localDayOf } from '../../src/stage/day'
import { readApprovedSurvey } from '../../src/survey/content'
import type { Question } from '../../src/survey/question'
import { tellResults, type AnswerSheet, type ToldResults } from '../../src/survey/results'
import { MAX_TEXTS, type SurveyTexts } from '../../src/survey/told'
import { isDoneByCms, type Cms } from '../content/cms'
import { countAsked } from './asked'
import { openAnswer, type AnsweredSheet } from './sealed'
import {
  removalOf,
  surveyCollections,
  type SurveyCollections,
  type SyncedSurvey,
} from './collections'

interface ResultsOptions {
  db: Db
  ring: KeyRing
  cms: Pick<Cms, 'all' | 'hasSurveyResult' | 'createSurveyResult'>
  municipalities: () => SyncedMunicipality[]
  now: () => Date
}

interface Deps extends ResultsOptions, SurveyCollections {}

/** Days after the last one on which it is told: then the last texts have been sent. */
const TOLD_AFTER_DAYS = 2

/**
 * Takes over the surveys that were approved, and tells each municipality's results once, when nobody
 * answers any more: told twice, the difference would say what one person answered.
 */
export function createSurveyWork(options: ResultsOptions) {
  const deps: Deps = { ...options, ...surveyCollections(options.db) }
  return {
    /** Takes over what was approved; what cannot be had is asked for the next time. */
    sync: () => isDoneByCms(() => sync(deps)),
    /** Tells what has ended. */
    push: () => isDoneByCms(() => push(deps)),
  }
}

async function sync({ cms, surveys, now }: Deps): Promise<void> {
  for (const document of await cms.all('kizuna-surveys')) {
    const survey = readApprovedSurvey(document)
    if (!survey || removalOf(survey.content) <= now()) continue
    const { id: _id, hash, content } = survey
    const known = { hash, content, removeAt: removalOf(content) }
    await surveys.updateOne({ _id }, { $setOnInsert: known }, { upsert: true })
  }
}

async function push(deps: Deps): Promise<void> {
  const last = addDays(localDayOf(deps.now()), -TOLD_AFTER_DAYS)
  const ended = await deps.surveys
    .find({ 'content.endsOn': { $lte: last }, isTold: { $exists: false } })
    .toArray()
  for (const survey of ended) {
    for (const town of deps.municipalities()) await tell(deps, survey, town)
    await deps.surveys.updateOne({ _id: survey._id }, { $set: { isTold: true } })
  }
}

async function tell(deps: Deps, survey: SyncedSurvey, town: SyncedMunicipality): Promise<void> {
  const { cms, db, ring, marks, answers } = deps
  const of = { survey: survey._id, municipality: town.code }
  const opened = await marks.countDocuments(of)
  const asked = await countAsked(db, of)
  if (opened + asked === 0) return // nobody there was asked
  const where = { survey: survey._id, municipality: town.cmsId }
  if (await cms.hasSurveyResult(where)) return
  const given = (await answers.find(of).toArray()).map(({ sealed }) => openAnswer(ring, sealed))
  const questions = survey.content.questions as readonly Question[]
  const told: ToldResults = tellResults(questions, given.map(sheetOf), { asked, opened })
  await cms.createSurveyResult({ ...where, told, texts: textsOf(questions, given) })
}

function sheetOf({ stage, relation, device, answers }: AnsweredSheet): AnswerSheet {
  return { stage, device, answers, relation: relation ?? 'none' }
}

/** They lie in the order of random ids, and so they are told. */
function textsOf(questions: readonly Question[], given: readonly AnsweredSheet[]): SurveyTexts {
  return questions
    .filter(({ type }) => type === 'text')
    .map(({ id: question }) => ({
      question,
      texts: given
        .flatMap(({ answers }) => answers[question] ?? [])
        .slice(0, MAX_TEXTS)
        .map((text) => ({ text, hasPersonalDetails: text.includes('〔') })),
    }))
}
