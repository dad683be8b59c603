import type { PayloadRequest, Where } from 'payload'

import { relatedId } from '../cms/relation'
import { findTowns, type Town } from '../municipality/findTowns'
import { ALL } from '../numbers/load'
import type { SurveyContent } from '../survey/content'
import type { Question } from '../survey/question'
import { reportOf, surveyReport, type QuestionReport, type SurveyReport } from '../survey/report'
import type { ToldQuestion, ToldResults } from '../survey/results'
import { readSurveyTexts, readToldResults, type SurveyTexts } from '../survey/told'
import { findSurvey } from './acts'
import { SURVEY_RESULTS, SURVEYS, type StoredSurvey } from './surveys'

/** The results of a survey as a page or a file shows them. */
export interface SurveyResults {
  title: string
  /** Null for all municipalities together. */
  town: Town | null
  /** Those of which there are results that the person may read. */
  towns: Town[]
  report: SurveyReport
  /** What was written of a town's own: for all together there is none. */
  texts: SurveyTexts
}

interface TownResult {
  municipality: string
  told: ToldResults
  texts: SurveyTexts
}

/**
 * The results of a survey, of one municipality or of all the person may read; null before they are
 * there, and for a municipality whose are not theirs to read.
 *
 * @throws ReviewRefusal NOT_FOUND.
 */
export async function loadResults(
  req: PayloadRequest,
  { survey: id, municipality }: { survey: string; municipality?: string | undefined },
): Promise<SurveyResults | null> {
  const survey = await findSurvey(req, id)
  const found = await findResults(req, { survey: { equals: id } }, false)
  const all = await findResults(req, { survey: { equals: id } }, true)
  const known = new Set(found.map((one) => one.municipality))
  const towns = (await findTowns(req)).filter((one) => known.has(one.id))
  const isOfAll = !municipality || municipality === ALL
  const only = towns.length === 1 ? towns[0] : undefined
  const asked = towns.find((one) => one.id === municipality)
  if (!isOfAll && !asked) return null
  const town = isOfAll ? only : asked
  const own = town ? found.filter((one) => one.municipality === town.id) : found
  if (own.length === 0) return null
  const { questions } = survey.content as SurveyContent
  return {
    towns,
    town: town ?? null,
    title: survey.title ?? '',
    report: surveyReport(questions as readonly Question[], own.map(toldOf), all.map(toldOf)),
    texts: town ? own.flatMap(({ texts }) => texts) : [],
  }
}

/** Results of surveys; all of them only to make an average of. */
async function findResults(
  req: PayloadRequest,
  where: Where,
  overrideAccess: boolean,
): Promise<TownResult[]> {
  const { docs } = await req.payload.find({
    collection: SURVEY_RESULTS,
    where,
    depth: 0,
    pagination: false,
    overrideAccess,
    req,
  })
  return docs.flatMap(({ municipality, told, texts }) => {
    const read = readToldResults(told)
    if (!read) return []
    const town = relatedId(municipality) ?? ''
    return [{ municipality: town, told: read, texts: readSurveyTexts(texts) ?? [] }]
  })
}

function toldOf({ told }: TownResult): ToldResults {
  return told
}

/** A question over all surveys of a fiscal year that asked it in exactly this wording. */
export interface MergedQuestion extends QuestionReport {
  /** Titles of the surveys. */
  surveys: string[]
  towns: number
}

/** All questions of a fiscal year, merged by their identity, of all the person may read. */
export async function loadYear(req: PayloadRequest, year: number): Promise<MergedQuestion[]> {
  const { docs } = await req.payload.find({
    collection: SURVEYS,
    where: {
      and: [
        { state: { equals: 'approved' } },
        { endsOn: { greater_than_equal: `${year}-04-01`, less_than: `${year + 1}-04-01` } },
      ],
    },
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  const merged = new Map<string, Merged>()
  for (const survey of docs as unknown as StoredSurvey[]) {
    const results = await findResults(req, { survey: { equals: survey.id } }, false)
    if (results.length === 0) continue
    for (const question of (survey.content as SurveyContent).questions as readonly Question[]) {
      const known = merged.get(question.id) ?? { question, told: [], towns: [], surveys: [] }
      merged.set(question.id, known)
      known.surveys.push(survey.title ?? '')
      for (const { municipality, told } of results) {
        known.told.push(...told.questions.filter(({ id }) => id === question.id))
        known.towns.push(municipality)
      }
    }
  }
  return [...merged.values()].map(({ question, told, towns, surveys }) => ({
    ...reportOf(question, told, []),
    surveys,
    towns: new Set(towns).size,
  }))
}

interface Merged {
  question: Question
  told: ToldQuestion[]
  towns: string[]
  surveys: string[]
}
