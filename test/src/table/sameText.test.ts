import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { areaMeant } from '../../../src/table/areaName'
import { lostSigns } from '../../../src/table/lostSigns'
import {
  composed,
  sameText,
  titleKey,
  TWO_IN_UNICODE,
  withSignsOf,
} from '../../../src/table/sameText'

test.each([
  ['the marks of a Mac', 'か\u3099き\u3099', 'がぎ'],
  ['blanks at the end', '案内 \u3000\n', '案内'],
  ['what shows nothing at the end', '案内\u200B\uFEFF', '案内'],
  ['line ends', 'あ\r\nい\rう', 'あ\nい\nう'],
  ...TWO_IN_UNICODE.map(([one, other]) => [`${one} and ${other}`, `5${one}6`, `5${other}6`]),
])('%s: the same text', (_, one, other) => {
  expect(sameText(one!)).toBe(sameText(other!))
})

test.each([
  ['width', 'ＡＢＣ', 'ABC'],
  ['blanks in front', ' 字下げ', '字下げ'],
  ['kanji of a name', '神\uFA19', '\u795E神'],
  ['another emoji', '👶🏻', '👶🏿'],
])('%s: another text', (_, one, other) => {
  expect(sameText(one)).not.toBe(sameText(other))
})

test('kanji of a register stay what they are', () => {
  expect(composed('\uFA19か\u3099\uFA1B')).toBe('\uFA19が\uFA1B')
})

test.each([
  'パパと あそぼう',
  'パパと\u3000あそぼう ',
  'ﾊﾟﾊﾟと あそぼう',
  'ハ\u309Aハ\u309Aと あそぼう\u200B',
])('%s looks the same as a title', (title) => {
  expect(titleKey(title)).toBe(titleKey('パパと あそぼう'))
})

test('signs that came by Shift_JIS go back to what they were, and edits stay', () => {
  expect(withSignsOf('10〜20 — ¥5', '10～20 ― \\5 改')).toBe('10〜20 — ¥5 改')
  expect(withSignsOf('10〜20～', '10～20～')).toBe('10～20～')
  expect(withSignsOf('本文', '10～20')).toBe('10～20')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(withSignsOf(text, text)).toBe(text)
    }),
  )
})

describe('lost signs', () => {
  test.each([
    ['an emoji', '👶🏻の健診', '????の健診', ['👶🏻']],
    ['a kanji of a name', '髙橋さん', '?橋さん', ['髙']],
    ['two, and an edit', '髙橋①と👶', '?橋?と??、改めました', ['👶', '①', '髙']],
    ['a question that was added', '行きます。', '行きますか?', []],
    ['an emoji that was taken away', '👶の健診', '健診', []],
    ['nothing', '👶の健診', '👶の健診', []],
    ['what Shift_JIS has', '高橋 ｶﾅ 〜', '高橋 ｶﾅ ～', []],
  ])('%s', (...[, stored, given, signs]) => {
    expect(lostSigns(stored, given).toSorted()).toEqual(signs.toSorted())
  })
})

test.each([
  ['中央地区', '中央地区'],
  ['中央', '中央地区'],
  ['ﾁｭｳｵｳ', 'ﾁｭｳｵｳ'],
  ['北', '北'],
  ['南エリア', '南エリア'],
  ['', ''],
])('the area %s', (written, area) => {
  expect(areaMeant(written, ['中央地区', '北地区', '北学区', '南地区'])).toBe(area)
})

test('a long run of blanks is looked at once: each start anew would take minutes', () => {
  const blanks = `${' '.repeat(500_000)}a`
  expect(sameText(blanks)).toBe(blanks)
  expect(sameText(` a${' '.repeat(500_000)}`)).toBe(' a')
})
