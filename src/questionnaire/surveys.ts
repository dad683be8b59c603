import { relatedId } from '../cms/relation'

/** Slug of the surveys. */
export const SURVEYS = 'kizuna-surveys'

/** Slug of what is told of their answers. */
export const SURVEY_RESULTS = 'kizuna-survey-results'

/** How far a survey is; an approved one never changes. */
export const SURVEY_STATES = [
  { value: 'draft', label: '下書き' },
  { value: 'submitted', label: '承認待ち' },
  { value: 'approved', label: '承認済み' },
] as const

/** One of these states. */
export type SurveyState = (typeof SURVEY_STATES)[number]['value']

/** What stands in the select of the library for a question of one's own. */
export const OWN_QUESTION = 'own'

/** Most questions: three minutes on a phone. */
export const MAX_QUESTIONS = 20

/** Most options of a question. */
export const MAX_OPTIONS = 12

/** Words of an option in both editions, as the form holds them. */
export interface FormWords {
  label?: string | null
  easy?: string | null
}

/** A question as the form holds it. */
export interface FormQuestion extends Omit<FormWords, 'label'> {
  library?: string | null
  type?: string | null
  text?: string | null
  options?: readonly FormWords[] | null
  unit?: string | null
}

/** A survey as the form holds it. */
export interface SurveyForm {
  title?: string | null
  easyTitle?: string | null
  endsOn?: string | null
  questions?: readonly FormQuestion[] | null
}

/** A survey as it is stored. */
export interface StoredSurvey extends SurveyForm {
  id: string | number
  state?: SurveyState | null
  municipality?: unknown
  core?: unknown
  authors?: unknown[] | null
  content?: unknown
  contentHash?: string | null
}

/** Ids of those who wrote on it. *Pure.* */
export function authorsOf({ authors }: Pick<StoredSurvey, 'authors'>): string[] {
  return (authors ?? []).flatMap((one) => relatedId(one as string) ?? [])
}
