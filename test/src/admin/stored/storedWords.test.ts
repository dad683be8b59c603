// Stored data as a clerk reads it, with no code in it that somebody would have to look up.
import { expect, test } from '@jest/globals'

import { DEFAULT_DISCIPLINES } from '../../../../src/review/rules/policy'
import { readingOf, wordFor } from '../../../../src/admin/stored/storedWords'
import { reportNumbers } from '../../../../worker/report/reportNumbers'

test.each([
  [null, '—'],
  ['', '—'],
  [true, 'はい'],
  [12345, '12,345'],
  ['friendly', '一般'],
  ['2026-11-23T02:35:57.226Z', '2026年11月23日(月) 11:35'],
  ['2026-11-23', '2026年11月23日(月)'],
  ['month36', '3歳'],
  ['24w3d', '妊娠24週3日'],
  ['day 45', 'day 45'],
  ['本文です。\nつづき', '本文です。\nつづき'],
])('%j', (value, words) => {
  expect(readingOf(value)).toBe(words)
})

test('a band of readers is named as one, and a stage of a text is not', () => {
  expect([wordFor('month4'), readingOf('month4')]).toEqual(['4か月(人)', '生後4か月'])
})

test('every figure of a daily report and every discipline has a word', () => {
  const none = { line: {}, mail: {} } as Parameters<typeof reportNumbers>[0]['counts']
  const figures = { readers: 0, candidates: 0, leftOut: 0, counts: none }
  const codes = [
    ...Object.keys(reportNumbers(figures)),
    ...DEFAULT_DISCIPLINES.map(({ code }) => code),
  ]
  expect(codes.filter((code) => wordFor(code) === code)).toEqual([])
  expect(wordFor('constructor')).toBe('constructor')
})
