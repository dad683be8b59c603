import type { Collection, Db } from 'mongodb'

import type { SurveyContent } from '../../src/survey/content'
import { instantOf, type LocalDay } from '../../src/stage/day'
import { addMonths, monthOf } from '../../src/stage/month'
import type { StageBand } from '../../src/statistics/figures'

/** A survey as it was approved, as long as it is answered and told. */
export interface SyncedSurvey {
  /** Its id in the CMS. */
  _id: string
  hash: string
  content: SurveyContent
  /** Every municipality's results are in the CMS. */
  isTold?: true
  removeAt: Date
}

/** That a reader has opened a survey: under a keyed hash, so that the database does not say who. */
export interface SurveyMark {
  /** Keyed hash of survey and reader. */
  _id: string
  survey: string
  municipality: string
  removeAt: Date
}

/** What is known of somebody who answers; null where fewer than five readers of the town share it. */
export interface Bands {
  stage: StageBand
  relation: string | null
  area: string | null
}

/** Lets somebody answer once: nothing in it is of who they are. */
export interface SurveyToken {
  /** Hash of the token that stands in the address. */
  _id: string
  survey: string
  municipality: string
  /** The {@link Bands} of who may answer. */
  sealed: string
  removeAt: Date
}

/** What somebody answered. */
export interface SurveyAnswer {
  /** Random. */
  _id: string
  survey: string
  municipality: string
  /** What was answered, on what, and the {@link Bands} of who did. */
  sealed: string
  removeAt: Date
}

/** Months after its last day that a survey and what was answered are there. */
const KEPT_MONTHS = 2

/** When the database forgets all of a survey: the same instant for everybody who answers. *Pure.* */
export function removalOf({ endsOn }: Pick<SurveyContent, 'endsOn'>): Date {
  return instantOf(`${addMonths(monthOf(endsOn as LocalDay), KEPT_MONTHS + 1)}-01`, '00:00')
}

/** The collections of surveys. */
export function surveyCollections(db: Db) {
  return {
    surveys: db.collection<SyncedSurvey>('surveys'),
    marks: db.collection<SurveyMark>('surveyMarks'),
    tokens: db.collection<SurveyToken>('surveyTokens'),
    answers: db.collection<SurveyAnswer>('surveyAnswers'),
  }
}

/** What {@link surveyCollections} gives. */
export type SurveyCollections = ReturnType<typeof surveyCollections>

/** Stored in the order of their random ids: in another they would lie as they came. */
const IN_NO_ORDER = ['surveyMarks', 'surveyTokens', 'surveyAnswers']

/**
 * Creates the collections and their indexes; may be called at every start.
 *
 * Source: https://www.mongodb.com/docs/v6.0/core/clustered-collections/
 */
export async function ensureSurveyCollections(db: Db): Promise<void> {
  const known = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(nameOf))
  for (const name of IN_NO_ORDER.filter((one) => !known.has(one))) {
    await createClustered(db, name)
  }
  const { surveys, ...others } = surveyCollections(db)
  await surveys.createIndex({ removeAt: 1 }, { expireAfterSeconds: 0 })
  for (const one of Object.values(others) as unknown as Collection[]) {
    await one.createIndex({ removeAt: 1 }, { expireAfterSeconds: 0 })
    await one.createIndex({ survey: 1, municipality: 1 })
  }
}

const NAMESPACE_EXISTS = 48

async function createClustered(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name, { clusteredIndex: { key: { _id: 1 }, unique: true } })
  } catch (error) {
    if ((error as { code?: unknown }).code !== NAMESPACE_EXISTS) throw error
  }
}

function nameOf({ name }: { name: string }): string {
  return name
}
