import { describe, expect, test } from '@jest/globals'

import { asQuestion } from '../../../src/survey/identity'
import type { Question } from '../../../src/survey/question'
import { libraryQuestion } from '../../../src/survey/library'
import { NO_ANSWER, tellResults, type AnswerSheet } from '../../../src/survey/results'
import { protectCross, protectShare } from '../../../src/statistics/protect'

const region = asQuestion(libraryQuestion('region')?.question as Question)
const option = (code: string) => ({ code, label: code, easy: code })

function sheets(question: Question, counts: Readonly<Record<string, number>>): AnswerSheet[] {
  return Object.entries(counts).flatMap(([code, count]) =>
    Array.from({ length: count }, () => ({
      stage: 'age0' as const,
      relation: 'mother',
      device: 'phone',
      answers: code === NO_ANSWER ? {} : { [question.id]: [code] },
    })),
  )
}

const told = (question: Question, counts: Readonly<Record<string, number>>) => {
  const all = sheets(question, counts)
  const [one] = tellResults([question], all, { asked: all.length, opened: all.length }).questions
  return one as NonNullable<typeof one>
}

const plain = asQuestion({
  ...{ type: 'single', text: 'x', easy: 'x', unit: '' },
  options: ['a', 'b', 'c'].map(option),
})

test('a rate leaves out who gave no answer', () => {
  const { rate, answered } = told(region, { '1': 20, '2': 10, '3': 5, '4': 5, none: 10 })
  expect({ rate, answered }).toEqual({ rate: { part: 30, of: 40 }, answered: 40 })
})

test('where an option is small, of a question with a formula the rate alone is told', () => {
  const { rate, parts } = told(region, { '1': 20, '2': 10, '3': 5, '4': 2, none: 6 })
  expect(rate).toEqual({ part: 30, of: 37 })
  expect(parts.map(({ figure }) => figure)).toEqual([...Array(4).fill('withheld'), 6])
})

test('of fewer than 15 nothing is told apart', () => {
  const { rate, parts } = told(region, { '1': 8, '2': 0, '3': 6, '4': 0 })
  expect(rate).toBeNull()
  expect(parts.every(({ figure }) => figure === 'withheld')).toBe(true)
})

/** Every way in which so many people can answer. */
function* populations(codes: readonly string[], sum: number): Generator<Record<string, number>> {
  const [code, ...others] = codes
  if (code === undefined) return
  if (others.length === 0) return yield { [code]: sum }
  for (let count = 0; count <= sum; count += 1) {
    for (const rest of populations(others, sum - count)) yield { [code]: count, ...rest }
  }
}

describe('whoever knows these rules and all that is told', () => {
  test.each([
    ['with a formula', region, ['1', '2', '3', '4', NO_ANSWER], [15, 17, 20]],
    ['without one', plain, ['a', 'b', 'c', NO_ANSWER], [15, 19, 24, 31]],
  ] as const)('cannot narrow a small number of a question %s', (...[, question, codes, sums]) => {
    for (const sum of sums) {
      const possible = new Map<string, Record<string, Set<number>>>()
      for (const counts of populations(codes, sum)) {
        const all = sheets(question, counts)
        const results = tellResults([question], all, { asked: 100, opened: 60 })
        const key = JSON.stringify(results.questions)
        const known = possible.get(key) ?? {}
        for (const code of codes) (known[code] ??= new Set()).add(counts[code] ?? 0)
        possible.set(key, known)
      }
      for (const [key, byCode] of possible) {
        for (const [code, values] of Object.entries(byCode)) {
          const isSmall = [...values].some((one) => one > 0 && one < 5)
          // From one to four at least: fewer would say how many of few they are.
          const isWide = Math.min(...values) <= 1 && Math.max(...values) >= 4
          const narrowed = isSmall && !isWide ? [...values] : []
          expect({ key: narrowed.length > 0 ? key : '', code, narrowed }).toEqual({
            ...{ key: '', code, narrowed: [] },
          })
        }
      }
    }
  })
})

test.each([
  [3, 40, 'small'],
  [38, 40, 'withheld'],
  [20, 40, 20],
  [40, 40, 40],
  [0, 40, 0],
  [9, 14, 'withheld'],
  [0, 0, 0],
] as const)('%d of %d who may each say it or not', (count, of, figure) => {
  expect(protectShare(count, of)).toBe(figure)
})

describe('a table of two ways', () => {
  const row = (code: string, ...counts: number[]) => ({
    code,
    counts: counts.map((count, at) => ({ code: String(at), count })),
  })
  test('is told whole', () => {
    expect(protectCross([row('a', 10, 5), row('b', 0, 20), row('c', 0, 0)])).toEqual([
      row('a', 10, 5),
      row('b', 0, 20),
    ])
  })
  test.each([
    ['a cell is small', [row('a', 16, 4), row('b', 10, 10)]],
    ['a row is of few', [row('a', 7, 7), row('b', 10, 10)]],
    ['there is one row alone', [row('a', 10, 10)]],
  ])('or not at all where %s', (_, rows) => {
    expect(protectCross(rows)).toBeNull()
  })
})

test('who was asked, opened it and answered are told so that none tells the others', () => {
  const all = sheets(plain, { a: 20, b: 10, c: 10 })
  expect(tellResults([plain], all, { asked: 100, opened: 60 }).response).toEqual({
    asked: 100,
    opened: 60,
  })
  const few = tellResults([plain], all, { asked: 100, opened: 42 })
  expect(few.response).toEqual({ asked: 100, opened: 'withheld' })
})

test('another wording is another question, and the same one has the same identity everywhere', () => {
  const { id: _, ...wording } = region
  expect(asQuestion(wording).id).toBe(region.id)
  expect(asQuestion({ ...wording, text: `${wording.text} ` }).id).toBe(region.id)
  expect(asQuestion({ ...wording, text: 'この町で、子育てをしたいですか。' }).id).not.toBe(
    region.id,
  )
})
