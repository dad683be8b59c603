// What an address asks for among the texts.
import { expect, test } from '@jest/globals'

import { readTextQuestion, textAddress } from '../../../../src/review/rules/textSearch'

const BOTH = ['kizuna-manuscripts', 'kizuna-add-ons'] as const

test.each([
  [{}, { collection: 'kizuna-manuscripts', state: '', words: '', page: 1 }],
  [
    { kind: 'kizuna-add-ons', state: 'live_draft', words: ' 離乳食 ', page: '3' },
    { collection: 'kizuna-add-ons', state: 'live_draft', words: '離乳食', page: 3 },
  ],
  [
    { kind: 'users', state: 'x', words: ['a'], page: '-1' },
    { collection: 'kizuna-manuscripts', state: '', words: '', page: 1 },
  ],
])('%j is read as %j', (params, question) => {
  expect(readTextQuestion(params, BOTH)).toEqual(question)
})

test('who sees one kind alone is asked about that', () => {
  expect(readTextQuestion({ kind: 'kizuna-manuscripts' }, ['kizuna-add-ons']).collection).toBe(
    'kizuna-add-ons',
  )
})

test('an address is read as it was asked', () => {
  const question = {
    collection: 'kizuna-add-ons',
    state: 'live_in_review',
    words: '絵本 & ひろば',
    page: 2,
  } as const
  const { searchParams } = new URL(textAddress(question), 'https://cms.example')
  expect(readTextQuestion(Object.fromEntries(searchParams), BOTH)).toEqual(question)
})
