import type { Part } from '../statistics/figures'
import { FIGURE_NAMES } from '../statistics/names'
import { sumInWords, sumOf, sumsByCode, type Sum } from '../statistics/sum'
import { libraryQuestion } from './library'
import { isChosen, type Question } from './question'
import { NO_ANSWER, type ToldQuestion, type ToldResults } from './results'

/** One answer, by how many it was given. */
export interface AnswerRow {
  code: string
  label: string
  /** 27人, 5人未満, —. */
  words: string
  /** Of those who answered, 0 to 100; null where it is not told. */
  percent: number | null
  /** The same of all municipalities; null where it is not told. */
  average: number | null
}

/** Who answers what, by stage or relation: every number is exact. */
export interface CrossTable {
  title: string
  /** Labels of the answers. */
  columns: string[]
  rows: { label: string; counts: number[] }[]
}

/** What is told of one question, in words. */
export interface QuestionReport {
  id: string
  text: string
  /** Where wording and counting come from, or that it is the survey's own. */
  origin: string
  /** What the numbers say at once. */
  finding: string
  rows: AnswerRow[]
  /** The mean of a scale or a number, in words; null where there is none. */
  mean: string | null
  crosses: CrossTable[]
  /** Why people are not told apart; empty where they are. */
  note: string
}

/** What is told of a survey, in words. */
export interface SurveyReport {
  /** Of how many municipalities. */
  towns: number
  /** Asked, opened and answered, and the rate of response. */
  response: { item: string; words: string }[]
  by: { title: string; rows: { item: string; words: string }[] }[]
  questions: QuestionReport[]
}

/** Of fewer the average would tell what a single other one said. */
const LEAST_FOR_AVERAGE = 3

/**
 * What some municipalities were told, in words; beside it the average of all, where there are enough of
 * them. Sums are made of what was told alone, so nothing hidden comes out. *Pure.*
 */
export function surveyReport(
  questions: readonly Question[],
  own: readonly ToldResults[],
  all: readonly ToldResults[],
): SurveyReport {
  const answered = sumOf(own.map((one) => one.answered))
  const asked = sumOf(own.map(({ response }) => response.asked))
  const opened = sumOf(own.map(({ response }) => response.opened))
  const rate = percentOf(answered, asked)
  const beside = all.length > own.length ? all : []
  return {
    towns: own.length,
    response: [
      { item: 'たずねた', words: sumInWords(asked, '人') },
      { item: '開いた', words: sumInWords(opened, '人') },
      { item: '答えた', words: sumInWords(answered, '人') },
      { item: '回答率(答えた ÷ たずねた)', words: rate === null ? '—' : `${rate}%` },
    ],
    by: (
      [
        ['お子さんのころあい', 'stage'],
        ['続柄', 'relation'],
        ['使った機器', 'device'],
      ] as const
    ).map(([title, name]) => ({
      title,
      rows: sumsByCode(own.map(({ by }) => by[name]))
        .filter(({ sum }) => sum.most !== 0)
        .map(({ code, sum }) => ({ item: nameOf(name, code), words: sumInWords(sum, '人') })),
    })),
    questions: questions.map((question) =>
      reportOf(question, toldOf(question, own), toldOf(question, beside)),
    ),
  }
}

const DEVICES: Readonly<Record<string, string>> = { phone: 'スマホ', pc: 'パソコン' }

function nameOf(name: 'stage' | 'relation' | 'device', code: string): string {
  return (name === 'device' ? DEVICES[code] : FIGURE_NAMES[name]?.[code]) ?? code
}

function toldOf({ id }: Question, results: readonly ToldResults[]): ToldQuestion[] {
  return results.flatMap(({ questions }) => questions.filter((one) => one.id === id))
}

/** One question of one or more municipalities, by its identity: the wording is the same. *Pure.* */
export function reportOf(
  question: Question,
  own: readonly ToldQuestion[],
  all: readonly ToldQuestion[],
): QuestionReport {
  const [only, ...others] = own
  const single = others.length === 0 ? only : undefined
  // Of several those that were told whole: a sum with a hidden part is no number to compare with.
  const counted = single ? own : own.filter(isWhole)
  const rows = rowsOf(question, counted, all.filter(isWhole))
  const crosses = single ? crossesOf(question, single) : []
  return {
    id: question.id,
    text: question.text,
    origin: originOf(question),
    finding: findingOf(question, own, rows),
    rows,
    crosses,
    mean: single && single.mean !== null ? `平均 ${single.mean}${question.unit}` : null,
    note: single
      ? noteOf(question, crosses)
      : `${own.length} 自治体のうち、すべての答えを数えられた ${counted.length} 自治体の数です。`,
  }
}

function isWhole({ parts, answered }: ToldQuestion): boolean {
  return [answered, ...parts.map(({ figure }) => figure)].every((one) => typeof one === 'number')
}

function noteOf(question: Question, crosses: readonly CrossTable[]): string {
  if (!isChosen(question) || crosses.length > 0) return ''
  return 'ころあい・続柄ごとの数は、少ない人数が分かってしまうため、出しません。'
}

function originOf({ library }: Question): string {
  const known = libraryQuestion(library)
  return known ? `出典: ${known.source.name}。${known.source.noAnswer}` : 'このアンケートの質問'
}

function rowsOf(
  question: Question,
  own: readonly ToldQuestion[],
  all: readonly ToldQuestion[],
): AnswerRow[] {
  const labels = new Map(question.options.map(({ code, label }) => [code, label]))
  const ofOwn = wholeOf(own)
  const ofAll = all.length >= LEAST_FOR_AVERAGE ? wholeOf(all) : null
  return sumsByCode(own.map(({ parts }) => parts)).map(({ code, sum }) => {
    const isSilent = code === NO_ANSWER
    return {
      code,
      label: isSilent ? '無回答' : (labels.get(code) ?? code),
      words: sumInWords(sum, '人'),
      percent: isSilent ? null : percentOf(sum, ofOwn),
      average: isSilent ? null : percentOf(sumOfCode(all, code), ofAll),
    }
  })
}

/** Who answered at all; null where nothing was told. */
function wholeOf(told: readonly ToldQuestion[]): Sum | null {
  return sumOf(told.map(({ answered }) => answered))
}

function sumOfCode(told: readonly ToldQuestion[], code: string): Sum | null {
  const figures = told.flatMap(({ parts }) => parts.filter((one: Part) => one.code === code))
  return sumOf(figures.map(({ figure }) => figure))
}

function percentOf(part: Sum | null, whole: Sum | null): number | null {
  if (!part || !whole || !isExact(part) || !isExact(whole) || whole.least === 0) return null
  return Math.round((part.least / whole.least) * 100)
}

function isExact({ least, most, isAbout }: Sum): boolean {
  return least === most && !isAbout
}

function findingOf(
  { rate, type }: Question,
  own: readonly ToldQuestion[],
  rows: readonly AnswerRow[],
): string {
  const rates = own.flatMap((one) => (one.rate ? [one.rate] : []))
  const of = rates.reduce((sum, one) => sum + one.of, 0)
  if (rate && of > 0) {
    const part = rates.reduce((sum, one) => sum + one.part, 0)
    const towns =
      own.length > 1 ? `(${own.length} 自治体のうち、数えられた ${rates.length} 自治体)` : ''
    return `${rate.label}: ${part} ÷ ${of} = ${Math.round((part / of) * 100)}%${towns}`
  }
  if (type === 'text' || type === 'number') {
    return `書いた方: ${sumInWords(wholeOf(own), '人')}`
  }
  const most = rows
    .filter(({ percent }) => percent !== null)
    .toSorted((one, other) => (other.percent ?? 0) - (one.percent ?? 0))[0]
  if (most) return `いちばん多いのは「${most.label}」の ${most.percent}%`
  return rows.some(({ words }) => words !== '—' && words !== '0人')
    ? '答えの数'
    : '少ない人数が分かってしまうため、数を出しません。'
}

function crossesOf(question: Question, { cross }: ToldQuestion): CrossTable[] {
  const labels = new Map(question.options.map(({ code, label }) => [code, label]))
  return (['stage', 'relation'] as const).flatMap((name) => {
    const told = cross[name]
    if (!told) return []
    const columns = told[0]?.counts.map(({ code }) => labels.get(code) ?? '無回答') ?? []
    const rows = told.map(({ code, counts }) => ({
      label: nameOf(name, code),
      counts: counts.map(({ count }) => count),
    }))
    return [{ title: name === 'stage' ? 'お子さんのころあい' : '続柄', columns, rows }]
  })
}

/** A figure with what it is of, as a file has it. */
export type FigureRow = Record<'title' | 'item' | 'figure' | 'note', string>

/** All that a report says, one figure a row, for a file. *Pure.* */
export function reportRows(of: string, { response, by, questions }: SurveyReport): FigureRow[] {
  const plain = (title: string) => (row: { item: string; words: string }) => ({
    title,
    item: row.item,
    figure: row.words,
    note: '',
  })
  return [
    { title: 'アンケート', item: of, figure: '', note: '' },
    ...response.map(plain('回答率')),
    ...by.flatMap(({ title, rows }) => rows.map(plain(title))),
    ...questions.flatMap(questionRows),
  ]
}

function questionRows({ text: title, finding, mean, origin, rows, crosses }: QuestionReport) {
  return [
    { title, item: finding, figure: mean ?? '', note: origin },
    ...rows.map(({ label, words, percent, average }) => {
      const shares = [percent !== null && `${percent}%`, average !== null && `全体 ${average}%`]
      return { title, item: label, figure: words, note: shares.filter(Boolean).join('、') }
    }),
    ...crosses.flatMap((cross) =>
      cross.rows.flatMap(({ label, counts }) =>
        cross.columns.map((column, at) => ({
          title: `${title}(${cross.title}ごと)`,
          item: `${label}: ${column}`,
          figure: `${counts[at]}人`,
          note: '',
        })),
      ),
    ),
  ]
}
