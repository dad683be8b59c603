// A link of which only a part was copied is told when the text is saved.
import { expect, test } from '@jest/globals'

import { encodeLinks } from '../../../src/release/linksInText'
import { checkText } from '../../../src/release/textLimits'
import { readTypedAddress } from '../../../src/release/webAddress'

const problemsOf = (text: string) =>
  checkText({ field: 'body', label: '本文', text, max: 5000 }).map(({ code }) => code)

test.each([
  'https://example.jp/%E3%81 を見てください。',
  'https://example.jp/%E3%81%82%E3 へ。',
  '(https://example.jp/a?x=%)',
  'https://example.jp/50%off',
  'https://example.jp/50%引き',
  'https://example.jp/a%2',
  'くわしくは https:// まで。',
  'くわしくは「https://」まで。',
  'https://',
])('%s is half a link', (text) => {
  expect(problemsOf(text)).toEqual(['HALF_LINK'])
})

test.each([
  'https://example.jp/%E3%81%82?x=%25 は正しいです。',
  '予防接種の 95% は無料、https://example.jp/a で 50%引きです。',
  'https://example.jp/つわり を見てください。',
  'https://example.jp/?q=%93%FA%96%7B は古いページです。',
  'https://example.jp/?q=%C6%FC%CB%DC は古いページです。',
  'https://example.jp/?q=%83%C0 は古いページです。',
  'https://例え.jp/あ も読めます。',
  '100%',
])('%s is whole', (text) => {
  expect(problemsOf(text)).toEqual([])
})

test('one in an address of its own is told as well, and none goes out as half a code', () => {
  expect(readTypedAddress('https://example.jp/%E3%81')).toEqual({ fault: 'half-code' })
  expect(encodeLinks('https://example.jp/a?x=% と')).toBe('https://example.jp/a?x=%25 と')
})
