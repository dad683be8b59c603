import type { Figure, Part, StageBand } from '../statistics/figures'
import { STAGE_BANDS } from '../statistics/figures'
import {
  exactFigure,
  protectCounted,
  protectCross,
  protectShare,
  withheld,
  type Counted,
  type ToldCross,
} from '../statistics/protect'
import type { Answers } from './answers'
import { isChosen, type Question } from './question'

/** One answer sheet, of which nothing is known but this. */
export interface AnswerSheet {
  stage: StageBand
  relation: string
  device: string
  answers: Answers
}

/** Readers who were asked, who opened it, and who answered. */
export interface ResponseCounts {
  asked: number
  opened: number
}

/** Code of those who did not answer a question. */
export const NO_ANSWER = 'none'

/** Relations to a child, as they are told apart; what is none of them is `none`. */
export const SURVEY_RELATIONS = ['mother', 'father', 'grandparent', 'other', 'none'] as const

/** Devices, as they are told apart. */
export const SURVEY_DEVICES = ['phone', 'pc'] as const

/** What is told of one question. */
export interface ToldQuestion {
  id: string
  /** Codes of the options, and {@link NO_ANSWER}. */
  parts: Part[]
  /** Who answered it; withheld where it would tell who did not. */
  answered: Figure
  /** Of a question with a formula: both numbers; null where they would tell a small one. */
  rate: { part: number; of: number } | null
  /** Of a scale or a number: the mean of all answers, to one decimal; null where it is not told. */
  mean: number | null
  cross: { stage: ToldCross | null; relation: ToldCross | null }
}

/** What is told of a survey in one municipality, once, after it has ended. */
export interface ToldResults {
  answered: Figure
  response: { asked: Figure; opened: Figure }
  by: { stage: Part[]; relation: Part[]; device: Part[] }
  questions: ToldQuestion[]
}

/**
 * All that leaves the delivery database of a survey in one municipality. Of a question either the
 * options are told, or where they would tell a small number, its rate alone. *Pure.*
 */
export function tellResults(
  questions: readonly Question[],
  sheets: readonly AnswerSheet[],
  counts: ResponseCounts,
): ToldResults {
  const by = (codes: readonly string[], codeOf: (one: AnswerSheet) => string) =>
    protectCounted(countBy(codes, sheets, codeOf)).parts
  return {
    ...tellResponse(sheets.length, counts),
    by: {
      stage: by(STAGE_BANDS, ({ stage }) => stage),
      relation: by(SURVEY_RELATIONS, relationOf),
      device: by(SURVEY_DEVICES, ({ device }) => device),
    },
    questions: questions.map((question) => tellQuestion(question, sheets)),
  }
}

/** Who answered is among those who opened it, and these among those who were asked. */
function tellResponse(answered: number, { asked, opened }: ResponseCounts) {
  const seen = Math.max(opened, answered)
  const all = Math.max(asked, seen)
  const { total, parts } = protectCounted([
    { code: 'answered', count: answered },
    { code: 'opened', count: seen - answered },
    { code: 'asked', count: all - seen },
  ])
  const figureOf = (code: string) => parts.find((one) => one.code === code)?.figure ?? 'withheld'
  const [told, only] = [figureOf('answered'), figureOf('opened')]
  const isTold = typeof told === 'number' && typeof only === 'number'
  return {
    answered: told,
    response: { asked: total, opened: isTold ? told + only : ('withheld' as const) },
  }
}

function relationOf({ relation }: AnswerSheet): string {
  return SURVEY_RELATIONS.find((one) => one === relation) ?? 'none'
}

function countBy(
  codes: readonly string[],
  sheets: readonly AnswerSheet[],
  codeOf: (one: AnswerSheet) => string,
): Counted[] {
  return codes.map((code) => ({
    code,
    count: sheets.filter((one) => codeOf(one) === code).length,
  }))
}

function tellQuestion(question: Question, sheets: readonly AnswerSheet[]): ToldQuestion {
  const valuesOf = ({ answers }: AnswerSheet) => answers[question.id] ?? []
  const given = sheets.filter((one) => valuesOf(one).length > 0)
  const answered: Counted = { code: 'answered', count: given.length }
  const silent: Counted = { code: NO_ANSWER, count: sheets.length - given.length }
  const split = protectCounted([answered, silent])
  const shared = {
    id: question.id,
    answered: split.parts[0]?.figure ?? 'withheld',
    rate: null,
    mean: null,
    cross: { stage: null, relation: null },
  }
  const silentPart = split.parts.slice(1)
  if (!isChosen(question)) {
    const mean = question.type === 'number' ? meanOf(shared.answered, given.map(valuesOf)) : null
    return { ...shared, mean, parts: silentPart }
  }
  if (question.type === 'multiple') {
    const parts = question.options.map(({ code }): Part => {
      const count = given.filter((one) => valuesOf(one).includes(code)).length
      return { code, figure: protectShare(count, given.length) }
    })
    return { ...shared, parts: [...parts, ...silentPart] }
  }
  const codeOf = (one: AnswerSheet) => valuesOf(one)[0] ?? NO_ANSWER
  const codes = [...question.options.map(({ code }) => code), NO_ANSWER]
  const told = tellOptions(question, countBy(codes, sheets, codeOf))
  const isWhole = told.parts.every(({ figure }) => typeof figure === 'number')
  const cross = (rows: readonly string[], rowOf: (one: AnswerSheet) => string) =>
    protectCross(
      rows.map((code) => ({
        code,
        counts: countBy(
          codes,
          sheets.filter((one) => rowOf(one) === code),
          codeOf,
        ),
      })),
    )
  return {
    ...shared,
    ...told,
    mean: question.type === 'scale' && isWhole ? meanOf(given.length, given.map(valuesOf)) : null,
    cross: {
      stage: cross(STAGE_BANDS, ({ stage }) => stage),
      relation: cross(SURVEY_RELATIONS, relationOf),
    },
  }
}

/**
 * Options that add up to all; where one is small, of a question with a formula the rate alone, and where
 * that is small too, nothing: the options that are told otherwise would say why the rate is not.
 */
function tellOptions({ rate }: Question, counts: readonly Counted[]) {
  const isSilent = ({ code }: Counted) => code === NO_ANSWER
  const sum = (some: readonly Counted[]) => some.reduce((all, { count }) => all + count, 0)
  const of = counts.filter((one) => !isSilent(one))
  const silent = sum(counts.filter(isSilent))
  const part = of.filter(({ code }) => rate?.codes.includes(code))
  const whole = protectCounted(counts)
  const isWhole = whole.parts.every(({ figure }) => typeof figure === 'number')
  const answeredOf = (parts: readonly Part[]) =>
    parts.every(({ figure }) => typeof figure === 'number') ? sum(of) : ('withheld' as const)
  if (!rate || isWhole) {
    return {
      parts: whole.parts,
      answered: answeredOf(whole.parts),
      rate: rate && isWhole && sum(of) > 0 ? { part: sum(part), of: sum(of) } : null,
    }
  }
  const halves = protectCounted([
    { code: 'part', count: sum(part) },
    { code: 'rest', count: sum(of) - sum(part) },
    { code: NO_ANSWER, count: silent },
  ])
  if (!halves.parts.every(({ figure }) => typeof figure === 'number')) {
    return { parts: withheld(counts), answered: 'withheld' as const, rate: null }
  }
  const hidden = counts.map((one): Part => ({
    code: one.code,
    figure: isSilent(one) ? exactFigure(silent) : 'withheld',
  }))
  return { parts: hidden, answered: sum(of), rate: { part: sum(part), of: sum(of) } }
}

/** To one decimal; of few none. */
function meanOf(answered: Figure, values: readonly (readonly string[])[]): number | null {
  if (typeof answered !== 'number' || protectShare(answered, answered) !== answered) return null
  if (answered === 0) return null
  const numbers = values.map(([first]) => Number(first))
  return Math.round((numbers.reduce((all, one) => all + one, 0) / answered) * 10) / 10
}
