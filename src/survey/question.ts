/** How a question is answered. */
export const QUESTION_TYPES = [
  { value: 'single', label: '1つ選ぶ' },
  { value: 'multiple', label: 'いくつでも選ぶ' },
  { value: 'scale', label: '5段階' },
  { value: 'number', label: '数を書く' },
  { value: 'text', label: '自由に書く' },
] as const

/** One of these ways. */
export type QuestionType = (typeof QUESTION_TYPES)[number]['value']

/** One answer that may be chosen, in both editions; the code is what is counted. */
export interface SurveyOption {
  code: string
  label: string
  easy: string
}

/** A rate that is reported of a question: these codes ÷ all who answered (no answer is not among them). */
export interface RateFormula {
  label: string
  codes: readonly string[]
}

/** What a question says and how it is answered, before it has its identity. */
export interface QuestionWording {
  type: QuestionType
  text: string
  /** The same in the edition やさしい日本語. */
  easy: string
  /** Of what is chosen; else empty. */
  options: readonly SurveyOption[]
  /** Of a number: what it counts in, such as 回; else empty. */
  unit: string
}

/** A question of a survey. */
export interface Question extends QuestionWording {
  /** Hash of the wording and the codes: another wording is another question. */
  id: string
  /** Code in the library; absent: the survey's own. */
  library?: string
  rate?: RateFormula
}

/** Steps of a scale. */
export const SCALE_STEPS = ['1', '2', '3', '4', '5'] as const

/** The five steps of a scale, of which the ends have words. *Pure.* */
export function scaleOptions(
  low: Omit<SurveyOption, 'code'>,
  high: Omit<SurveyOption, 'code'>,
): SurveyOption[] {
  const wordsOf = (step: string) => (step === '1' ? low : step === '5' ? high : null)
  return SCALE_STEPS.map((code) => {
    const words = wordsOf(code)
    return {
      code,
      label: words ? `${code} ${words.label}` : code,
      easy: words ? `${code} ${words.easy}` : code,
    }
  })
}

/** Whether a question is answered by what is offered. *Pure.* */
export function isChosen({ type }: Pick<Question, 'type'>): boolean {
  return type === 'single' || type === 'multiple' || type === 'scale'
}
