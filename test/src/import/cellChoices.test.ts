// An exported workbook offers what may be chosen, and is read back as if it offered nothing.
import { expect, test } from '@jest/globals'
import { readXlsx } from 'hucre/xlsx'

import { cellLists } from '../../../src/import/cellChoices'
import { findChoice } from '../../../src/import/cells'
import { ADD_ON_COLUMNS, MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import type { ImportContext } from '../../../src/import/plan'
import { writeSheet } from '../../../src/import/writeSheet'
import { AGE_BASES, KINDS, MONTH_RULES } from '../../../src/release/choices'
import { THEMES } from '../../../src/release/themes'
import { readImportFile } from '../../../src/table/importFile'
import { LIST_SHEET } from '../../../src/table/listSheet'
import { readSheet } from '../../../src/table/sheet'

const EDITIONS = [
  { value: 'standard', label: '標準' },
  { value: 'easy', label: 'やさしい日本語' },
]
/** As many as a prefecture has: far more letters than a rule of Excel itself may hold. */
const CODES = Array.from({ length: 200 }, (_, at) => String(120_000 + at * 7))
const context: ImportContext = {
  series: new Map([
    ['pregnancy', 's1'],
    ['child', 's2'],
  ]),
  municipalities: new Map(CODES.map((code) => [code, { id: `m${code}`, variables: {} }])),
  choices: (field) => (field === 'edition' ? EDITIONS : []),
}

const written = (kind: 'manuscript' | 'addOn', rows: Record<string, string>[]) =>
  writeSheet(rows, {
    columns: kind === 'manuscript' ? MANUSCRIPT_COLUMNS : ADD_ON_COLUMNS,
    format: 'xlsx',
    name: '原稿',
    lists: cellLists(kind, context),
  })

test('what is chosen one at a time is offered, as the import reads it', () => {
  const lists = cellLists('manuscript', context)
  const [series, flags] = [lists.get('series'), cellLists('addOn', context).get('isEndIncluded')]
  expect([series, flags]).toEqual([
    ['pregnancy', 'child'],
    ['はい', 'いいえ'],
  ])
  const known = {
    edition: EDITIONS,
    kind: KINDS,
    ageBasis: AGE_BASES,
    monthRule: MONTH_RULES,
    theme: THEMES,
  }
  for (const [column, choices] of Object.entries(known)) {
    const read = (lists.get(column) ?? []).map((cell) => findChoice(column, cell, choices))
    expect([column, read]).toEqual([column, choices.map(({ value }) => value)])
  }
  expect(lists.has('topics')).toBe(false) // several may stand there
  expect(cellLists('addOn', context).get('block')?.length).toBeGreaterThan(2)
})

test('the lists stand in a hidden sheet, for all rows and those to come', async () => {
  const { sheets } = await readXlsx(await written('addOn', [{ id: '1', title: '健診' }]), {
    readStyles: true,
  })
  const [sheet, lists] = sheets
  expect(lists).toMatchObject({ name: LIST_SHEET, hidden: true })
  const rules = sheet?.dataValidations ?? []
  expect(rules.length).toBe(cellLists('addOn', context).size)
  for (const { type, formula1, range } of rules) {
    const [, letter, last] = /^'選択肢'!\$([A-Z]+)\$1:\$\1\$(\d+)$/.exec(formula1 ?? '') ?? []
    const column = String(letter).charCodeAt(0) - 65
    const offered = (lists?.rows ?? []).flatMap((row) => row[column] ?? [])
    expect([type, offered.length, Number(last)]).toEqual(['list', Number(last), offered.length])
    expect(range).toMatch(/^[A-Z]+2:[A-Z]+502$/)
  }
  expect(Math.max(...rules.map(({ formula1 }) => formula1?.length ?? 0))).toBeLessThan(255)
  expect(sheet?.freezePane).toMatchObject({ rows: 1 })
  expect(sheet?.cells?.get('1,0')?.style?.alignment).toMatchObject({ wrapText: true })
})

test('the import reads the rows, and nothing of the lists', async () => {
  const row = { series: 'child', title: '十か月', body: '一行目\n二行目', edition: '標準' }
  const bytes = await written('manuscript', [row])
  const source = await readImportFile(bytes)
  const { rows, problems } = readSheet(source, MANUSCRIPT_COLUMNS)
  expect(problems).toEqual([])
  expect(rows).toHaveLength(1)
  expect(Object.fromEntries(rows[0]!.cells)).toMatchObject(row)
})
