import { expect, test } from '@jest/globals'

import { shownCell, withJapaneseFormats } from '../../../src/table/xlsxCell'

const DAY = new Date('2026-04-01T00:00:00Z')
const NOON = new Date('2026-04-01T10:00:00Z')
const day = '2026-04-01'

test.each([
  ['a time', new Date('1899-12-31T10:00:00Z'), 'h:mm', { text: '10:00' }],
  ['a day', DAY, 'yyyy/m/d', { text: '2026/4/1', day }],
  ['a day with time', NOON, 'yyyy/m/d h:mm', { text: '2026/4/1 10:00', day }],
  ['a month and day', DAY, 'm"月"d"日"', { text: '4月1日', day }],
  ['an era', DAY, '[$-411]ggge"年"m"月"d"日";@', { text: '令和8年4月1日', day }],
  ['a short era', DAY, '[$-411]ge.m.d', { text: 'R8.4.1', day }],
  [
    'an old era',
    new Date('2018-04-01T00:00:00Z'),
    'ggge"年"',
    { text: '平成30年', day: '2018-04-01' },
  ],
  ['a weekday', DAY, 'm/d(aaa)', { text: '4/1(水)', day }],
  ['percent', 0.5, '0%', { text: '50%' }],
  ['a phone number with its zero', 312345678, '0000000000', { text: '0312345678' }],
  ['a plain number', 312345678, undefined, { text: '312345678' }],
  ['a computed number', 0.1 + 0.2, undefined, { text: '0.3' }],
  ['a number as text', 12, '@', { text: '12' }],
  ['a text with a format', '0312345678', '0000000000', { text: '0312345678' }],
  ['a truth', true, undefined, { text: 'TRUE' }],
  ['nothing', null, 'h:mm', { text: '' }],
] as const)('%s is what the clerk sees', (...[, value, format, shown]) => {
  expect(shownCell(value, format)).toEqual(shown)
})

test('the formats of a Japanese Excel are put before a workbook’s own', () => {
  const own = '<numFmt numFmtId="176" formatCode="0"/>'
  const given = `<styleSheet xmlns="x"><numFmts count="1">${own}</numFmts></styleSheet>`
  expect(withJapaneseFormats(given)).toMatch(/<numFmts count="1"><numFmt numFmtId="14".*176/)
  expect(withJapaneseFormats('<styleSheet xmlns="x"></styleSheet>')).toMatch(
    /^<styleSheet xmlns="x"><numFmts><numFmt .*<\/numFmts><\/styleSheet>$/,
  )
})
