import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { readFurigana, writtenEnd, writtenStart } from '../../../src/plain/furigana'
import { boundariesOf, oddText } from '../release/oddText'

test.each([
  [
    'half-width brackets',
    '漢字(かんじ)です',
    { text: '漢字です', readings: [{ at: 2, kana: 'かんじ' }] },
  ],
  [
    'full-width brackets',
    '漢字（かんじ）です',
    { text: '漢字です', readings: [{ at: 2, kana: 'かんじ' }] },
  ],
  [
    'mixed brackets',
    '漢字(かんじ）です',
    { text: '漢字です', readings: [{ at: 2, kana: 'かんじ' }] },
  ],
  ['katakana', '漢字(カンジ)', { text: '漢字', readings: [{ at: 2, kana: 'かんじ' }] }],
  ['inside a word', '食(た)べる', { text: '食べる', readings: [{ at: 1, kana: 'た' }] }],
  [
    'behind the kana of a word',
    '引き出し(ひきだし)',
    { text: '引き出し', readings: [{ at: 4, kana: 'ひきだし' }] },
  ],
  ['no kanji before', 'おやつ(りんご)', { text: 'おやつ(りんご)', readings: [] }],
  ['no kana inside', '歯(2本)', { text: '歯(2本)', readings: [] }],
  ['an open bracket', '歯(は', { text: '歯(は', readings: [] }],
])('%s', (_name, written, expected) => {
  expect(readFurigana(written)).toMatchObject(expected)
})

test('a variable is read as its word and leads back to its braces', () => {
  const written = '今日(きょう)、{{赤ちゃん}}は'
  const read = readFurigana(written)
  expect(read).toMatchObject({ text: '今日、赤ちゃんは', variables: [{ start: 3, end: 7 }] })
  const place = [writtenStart(read, 3), writtenEnd(read, 7)] as const
  expect(written.slice(...place)).toBe('{{赤ちゃん}}')
})

test('every place leads back to the letter it came from, emoji too', () => {
  const written = '👶妊娠(にんしん)中(ちゅう)は{{電話}}へ'
  const read = readFurigana(written)
  for (const word of ['妊娠', '中', 'は', 'へ']) {
    const at = read.text.indexOf(word)
    expect(written.slice(writtenStart(read, at), writtenEnd(read, at + word.length))).toBe(word)
  }
})

test('no place is ever inside a sign, and all of them are in the order of the text', () => {
  fc.assert(
    fc.property(oddText(), (written) => {
      const read = readFurigana(written)
      const boundaries = boundariesOf(written)
      expect(read.dictionaryText).toHaveLength(read.text.length)
      expect(read.places).toHaveLength(read.text.length)
      const places = read.places.flatMap(({ start, end }) => [start, end])
      expect(places.filter((place) => !boundaries.has(place))).toEqual([])
      const starts = read.places.map(({ start }) => start)
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    }),
  )
})
