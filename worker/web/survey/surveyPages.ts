import type { MunicipalitySettings } from '../../../src/plan/settings'
import { html, type Html, type HtmlValue } from '../../../src/release/escape'
import type { LocalDay } from '../../../src/stage/day'
import { MAX_FREE_TEXT, type AnswerFault, type Answers } from '../../../src/survey/answers'
import type { SurveyContent } from '../../../src/survey/content'
import { isChosen } from '../../../src/survey/question'

import {
  actionsAfterReading,
  checkboxes,
  errorSummary,
  radios,
  textArea,
  textField,
  titleWith,
  type FieldErrors,
} from '../field'
import { languageButtons, languageLinks } from '../languageSwitch'
import { notice, type Page } from '../page'
import type { Words } from '../words/standard'
import { codeOf } from '../words/words'

/** Whose survey a page is of, and in which words it is written. */
export interface SurveyView {
  town: MunicipalitySettings
  words: Words
}

type Asked = SurveyContent['questions'][number]

/** UTF-16 units that a field takes: what is too long comes back with what was written. */
const MOST_TYPED = 4000

const TEXT_ROWS = 4

/** What a survey is called in the words of the page. *Pure.* */
export function titleOf({ title, easyTitle }: SurveyContent, words: Words): string {
  return isEasy(words) ? easyTitle : title
}

function isEasy(words: Words): boolean {
  return codeOf(words) === 'easy'
}

/** What it is and that nobody is known by it, with one button: a look takes no token. *Pure.* */
export function startPage({ town, words }: SurveyView, content: SurveyContent): Page {
  const { survey } = words
  const title = titleOf(content, words)
  const body = html`${languageLinks(words, (code) => `?lang=${code}`)}
    <h1>${title}</h1>
    <p>${survey.about(content.questions.length)}</p>
    <p>${survey.anonymous}</p>
    <p>${survey.until(words.day(content.endsOn as LocalDay))}</p>
    <form method="post" action="?lang=${codeOf(words)}">${actionsAfterReading(survey.start)}</form>`
  return { title, body, words, municipality: town }
}

interface Typed {
  answers: Answers
  faults: Readonly<Record<string, AnswerFault>>
  /** Sent without an answer. */
  isEmpty: boolean
}

/** All questions on one page, in the order they were approved in; with what was typed. *Pure.* */
export function answerPage(
  { town, words }: SurveyView,
  content: SurveyContent,
  typed: Typed,
): Page {
  const title = titleOf(content, words)
  const errors = errorsOf(content, typed, words)
  const body = html`${errorSummary(errors, words)}
    <form method="post" action="?lang=${codeOf(words)}" novalidate>
      ${languageButtons(words)}
      <h1>${title}</h1>
      <p>${words.survey.anonymous}</p>
      ${content.questions.map((question) => field(question, { typed, errors, words }))}
      ${actionsAfterReading(words.survey.send)}
    </form>`
  return { title: titleWith(errors, title, words), body, words, municipality: town }
}

function errorsOf(
  { questions }: SurveyContent,
  { faults, isEmpty }: Typed,
  { survey }: Words,
): FieldErrors {
  const [first] = questions
  if (isEmpty && first) return { [first.id]: survey.empty }
  return Object.fromEntries(
    questions.flatMap(({ id, unit }) => {
      const fault = faults[id]
      if (!fault) return []
      const why =
        fault === 'number' ? survey.faults.number(unit) : survey.faults.tooLong(MAX_FREE_TEXT)
      return [[id, why] as const]
    }),
  )
}

interface FieldInput {
  typed: Typed
  errors: FieldErrors
  words: Words
}

function field(question: Asked, { typed, errors, words }: FieldInput): Html {
  const { id: name, type, options, unit } = question
  const own = isEasy(words)
  const label = own ? question.easy : question.text
  const values = typed.answers[name] ?? []
  const asked = { name, label, errors, words }
  if (isChosen(question)) {
    const choices = options.map((one) => ({ value: one.code, label: own ? one.easy : one.label }))
    return type === 'multiple'
      ? checkboxes(asked, { choices, values })
      : radios(asked, { choices, value: values[0] ?? '' })
  }
  const value = values[0] ?? ''
  if (type === 'number') {
    return textField(
      { ...asked, ...(unit && { hint: unit }) },
      { type: 'text', value, autocomplete: 'off' },
    )
  }
  return textArea(
    { ...asked, hint: words.survey.textHint },
    { value, rows: TEXT_ROWS, most: MOST_TYPED },
  )
}

/** Why there is nothing to answer. *Pure.* */
export function closedPage(
  view: SurveyView,
  why: 'answered' | 'ended' | 'gone' | 'notAsked',
): Page {
  const { survey } = view.words
  const sentence: HtmlValue = {
    answered: survey.answeredWhy,
    ended: survey.endedWhy,
    gone: survey.goneWhy,
    notAsked: survey.notAskedWhy,
  }[why]
  const title = survey[why]
  return { title, body: notice(title, sentence), words: view.words, municipality: view.town }
}
