import { describe, expect, test } from '@jest/globals'

import {
  checkAccent,
  checkDay,
  checkHttps,
  checkLastDay,
  checkMunicipalityCode,
  checkOneLine,
  checkSender,
  checkTime,
  normalizeSender,
} from '../../../src/fields/checks'
import { normalizeDay } from '../../../src/fields/dayField'
import { parseAddress } from '../../../src/release/mailAddress'
import { checkOverlaps } from '../../../src/municipality/seriesRows'
import { checkSlot, checkSlotRange, normalizeSlot } from '../../../src/fields/slotField'

type Case = [label: string, value: unknown, isGood: boolean]

describe('municipality codes', () => {
  // Real codes of 総務省's list: 北海道, 札幌市, 東京都, 千代田区, 横浜市, 大阪市, 那覇市.
  const real = ['010006', '011002', '130001', '131016', '141003', '271004', '472018']

  test.each(real)('%s is a code', (code) => expect(checkMunicipalityCode(code)).toBe(true))

  test.each(real)('one wrong digit in %s is noticed', (code) => {
    const wrong = [...code].flatMap((digit, index) =>
      [...'0123456789']
        .filter((other) => other !== digit)
        .map((other) => code.slice(0, index) + other + code.slice(index + 1)),
    )
    // Eleven remainders share ten digits (0 and 10, 1 and 11), so a few wrong codes slip through.
    const missed = wrong.filter((text) => checkMunicipalityCode(text) === true)
    expect(missed.length).toBeLessThanOrEqual(wrong.length / 10)
  })

  test.each([undefined, null, '', '13101', '1310160', 'abcdef', '131017'])('%s', (value) =>
    expect(checkMunicipalityCode(value)).toEqual(expect.stringMatching(/6 桁|検査数字/)),
  )
})

const tables: Record<string, [check: (value: unknown) => true | string, cases: Case[]]> = {
  'https addresses': [
    checkHttps,
    [
      ['nothing', '', true],
      ['https', 'https://www.example.jp/a?b=c', true],
      ['http', 'http://www.example.jp/', false],
      ['javascript', 'javascript:alert(1)', false],
      ['data', 'data:text/html,x', false],
      ['a password inside', 'https://user:secret@example.jp/', false],
      ['no address', 'example.jp', false],
      ['a code that is whole', 'https://example.jp/%E3%81%82', true],
      ['a code that is half', 'https://example.jp/%E3%8', false],
      ['900,000 letters', `https://example.jp/${'a'.repeat(900_000)}`, false],
    ],
  ],
  days: [
    checkDay,
    [
      ['nothing', null, true],
      ['a day', '2026-04-01', true],
      ['29 February of a leap year', '2028-02-29', true],
      ['29 February of another', '2026-02-29', false],
      ['31 April', '2026-04-31', false],
      ['slashes', '2026/04/01', false],
      ['an instant', '2026-04-01T00:00:00Z', false],
    ],
  ],
  times: [
    checkTime,
    [
      ['morning', '09:00', true],
      ['midnight', '00:00', true],
      ['end of day', '24:00', true],
      ['after the end of day', '24:01', false],
      ['one digit', '9:00', false],
      ['nothing', undefined, false],
    ],
  ],
  colours: [
    checkAccent,
    [
      ['nothing', '', true],
      ['dark blue', '#0017c1', true],
      ['just enough (#767676, 4.54)', '#767676', true],
      ['just too light (#777777, 4.48)', '#777777', false],
      ['yellow', '#ffff00', false],
      ['a name', 'red', false],
      ['short', '#00f', false],
    ],
  ],
  senders: [
    checkSender,
    [
      ['an address', 'kosodate@city.example.jp', true],
      ['a line break', 'a@example.jp\r\nBcc: b@example.jp', false],
      ['two', 'a@example.jp,b@example.jp', false],
      ['a name', '子育て <a@example.jp>', false],
      ['Japanese before the @', '子育て@example.jp', false],
      ['two dots in a row', 'a..b@example.jp', false],
      ['a dot before the @', 'a.@example.jp', false],
      ['a dot first', '.a@example.jp', false],
      ['a Japanese domain', 'kosodate@町.jp', false],
      ['no letters at the end', 'kosodate@192.0.2.1', false],
      ['a name of 65 letters', `${'a'.repeat(65)}@example.jp`, false],
      ['900,000 letters', 'a'.repeat(900_000), false],
      ['nothing', '', false],
    ],
  ],
  lines: [
    (value) => checkOneLine(value, '名前', 50),
    [
      ['words', 'みなと町 子育て便り', true],
      ['a line break', 'みなと町\n子育て便り', false],
      ['spaces', '  ', false],
      ['only a blank of no width', '\u200b', false],
      ['only a byte order mark and a soft hyphen', '\ufeff\u00ad', false],
      ['a line separator', 'みなと町\u2028便り', false],
      ['a character of one town’s own', '\ue000町', false],
      ['50 letters', 'あ'.repeat(50), true],
      ['51 letters', 'あ'.repeat(51), false],
      ['900,000 letters', 'あ'.repeat(900_000), false],
    ],
  ],
  slots: [
    (value) => checkSlot(value),
    [
      ['a code', '24w3d', true],
      ['a label', '1歳6か月と3日', true],
      ['week 43', '43w0d', false],
      ['day 7', '24w7d', false],
      ['21 years', 'month241', false],
      ['words', '来週', false],
      ['nothing', '', false],
    ],
  ],
}

describe.each(Object.entries(tables))('%s', (_name, [check, cases]) => {
  test.each(cases)('%s', (_label, value, isGood) => {
    const verdict = check(value)
    if (isGood) expect(verdict).toBe(true)
    else expect(verdict).toMatch(/ください|です。|ません/)
  })
})

describe('ranges', () => {
  test('a validity may be one day long', () => {
    expect(checkLastDay('2026-04-01', '2026-04-01')).toBe(true)
  })

  test('a validity that ends before it starts is refused with both days', () => {
    const verdict = checkLastDay('2026-03-31', '2026-04-01')
    expect(verdict).toContain('2026-03-31')
    expect(verdict).toContain('2026-04-01')
  })

  test.each([
    ['month4', 'month6', true],
    ['month4', 'month4', true],
    ['month6', 'month4', false],
    ['day30', 'month1', true],
    ['24w0d', 'month1', false],
    ['entry-84', 'entry+10', true],
    ['entry+10', 'entry-84', false],
  ])('%s to %s', (from, to, isGood) => {
    expect(checkSlotRange(from, to) === true).toBe(isGood)
  })
})

describe('series taken twice', () => {
  const row = (changes: object) => ({ series: 's1', isEndIncluded: true, ...changes })

  test.each([
    ['other series', [row({}), row({ series: 's2' })], true],
    ['the same, without limits', [row({}), row({})], false],
    ['one after the other', [row({ to: 'month12' }), row({ from: 'month13' })], true],
    ['sharing the end', [row({ to: 'month12' }), row({ from: 'month12' })], false],
    [
      'meeting at an end that is not included',
      [row({ to: 'month12', isEndIncluded: false }), row({ from: 'month12' })],
      true,
    ],
    [
      'one year after the other',
      [row({ effectiveTo: '2027-03-31' }), row({ effectiveFrom: '2027-04-01' })],
      true,
    ],
    [
      'one day in common',
      [row({ effectiveTo: '2027-04-01' }), row({ effectiveFrom: '2027-04-01' })],
      false,
    ],
  ])('%s', (_label, rows, isGood) => expect(checkOverlaps(rows) === true).toBe(isGood))
})

test('a sender that cannot send is named with what was found and what to do', () => {
  expect(checkSender('子育て@example.jp')).toBe(
    '「子育て@example.jp」は差出アドレスに使えません。このままでは、この自治体のメールがすべて送れません。メールアドレスに使えない文字があります。半角の英字・数字・記号だけで入れてください。',
  )
  expect(checkSender('a..b@example.jp')).toBe(
    '「a..b@example.jp」は差出アドレスに使えません。このままでは、この自治体のメールがすべて送れません。メールアドレスの @ の前の「.」の位置を確かめてください。',
  )
})

describe('what is typed is tidied before it is stored', () => {
  test.each([
    ['ｋｏｓｏｄａｔｅ＠ｃｉｔｙ．ｅｘａｍｐｌｅ．ｊｐ', 'kosodate@city.example.jp'],
    [' kosodate@city.example.jp\u3000', 'kosodate@city.example.jp'],
    ['子育て@example.jp', '子育て@example.jp'],
  ])('sender %s', (typed, stored) => {
    expect(normalizeSender(typed)).toBe(stored)
    const isTaken = checkSender(typed) === true
    expect(parseAddress(stored) !== null).toBe(isTaken)
  })

  test.each([
    ['妊娠24週3日', '24w3d'],
    ['２４ｗ３ｄ', '24w3d'],
    ['生後45日', 'day45'],
    ['1歳6か月', 'month18'],
    ['入学の84日前', 'entry-84'],
    ['来週', '来週'],
  ])('slot %s', (typed, stored) => expect(normalizeSlot(typed)).toBe(stored))

  test.each([
    ['2026/4/1', '2026-04-01'],
    ['2026年4月1日', '2026-04-01'],
    ['２０２６－０４－０１', '2026-04-01'],
    ['いつか', 'いつか'],
  ])('day %s', (typed, stored) => expect(normalizeDay(typed)).toBe(stored))
})
