import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { plainPhone, readPhone } from '../../../src/release/phone'

describe('a number is read once: what is dialled, and what was written', () => {
  test.each([
    ['0123-45-6789', 'tel:0123456789', ''],
    ['0123-45-6789(内線123)', 'tel:0123456789', '(内線123)'],
    ['0123-45-6789(内線123)', 'tel:0123456789', '(内線123)'],
    ['0123-45-6789内線123', 'tel:0123456789', '内線123'],
    ['0123-45-6789 内線 123', 'tel:0123456789', ' 内線 123'],
    ['0123-45-6789 ext.123', 'tel:0123456789', ' ext.123'],
    ['0123-45-6789 #1234', 'tel:0123456789', ' #1234'],
    ['0123-45-6789(123)', 'tel:0123456789', '(123)'],
    ['0123-45-6789(平日8:30〜17:15)', 'tel:0123456789', '(平日8:30〜17:15)'],
    ['0123-45-6789 8:30〜17:15', 'tel:0123456789', ' 8:30〜17:15'],
    ['0123-45-6789平日8時30分から', 'tel:0123456789', '平日8時30分から'],
    ['０１２３－４５－６７８９', 'tel:0123456789', ''],
    ['０１２３(４５)６７８９', 'tel:0123456789', ''],
    ['(0123)45-6789', 'tel:0123456789', ''],
    ['03(1234)5678', 'tel:0312345678', ''],
    ['0123456789', 'tel:0123456789', ''],
    ['0123 45 6789', 'tel:0123456789', ''],
    ['0123\u300045\u30006789', 'tel:0123456789', ''],
    ['090-1234-5678', 'tel:09012345678', ''],
    ['050-1234-5678 内線9', 'tel:05012345678', ' 内線9'],
    ['0120-123-456(フリーダイヤル)', 'tel:0120123456', '(フリーダイヤル)'],
    ['0800-123-4567', 'tel:08001234567', ''],
    ['+81-3-1234-5678', 'tel:+81312345678', ''],
    ['+81 (0)3 1234 5678', 'tel:+81312345678', ''],
    ['+81-3-1234-5678 8:30〜17:15', 'tel:+81312345678', ' 8:30〜17:15'],
    ['+81 (0)90-1234-5678(9:00〜)', 'tel:+819012345678', '(9:00〜)'],
    ['+1 212 555 0100', 'tel:+12125550100', ''],
    ['000-000-0000', 'tel:0000000000', ''],
    ['000-0100-0001', 'tel:00001000001', ''],
    ['189', 'tel:189', ''],
    ['#8000', 'tel:%238000', ''],
    ['#8000(夜間)', 'tel:%238000', '(夜間)'],
    ['\u202d0123-45-6789\u202c', null, ''],
    ['0123\u200b-45-6789', 'tel:0123456789', ''],
  ])('%s', (written, href, rest) => {
    const read = readPhone(written)
    expect(read?.href ?? null).toBe(href)
    if (read) expect([read.number + read.rest, read.rest]).toEqual([written, rest])
  })
})

test.each([...'-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501ーｰ﹣－'])(
  'a number may be parted by %s',
  (hyphen) => {
    expect(readPhone(`0123${hyphen}45${hyphen}6789`)?.href).toBe('tel:0123456789')
  },
)

test.each([
  ['０００ー０１００ー０００９', '000-0100-0009'],
  ['０１２３－４５－６７８９（内線１２３）', '0123-45-6789（内線１２３）'],
  ['０１２３（４５）６７８９', '0123(45)6789'],
  ['0123\u3000\u200b45\u00a06789', '0123 45 6789'],
  ['0123-45-6789、０１２３－４５－６７８０', '0123-45-6789、０１２３－４５－６７８０'],
  ['＃８０００（夜間）', '#8000（夜間）'],
  ['窓口ー２番', '窓口ー２番'],
])('a phone finds and dials %s as %s', (written, plain) => {
  expect(plainPhone(written)).toBe(plain)
})

test.each([
  ['nothing', ''],
  ['words', '窓口まで'],
  ['a hyphen alone', '-'],
  ['nine digits', '012-345-678'],
  ['eleven digits of a number with ten', '0123-45-67891'],
  ['an extension behind a hyphen', '0123-45-6789-123'],
  ['an extension without anything between', '0123456789123'],
  ['ten digits of a mobile number', '090-1234-567'],
  ['a local number', '45-6789'],
  ['words first', '代表 0123-45-6789'],
  ['circled digits', '0123-45-678⑨'],
  ['60,000 digits', '0'.repeat(60_000)],
  ['60,000 blanks', `0${' '.repeat(60_000)}`],
])('%s is no number: %#', (_label, written) => {
  const start = performance.now()
  expect(readPhone(written)).toBeNull()
  expect(performance.now() - start).toBeLessThan(200)
})

test('whatever is read, a number is dialled that can be, and nothing that was written is lost', () => {
  const piece = fc.constantFrom(
    ...'0123456789',
    '-',
    '－',
    ' ',
    '(',
    ')',
    '内線',
    '〜',
    '+',
    '#',
    '.',
  )
  const start = fc.constantFrom('0123-45-6789', '090-1234-5678', '+81-3-1234-5678', '0', '189', '')
  let read = 0
  fc.assert(
    fc.property(start, fc.array(piece, { maxLength: 20 }), (before, pieces) => {
      const written = (before + pieces.join('')).trim()
      const phone = readPhone(written)
      if (!phone) return
      read += 1
      expect(phone.href).toMatch(/^tel:(0\d{9,10}|\+\d{8,15}|1\d\d|%23\d{4})$/)
      expect(phone.number + phone.rest).toBe(written)
    }),
    { numRuns: 1000 },
  )
  expect(read).toBeGreaterThan(50)
})
