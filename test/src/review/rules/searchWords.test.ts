// Japanese words as they are looked for, half remembered and typed in any width or kana.
import { expect, test } from '@jest/globals'

import {
  asSearched,
  pairsOf,
  searchedParts,
  searchedWords,
} from '../../../../src/review/rules/searchWords'

test.each([
  ['ロタウイルス', 'ロタウィルス'],
  ['ロタウイルス', 'ろたういるす'],
  ['ロタウイルス', 'ロタウイルス'],
  ['BCG', 'bcg'],
  ['10g', '10g'],
  ['ハローベビー', 'はろーべびー'],
  ['おしゃべり', 'おしやべり'],
  ['{{赤ちゃん}}は', '赤ちゃんは'],
  ['1・2か月', '1・2か月'],
  ['離乳食(初期)', '離乳食 初期'],
])('%j is looked for as %j', (text, typed) => {
  expect(asSearched(text)).toBe(asSearched(typed))
})

test('voiced and unvoiced kana, and other kanji, stay apart', () => {
  expect(asSearched('かき')).not.toBe(asSearched('がき'))
  expect(asSearched('橋')).not.toBe(asSearched('箸'))
})

test('a text is found by each run of its letters, in any order of words', () => {
  const index = new Set(pairsOf(['6か月ごろの離乳食', 'はじめは 1 日 1 回から']))
  const isFound = (words: string) => searchedWords(words).pairs.every((pair) => index.has(pair))
  for (const words of ['離乳', '離乳食 はじめ', 'ハジメ', '6カ月', '食', '離', '1日1回']) {
    expect({ words, isFound: isFound(words) }).toEqual({ words, isFound: true })
  }
  for (const words of ['断乳', '離乳食 おわり', '歯']) {
    expect({ words, isFound: isFound(words) }).toEqual({ words, isFound: false })
  }
})

test('what is in fewer texts is asked for first, and a long question stays bounded', () => {
  expect(searchedWords('からだの変化').pairs[0]).toBe('変化')
  const long = Array.from({ length: 300 }, (_, place) => String.fromCodePoint(0x4e00 + place))
  expect(searchedWords(long.join('')).pairs).toHaveLength(40)
})

test('signs alone ask for nothing', () => {
  expect(searchedWords('。 ー (')).toEqual({ words: [], pairs: [] })
})

test('titles, subjects, bodies and the parts of an add-on are looked at, addresses are not', () => {
  const addOn = {
    type: 'addOn',
    title: '親子教室',
    blocks: [
      { blockType: 'text', text: '毎月ひらきます。' },
      { blockType: 'link', label: '申し込み', url: 'https://town.example.jp/' },
    ],
  } as unknown as Parameters<typeof searchedParts>[0]
  expect(searchedParts(addOn, ['題名'])).toEqual([
    '題名',
    '親子教室',
    '毎月ひらきます。',
    '申し込み',
  ])
})
