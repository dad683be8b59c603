import { expect, test } from '@jest/globals'

import { dayText, renderJson, renderTable } from '../../../worker/cli/table'

const columns = [
  { heading: '名前', cell: (row: [string, number | null]) => row[0] },
  { heading: '数', cell: (row: [string, number | null]) => row[1] },
]

test('wide characters take two places, numbers stand to the right', () => {
  const rows: [string, number | null][] = [
    ['みなと町', 3],
    ['abc', 120],
    ['カナ🍼', null],
  ]
  expect(renderTable(columns, rows)).toEqual([
    '名前      数',
    '--------  ---',
    'みなと町    3',
    'abc       120',
    'カナ🍼      -',
  ])
})

test('a table without rows is its headings', () => {
  expect(renderTable(columns, [])).toEqual(['名前  数', '----  --'])
})

test.each([
  [[], '[]'],
  [[{ a: 1 }], '[\n  {"a":1}\n]'],
  [[{ a: 1 }, { a: null }], '[\n  {"a":1},\n  {"a":null}\n]'],
])('the JSON of %j has a row a line', (rows, expected) => {
  expect(renderJson(rows).join('\n')).toBe(expected)
})

test('a day is shown with its weekday', () => {
  expect(dayText('2026-11-23')).toBe('2026-11-23(月)')
})
