import { isLocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import type { SurveyContent } from '../survey/content'
import { asQuestion } from '../survey/identity'
import { libraryQuestion } from '../survey/library'
import { isChosen, scaleOptions, type Question, type QuestionType } from '../survey/question'
import {
  MAX_OPTIONS,
  MAX_QUESTIONS,
  type FormQuestion,
  type FormWords,
  type SurveyForm,
} from './surveys'

interface Beside {
  /** Six-digit code; null is common to all. */
  municipality: string | null
  /** Questions of the common survey it begins with. */
  core: readonly Question[]
}

/** What a form says, as it would be approved. *Pure.* */
export function surveyContent(form: SurveyForm, { municipality, core }: Beside): SurveyContent {
  const own = (form.questions ?? []).map(questionOf)
  const questions = [...core, ...own].map(({ rate, options, ...question }) => ({
    ...question,
    options: [...options],
    ...(rate && { rate: { label: rate.label, codes: [...rate.codes] } }),
  }))
  return {
    municipality,
    questions,
    title: line(form.title),
    easyTitle: line(form.easyTitle) || line(form.title),
    endsOn: line(form.endsOn),
  }
}

function questionOf(form: FormQuestion): Question {
  const known = libraryQuestion(form.library)
  if (known) return asQuestion(known.question)
  const type = (form.type ?? 'single') as QuestionType
  const words = { type, text: line(form.text), easy: line(form.easy), unit: '' }
  if (type === 'number') return asQuestion({ ...words, unit: line(form.unit), options: [] })
  return asQuestion({ ...words, options: optionsOf(type, form.options ?? []) })
}

/** Codes follow the order: other options, or another order, are another question. */
function optionsOf(type: QuestionType, rows: readonly FormWords[]) {
  const words = rows.map(({ label, easy }) => ({ label: line(label), easy: line(easy) }))
  if (type === 'scale') {
    const nothing = { label: '', easy: '' }
    return scaleOptions(words[0] ?? nothing, words[1] ?? nothing)
  }
  if (!isChosen({ type })) return []
  return words.map((one, at) => ({ code: String(at + 1), ...one }))
}

function line(text: string | null | undefined): string {
  return (text ?? '').trim()
}

/** What is missing before a survey can be approved, each a sentence. *Pure.* */
export function surveyProblems(content: SurveyContent, today: string): string[] {
  const { title, endsOn, questions } = content
  const ids = questions.map(({ id }) => id)
  const twice = questions.find(({ id }, at) => ids.indexOf(id) !== at)
  return [
    ...(title === '' ? ['題名を入れてください。'] : []),
    ...dayProblems(endsOn, today),
    ...(questions.length === 0
      ? ['質問がまだありません。「質問を追加」を押して、1 つ選ぶか書いてください。']
      : []),
    ...(questions.length > MAX_QUESTIONS
      ? [`質問が ${questions.length} 個あります。${MAX_QUESTIONS} 個までにしてください。`]
      : []),
    ...(twice ? [`同じ質問が 2 つあります:「${twice.text}」。1 つ消してください。`] : []),
    ...questions.flatMap((question, at) => questionProblems(question, at + 1)),
  ]
}

function dayProblems(endsOn: string, today: string): string[] {
  if (!isLocalDay(endsOn)) return ['「答えられる最後の日」を入れてください。']
  if (endsOn > today) return []
  return [
    `「答えられる最後の日」が ${dayLabel(endsOn)} です。あしたか、それより後の日にしてください。`,
  ]
}

function questionProblems(question: Question, number: number): string[] {
  const { text, easy, options, library } = question
  if (library) return []
  const name = `質問 ${number}`
  const words = options.every(({ label, easy: plain }) => label !== '' && plain !== '')
  return [
    ...(text === '' ? [`${name}: 質問の文を入れてください。`] : []),
    ...(easy === '' ? [`${name}: やさしい日本語の文を入れてください。`] : []),
    ...(isChosen(question) && options.length < 2
      ? [`${name}: 答えの選択肢を 2 つ以上入れてください。`]
      : []),
    ...(options.length > MAX_OPTIONS
      ? [`${name}: 選択肢は ${MAX_OPTIONS} 個までにしてください。`]
      : []),
    ...(question.type !== 'scale' && !words
      ? [`${name}: 選択肢の言葉と、やさしい日本語の言葉を、どちらも入れてください。`]
      : []),
  ]
}
