// A file with what a town counted: written as clerks write, and each fault told with its line.
import { expect, test } from '@jest/globals'

import { readDenominators } from '../../../src/numbers/denominatorSheet'

const HEAD = '何の数か,いつの分か,数,出典,いつの数字か\n'
const read = (row: string) => readDenominators(`${HEAD}${row}\n`)

test.each([
  ['母子健康手帳の交付数,2026年10月,65,窓口,2026-11-01', 'handbooks', '2026-10', 65],
  ['手帳,2026/10,65冊,窓口,令和8年11月1日', 'handbooks', '2026-10', 65],
  ['交付数,令和8年10月分,"1,065",窓口,2026/11/1', 'handbooks', '2026-10', 1065],
  ['出生数,2025年度,300人,住民基本台帳,2026-05-01', 'births', '2025', 300],
  ['出生数,令和7年度,300,住民基本台帳,2026-05-01', 'births', '2025', 300],
  ['転入,2026-10,0,窓口,2026-11-01', 'arrivals', '2026-10', 0],
])('%s', (row, ...[kind, period, count]) => {
  const { rows, problems } = read(row)
  expect(problems).toEqual([])
  expect(rows).toMatchObject([{ line: 2, given: { kind, period, count } }])
  expect(rows[0]?.given.countedOn).toMatch(/^2026-\d\d-01$/)
})

test.each([
  ['体重,2026-10,65,窓口,2026-11-01', 'kind', '「体重」'],
  ['手帳,2026年度,65,窓口,2026-11-01', 'period', '月ごと'],
  ['出生数,2026-10,65,窓口,2026-11-01', 'period', '年度'],
  ['手帳,2026-10,約65,窓口,2026-11-01', 'count', '整数'],
  ['手帳,2026-10,65,,2026-11-01', 'source', '出典'],
  ['手帳,2026-10,65,窓口,らいげつ', 'countedOn', '日付'],
])('%s is refused', (row, column, words) => {
  const { rows, problems } = read(row)
  expect(rows).toEqual([])
  expect(problems).toMatchObject([{ line: 2, column, message: expect.stringContaining(words) }])
})

test('two rows of one month are a fault of the second', () => {
  const row = '手帳,2026-10,65,窓口,2026-11-01'
  const { problems } = readDenominators(`${HEAD}${row}\n${row}\n`)
  expect(problems).toMatchObject([
    { line: 3, message: expect.stringContaining('2 行目にもあります') },
  ])
})
