import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import {
  AGE_BASES,
  KINDS,
  MONTH_RULES,
  TIMINGS,
  NOTICE_CHANNELS,
  NOTICE_HOURS,
  NOTICE_RELATIONS,
} from '../../../src/release/choices'
import { THEMES } from '../../../src/release/themes'
import { planAddOns } from '../../../src/import/addOns'
import { ADD_ON_COLUMNS, MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import { changedFields } from '../../../src/import/compare'
import { addOnRows, manuscriptCells } from '../../../src/import/exportCells'
import { guardCell, unguardCell } from '../../../src/table/formulaGuard'
import { readImportFile } from '../../../src/table/importFile'
import { decodeEntry, encodeEntry, splitList } from '../../../src/import/lists'
import { planManuscripts } from '../../../src/import/manuscripts'
import type { ImportContext } from '../../../src/import/plan'
import { namesIn } from '../../../src/import/runExport'
import { writeSheet, type SheetFormat } from '../../../src/import/writeSheet'

const EDITIONS = [
  { value: 'standard', label: '標準' },
  { value: 'easy', label: 'やさしい日本語' },
]
const TOPICS = [
  { value: 'daily', label: 'くらし' },
  { value: 'odd', label: '前;後' },
]
const context: ImportContext = {
  series: new Map([['child', 's1']]),
  municipalities: new Map([['012025', { id: 'm1', variables: {} }]]),
  choices: (field) => (field === 'topics' ? TOPICS : EDITIONS),
}
const names = namesIn(context)

/** What people and their keyboards put into cells, among anything else. */
const nasty = fc.constantFrom(
  ...[
    '=1+1',
    ' =1',
    '\u00A0=1',
    "'\u200B=1",
    '+81',
    '-5',
    '@home',
    "'=x",
    "''",
    '0012',
    '1.50',
    '2026/4/1',
    'TRUE',
    '#N/A',
  ],
  ...[
    'a,b;c;d、e|f|g\\h',
    '"引用"',
    '一行目\n二行目',
    ' 字下げ ',
    '😀👨‍👩‍👧〜~〜',
    '_x000D_',
    '\t',
    '\uFFFD',
  ],
)
const anyText = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 4 })
  .map((parts) => parts.join(''))
const text = anyText.filter((value) => value.trim() !== '')
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const slot = fc.oneof(
  fc.integer({ min: 0, max: 3650 }).map((days) => `day${days}`),
  fc.integer({ min: 1, max: 240 }).map((months) => `month${months}`),
  fc.integer({ min: 1, max: 84 }).map((days) => `entry-${days}`),
  fc
    .tuple(fc.integer({ min: 4, max: 41 }), fc.integer({ min: 0, max: 6 }))
    .map(([w, d]) => `${w}w${d}d`),
)
const valueOf = (choices: readonly { value: string }[]) =>
  fc.constantFrom(...choices.map(({ value }) => value))

const manuscript = fc.record({
  id: fc.constant('0123456789abcdef01234567'),
  series: fc.constant('s1'),
  slot,
  edition: valueOf(EDITIONS),
  kind: valueOf(KINDS),
  title: text,
  subject: text,
  body: text,
  topics: fc.uniqueArray(valueOf(TOPICS)),
  ageBasis: valueOf(AGE_BASES),
  monthRule: valueOf(MONTH_RULES),
  theme: valueOf(THEMES),
  sources: fc.array(fc.record({ title: text, url: anyText, accessedOn: fc.option(day) }), {
    maxLength: 2,
  }),
})

const address = fc.webUrl()
const block = fc.oneof(
  fc.record({ blockType: fc.constant('text'), text: anyText }),
  fc.record({ blockType: fc.constant('link'), label: anyText, url: address }),
  fc.record({
    blockType: fc.constant('book'),
    title: anyText,
    author: anyText,
    publisher: anyText,
    description: anyText,
    imageUrl: fc.option(address),
    url: fc.option(address),
  }),
  fc.record({
    blockType: fc.constant('group'),
    name: anyText,
    description: anyText,
    place: anyText,
    schedule: anyText,
    contact: anyText,
    url: fc.option(address),
  }),
)
const addOn = fc.record({
  id: fc.constant('0123456789abcdef01234567'),
  municipality: fc.constant('m1'),
  title: text,
  from: slot,
  to: slot,
  isEndIncluded: fc.boolean(),
  timing: valueOf(TIMINGS),
  validFrom: fc.option(day),
  validTo: fc.option(day),
  hour: fc.option(valueOf(NOTICE_HOURS)),
  relation: fc.option(valueOf(NOTICE_RELATIONS)),
  channel: fc.option(valueOf(NOTICE_CHANNELS)),
  areas: fc.uniqueArray(text),
  editions: fc.uniqueArray(valueOf(EDITIONS)),
  monthRule: valueOf(MONTH_RULES),
  theme: valueOf(THEMES),
  order: fc.integer({ min: -1000, max: 1000 }),
  topics: fc.uniqueArray(valueOf(TOPICS)),
  blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
})

const FORMATS = ['csv', 'xlsx'] as const

describe.each(FORMATS)('a file that goes out as %s and comes back changes nothing', (format) => {
  test('manuscripts', async () => {
    await fc.assert(
      fc.asyncProperty(manuscript, async (document) => {
        const plan = planManuscripts(await through(format, [document]), context)
        expect(plan.problems).toEqual([])
        expect(plan.items).toHaveLength(1)
        expect(changedFields(document, plan.items[0]!.data)).toEqual([])
        expect(plan.items[0]!.id).toBe(document.id)
      }),
      { numRuns: 150 },
    )
  })

  test('add-ons', async () => {
    await fc.assert(
      fc.asyncProperty(addOn, async (document) => {
        const rows = addOnRows(document, names, '1')
        const bytes = await writeSheet(rows, { columns: ADD_ON_COLUMNS, format, name: '見本' })
        const plan = planAddOns(await readImportFile(bytes), context)
        expect(plan.problems).toEqual([])
        expect(changedFields(document, plan.items[0]!.data)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

test('an area whose sign becomes a separator when it is composed stays one area', async () => {
  const [document] = fc.sample(addOn, 1)
  const area = { ...document!, areas: ['\u037E', '北\u037E南'] }
  const rows = addOnRows(area, names, '1')
  const bytes = await writeSheet(rows, { columns: ADD_ON_COLUMNS, format: 'csv', name: '見本' })
  const [item] = planAddOns(await readImportFile(bytes), context).items
  expect(changedFields(area, item!.data)).toEqual([])
})

test.each(FORMATS)(
  'an equals sign that composing joins to the sign after it: %s',
  async (format) => {
    const document = { ...fc.sample(manuscript, 1)[0]!, body: '=\u0338前' }
    const [item] = planManuscripts(await through(format, [document]), context).items
    expect(changedFields(document, item!.data)).toEqual([])
  },
)

test('one cell edited is one field changed', async () => {
  const document = { ...fc.sample(manuscript, 1)[0]!, body: '前' }
  const source = await through('xlsx', [document])
  if (typeof source === 'string') throw new Error('not a sheet')
  const edited = source.map(({ line, cells }) => ({
    line,
    cells: cells.map((cell) => (cell === '前' ? '後' : cell)),
  }))
  const [item] = planManuscripts(edited, context).items
  expect(changedFields(document, item!.data)).toEqual(['body'])
})

test('no cell of an export is a formula, and the guard comes off again', () => {
  fc.assert(
    fc.property(anyText, (value) => {
      expect(/^[=+@]/.test(guardCell(value))).toBe(false)
      expect(unguardCell(guardCell(value))).toBe(value)
    }),
  )
  expect(guardCell('=HYPERLINK("https://example.jp")')).toBe('\'=HYPERLINK("https://example.jp")')
  expect([guardCell('-5'), guardCell('-1+1')]).toEqual(['-5', "'-1+1"])
  expect(guardCell('\uFF1D1+1')).toBe("'\uFF1D1+1")
  for (const front of ['\n', ' ', '\u00A0', '\u3000', '\u200B', '\uFEFF', '\r\n', ' \u200B\t']) {
    expect(guardCell(`${front}=1+1`)).toBe(`'${front}=1+1`)
    expect(unguardCell(guardCell(`${front}=1+1`))).toBe(`${front}=1+1`)
    expect(unguardCell(guardCell(`'${front}=1+1`))).toBe(`'${front}=1+1`)
  }
  for (const plain of [
    '24週のからだ',
    '6b03de573d1ad52381639fb1',
    '0012',
    '2026-04-01',
    '?',
    ';',
  ]) {
    expect(guardCell(plain)).toBe(plain)
  }
})

test('words that every object of JavaScript knows are texts like others', async () => {
  const words = ['valueOf', 'constructor', '__proto__', 'toString']
  const rows = words.map((title) => ({ title }))
  const columns = MANUSCRIPT_COLUMNS.filter(({ name }) => name === 'title')
  const bytes = await writeSheet(rows, { columns, format: 'xlsx', name: '見本' })
  const lines = await readImportFile(bytes)
  expect(lines.slice(1)).toEqual(words.map((word, index) => ({ line: index + 2, cells: [word] })))
})

test.each([
  ['312345678', 1],
  ['9012345678', 1],
  ['0312345678', 0],
  ['03-1234-5678', 0],
])('a telephone number without its first 0 is refused: %s', (contact, count) => {
  const text = `id,municipality,title,from,to,block,name,contact\n1,012025,案内,day1,day2,group,ひろば,${contact}`
  const { problems } = planAddOns(text, context)
  expect(problems.map(({ line, column }) => `${line} ${column}`)).toEqual(
    Array.from({ length: count }, () => '2 contact'),
  )
})

test('entries of a list keep the signs that stand between entries', () => {
  fc.assert(
    fc.property(fc.array(text), (entries) => {
      const normalised = entries.map((entry) => entry.replace(/\r\n?/g, '\n'))
      expect(splitList(entries.map(encodeEntry).join('、'))).toEqual(normalised)
    }),
  )
  expect(decodeEntry(String.raw` 北\;地区 `)).toBe('北;地区')
  expect(splitList('北\uFF1B南;東、西')).toEqual(['北', '南', '東', '西'])
})

async function through(format: SheetFormat, documents: Record<string, unknown>[]) {
  const rows = documents.map((document) => manuscriptCells(document, names))
  const options = { columns: MANUSCRIPT_COLUMNS, format, name: '見本' }
  return readImportFile(await writeSheet(rows, options))
}
