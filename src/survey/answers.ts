import { isChosen, type Question } from './question'

/** What one reader answered, by question: codes, or one number or text; without it there is no answer. */
export type Answers = Readonly<Record<string, readonly string[]>>

/** Most letters of a free text. */
export const MAX_FREE_TEXT = 400

/** Most of a number. */
export const MAX_NUMBER = 9999

/** What is wrong with what was typed. */
export type AnswerFault = 'number' | 'tooLong'

/** What was typed, and what is wrong with it by question. */
export interface ReadAnswers {
  answers: Answers
  faults: Readonly<Record<string, AnswerFault>>
}

/**
 * The answers of a form, by the ids of the questions: no question has to be answered, and codes that are
 * not offered are none. *Pure.*
 */
export function readAnswers(
  questions: readonly Question[],
  typed: Readonly<Record<string, unknown>>,
): ReadAnswers {
  const read = questions.map((question) => {
    const given = valuesOf(typed[question.id])
    return { id: question.id, ...readOne(question, given) }
  })
  const answered = read.filter(({ values }) => values.length > 0)
  const faulty = read.filter(({ fault }) => fault !== null)
  return {
    answers: Object.fromEntries(answered.map(({ id, values }) => [id, values])),
    faults: Object.fromEntries(faulty.map(({ id, fault }) => [id, fault as AnswerFault])),
  }
}

/** A form sends one value as it is, and several as a list. */
function valuesOf(given: unknown): string[] {
  const values: unknown[] = Array.isArray(given) ? given : [given]
  return values.filter((one) => typeof one === 'string')
}

interface ReadOne {
  values: string[]
  fault: AnswerFault | null
}

function readOne(question: Question, given: readonly string[]): ReadOne {
  if (isChosen(question)) {
    const codes = question.options.map(({ code }) => code).filter((code) => given.includes(code))
    return { values: question.type === 'multiple' ? codes : codes.slice(0, 1), fault: null }
  }
  const typed = (given[0] ?? '').replace(/\r\n?/g, '\n').trim()
  if (typed === '') return { values: [], fault: null }
  return question.type === 'number' ? readNumber(typed) : readText(typed)
}

function readNumber(typed: string): ReadOne {
  const digits = typed.normalize('NFKC')
  const isNumber = /^\d{1,4}$/.test(digits) && Number(digits) <= MAX_NUMBER
  return isNumber
    ? { values: [String(Number(digits))], fault: null }
    : { values: [typed], fault: 'number' }
}

function readText(typed: string): ReadOne {
  return { values: [typed], fault: [...typed].length > MAX_FREE_TEXT ? 'tooLong' : null }
}
