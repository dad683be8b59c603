import { expect, test } from '@jest/globals'

import { readAnswers } from '../../../src/survey/answers'
import { SURVEY_LIBRARY } from '../../../src/survey/library'
import { asQuestion } from '../../../src/survey/identity'
import { scaleOptions } from '../../../src/survey/question'

const words = { text: 'x', easy: 'x', unit: '', options: [] }
const options = ['1', '2', '3'].map((code) => ({ code, label: code, easy: code }))
const single = asQuestion({ ...words, type: 'single', options })
const several = asQuestion({ ...words, type: 'multiple', options })
const number = asQuestion({ ...words, type: 'number' })
const text = asQuestion({ ...words, type: 'text' })
const scale = asQuestion({
  ...words,
  type: 'scale',
  options: scaleOptions({ label: 'ない', easy: 'ない' }, { label: 'ある', easy: 'ある' }),
})

test.each([
  ['a code', single, '2', ['2'], null],
  ['a code that is not offered', single, '9', [], null],
  ['two codes where one is asked', single, ['1', '3'], ['1'], null],
  ['several codes', several, ['3', '1'], ['1', '3'], null],
  ['nothing', several, undefined, [], null],
  ['a step', scale, '5', ['5'], null],
  ['a number in full width', number, '12', ['12'], null],
  ['words for a number', number, '三', ['三'], 'number'],
  ['a negative number', number, '-1', ['-1'], 'number'],
  ['words', text, ' はい\r\nそう ', ['はい\nそう'], null],
  ['spaces', text, '  ', [], null],
  ['too many letters', text, 'あ'.repeat(401), ['あ'.repeat(401)], 'tooLong'],
] as const)('%s', (...[, question, typed, values, fault]) => {
  const { answers, faults } = readAnswers([question], { [question.id]: typed })
  expect(answers[question.id] ?? []).toEqual(values)
  expect(faults[question.id] ?? null).toBe(fault)
})

test('every question of the library names its source, its year and where no answer goes', () => {
  for (const { source, question } of SURVEY_LIBRARY) {
    expect(source.name).toMatch(/(平成|令和)\d+年/)
    expect(source.noAnswer).toContain('無回答')
    const codes = question.options.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).toEqual(expect.arrayContaining([...(question.rate?.codes ?? [])]))
  }
})
