import { describe, expect, test } from '@jest/globals'

import { decodeText } from '../../../src/table/decode'
import { ImportFileError } from '../../../src/table/importFileError'

const utf8 = (text: string) => [...new TextEncoder().encode(text)]
const utf16 = (text: string, isBig = false) =>
  [...text].flatMap((sign) => {
    const code = sign.charCodeAt(0)
    return isBig ? [code >> 8, code & 0xff] : [code & 0xff, code >> 8]
  })
const TEXT = '配信日,本文\r\n24w3d,本文'

describe('what a spreadsheet saves is read in its encoding', () => {
  test.each([
    ['UTF-8', utf8(TEXT), TEXT],
    ['UTF-8 with a BOM', utf8(`\uFEFF${TEXT}`), TEXT],
    ['UTF-16 LE with a BOM', utf16(`\uFEFF${TEXT}`), TEXT],
    ['UTF-16 BE with a BOM', utf16(`\uFEFF${TEXT}`, true), TEXT],
    ['UTF-16 LE without one', utf16('slot,本文\n'), 'slot,本文\n'],
    ['UTF-16 BE without one', utf16('slot,本文\n', true), 'slot,本文\n'],
    ['Shift_JIS', [0x94, 0x7a, 0x90, 0x4d, 0x93, 0xfa], '配信日'],
    ['CP932: ①, 髙, 〜', [0x87, 0x40, 0xfb, 0xfc, 0x81, 0x60], '①髙～'],
    ['half-width katakana: ﾅｶﾑﾗ', [0xc5, 0xb6, 0xd1, 0xd7], 'ﾅｶﾑﾗ'],
  ] as [string, number[], string][])('%s', (...[, bytes, text]) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text)
  })
})

describe('one bad byte refuses the file and names its line', () => {
  test.each([
    ['in UTF-8', [...utf8('a,b\r\nx,チラシ'), 0xff, ...utf8(',y\n')], '2 行目'],
    // Every byte of this one is also Shift_JIS: チラシ would become 繝√Λ繧キ.
    ['in UTF-8 that Shift_JIS has too', [...utf8('a\n広報\nチラシ'), 0xb1, 0x0a], '3 行目'],
    ['in Shift_JIS', [0x93, 0xfa, 0x0a, 0x93, 0xfa, 0xff, 0x0a], '2 行目'],
    ['that CP932 does not have', [0x93, 0xfa, 0x0a, 0x80, 0x0a], '2 行目'],
    ['half a pair in UTF-16', [0xff, 0xfe, 0x41, 0x00, 0x0a, 0x00, 0x3d, 0xd8], '2 行目'],
    ['two encodings in one file', [...utf8('広報\n'), 0x93, 0xfa, 0x0a], '2 行目'],
  ] as [string, number[], string][])('%s', (...[, bytes, line]) => {
    const decode = () => decodeText(Uint8Array.from(bytes))
    expect(decode).toThrow(ImportFileError)
    expect(decode).toThrow(line)
  })

  test.each([
    ['UTF-8', utf8(`slot,body\n24w3d,本文${'あ'.repeat(60)}`), utf8('\u0000です\n')],
    ['Shift_JIS', [...utf8('slot\n'), ...Array(200).fill([0x94, 0x7a]).flat()], [0, 0x94, 0x7a]],
    ['ASCII', utf8(`slot,body\n24w3d,${'body '.repeat(30)}`), utf8('\u0000 text\n\n')],
  ] as [string, number[], number[]][])('a zero among letters in %s is no UTF-16', (...given) => {
    const [, before, after] = given
    for (const bytes of [
      [...before, ...after],
      [...before, 0x41, ...after],
    ]) {
      expect(() => decodeText(Uint8Array.from(bytes))).toThrow(/^2 行目に、文字ではない符号/)
    }
  })

  test('zeros that are no UTF-16 are no text', () => {
    expect(() => decodeText(Uint8Array.of(0x41, 0, 0, 0x41))).toThrow('CSV でも Excel ブックでも')
  })
})
