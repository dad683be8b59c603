import { expect, test } from '@jest/globals'

import { readCode, visible } from '../../../src/table/invisible'

test.each([
  ['272990\u200B', '272990'],
  ['\uFEFF ２７２９９０\u00AD ', '272990'],
  ['hanako\u2060@example.jp', 'hanako@example.jp'],
  ['\u202A標準\u202C', '標準'],
])('the code %j is %s', (written, code) => {
  expect(readCode(written)).toBe(code)
})

test.each([
  ['「a\u200B」', '「a〈U+200B〉」'],
  ['\u001b[31m赤', '〈U+001B〉[31m赤'],
  ['一行目\n二行目', '一行目〈U+000A〉二行目'],
  ['\uE000', '〈U+E000〉'],
  ['👨‍👩‍👧 👶🏻 葛\u{E0100}城', '👨‍👩‍👧 👶🏻 葛\u{E0100}城'],
])('a message shows %j as %s', (text, shown) => {
  expect(visible(text)).toBe(shown)
})
