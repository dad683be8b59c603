// What is told of a survey, in words: of one municipality, of all, and question by question.
import { expect, test } from '@jest/globals'

import { asQuestion } from '../../../src/survey/identity'
import { libraryQuestion } from '../../../src/survey/library'
import type { Question } from '../../../src/survey/question'
import { reportOf, reportRows, surveyReport } from '../../../src/survey/report'
import { tellResults, type AnswerSheet } from '../../../src/survey/results'

const region = asQuestion(libraryQuestion('region')?.question as Question)

const told = (counts: Readonly<Record<string, number>>) => {
  const sheets = Object.entries(counts).flatMap(([code, count]) =>
    Array.from({ length: count }, (_, at): AnswerSheet => ({
      stage: at % 2 === 0 ? 'age0' : 'pregnant',
      relation: 'mother',
      device: 'phone',
      answers: code === 'none' ? {} : { [region.id]: [code] },
    })),
  )
  return tellResults([region], sheets, { asked: 200, opened: sheets.length + 50 })
}

const large = told({ '1': 40, '2': 20, '3': 20, '4': 20, none: 10 })
const small = told({ '1': 4, '2': 3, '3': 1, '4': 0 })

test('a municipality reads its rate with both numbers, its response and who answered what', () => {
  const { response, questions } = surveyReport([region], [large], [large])
  expect(response.map(({ words }) => words)).toEqual(['200人', '160人', '110人', '55%'])
  const [question] = questions
  expect(question?.finding).toBe('この地域で子育てをしたいと思う親の割合: 60 ÷ 100 = 60%')
  expect(question?.rows.map(({ label, words, percent }) => [label, words, percent])).toEqual([
    ['そう思う', '40人', 40],
    ['どちらかといえばそう思う', '20人', 20],
    ['どちらかといえばそう思わない', '20人', 20],
    ['そう思わない', '20人', 20],
    ['無回答', '10人', null],
  ])
  expect(question?.crosses.map(({ title }) => title)).toEqual(['お子さんのころあい'])
  expect(question?.origin).toContain('健やか親子21')
})

test('the average of all stands beside it where there are enough others, and else not', () => {
  const averages = (all: Parameters<typeof surveyReport>[2]) =>
    surveyReport([region], [large], all).questions[0]?.rows[0]?.average
  expect(averages([large, large])).toBeNull()
  const other = told({ '1': 20, '2': 20, '3': 30, '4': 30 })
  expect(averages([large, other, other])).toBe(27)
})

test('what may not be told is not, and no sum brings it back', () => {
  const [question] = surveyReport([region], [small], []).questions
  expect(question?.rows.every(({ words }) => words === '—')).toBe(true)
  const ofAll = reportOf(region, [...large.questions, ...small.questions], [])
  expect(ofAll.finding).toContain('60 ÷ 100 = 60%(2 自治体のうち、数えられた 1 自治体)')
  expect(ofAll.rows.map(({ words, percent }) => [words, percent])[0]).toEqual(['40人', 40])
  expect(ofAll.note).toContain('2 自治体のうち、すべての答えを数えられた 1 自治体')
})

test('a file says one figure a row', () => {
  const rows = reportRows('見本', surveyReport([region], [large], []))
  expect(rows).toContainEqual({ title: region.text, item: 'そう思う', figure: '40人', note: '40%' })
  expect(rows).toContainEqual({
    title: `${region.text}(お子さんのころあいごと)`,
    item: '0歳: そう思う',
    figure: '20人',
    note: '',
  })
})
