// What is found among the texts, and what an address asks for.
import { expect, test } from '@jest/globals'

import { foundTexts, readTextQuestion, textAddress } from '../../../../src/review/rules/textSearch'

const text = (title: string, state: 'draft' | 'published', isLive = false) => ({
  title,
  state,
  isLive,
  isWithdrawn: false,
})
const TEXTS = [
  text('BCG 接種のころ', 'published', true),
  text('離乳食のはじめ', 'draft'),
  text('離乳食の 2 か月目', 'draft', true),
]
const titles = (question: Parameters<typeof foundTexts>[1]) =>
  foundTexts(TEXTS, question).map(({ title }) => title)

test.each([
  ['', '', ['BCG 接種のころ', '離乳食のはじめ', '離乳食の 2 か月目']],
  ['bcg', '', ['BCG 接種のころ']],
  ['BCG 接種', '', ['BCG 接種のころ']],
  ['接種 BCG', '', ['BCG 接種のころ']],
  ['離乳食', '', ['離乳食のはじめ', '離乳食の 2 か月目']],
  ['離乳食 2', '', ['離乳食の 2 か月目']],
  ['離乳食', 'draft', ['離乳食のはじめ']],
  ['', 'live_draft', ['離乳食の 2 か月目']],
  ['ない', '', []],
] as const)('%j in %j finds %j', (words, state, found) => {
  expect(titles({ words, state })).toEqual(found)
})

const BOTH = ['manuscripts', 'add-ons'] as const

test.each([
  [{}, { collection: 'manuscripts', state: '', words: '', page: 1 }],
  [
    { kind: 'add-ons', state: 'live_draft', words: ' 離乳食 ', page: '3' },
    { collection: 'add-ons', state: 'live_draft', words: '離乳食', page: 3 },
  ],
  [
    { kind: 'users', state: 'x', words: ['a'], page: '-1' },
    { collection: 'manuscripts', state: '', words: '', page: 1 },
  ],
])('%j is read as %j', (params, question) => {
  expect(readTextQuestion(params, BOTH)).toEqual(question)
})

test('who sees one kind alone is asked about that', () => {
  expect(readTextQuestion({ kind: 'manuscripts' }, ['add-ons']).collection).toBe('add-ons')
})

test('an address is read as it was asked', () => {
  const question = {
    collection: 'add-ons',
    state: 'live_in_review',
    words: '絵本 & ひろば',
    page: 2,
  } as const
  const { searchParams } = new URL(textAddress(question), 'https://cms.example')
  expect(readTextQuestion(Object.fromEntries(searchParams), BOTH)).toEqual(question)
})
