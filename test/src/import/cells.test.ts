import { expect, test } from '@jest/globals'

import { createCellReader } from '../../../src/import/cells'
import { reportOf } from '../../../src/import/report'
import type { ImportProblem } from '../../../src/table/sheet'

const reader = (cells: Record<string, string>, days?: Record<string, string>) => {
  const problems: ImportProblem[] = []
  const row = { line: 2, cells: new Map(Object.entries(cells)) }
  const dated = days ? { ...row, days: new Map(Object.entries(days)) } : row
  return { problems, cells: createCellReader(dated, problems) }
}

test('what shows nothing does not count in codes, choices, numbers and slots', () => {
  const written = {
    code: '\uFEFF272990\u200B',
    kind: '節\u00AD目',
    order: '1,000\u2060',
    slot: '24週\u200B3日',
  }
  const { cells, problems } = reader(written)
  expect(cells.code('code')).toBe('272990')
  expect(cells.choice('kind', [{ value: 'milestone', label: '節目の文' }], '')).toBe('milestone')
  expect(cells.integer('order', 0)).toBe(1000)
  expect(cells.slot('slot')).toBe('24w3d')
  expect(problems).toEqual([])
})

test.each([
  ['24w3d(妊娠24週3日)', '24w3d'],
  ['生後45日（day45）', 'day45'],
  ['month18+3 1歳6か月と3日', 'month18+3'],
  ['入学の84日前: entry-84', 'entry-84'],
  ['day45-生後45日', 'day45'],
])('a slot and its label beside each other are one: %s', (written, slot) => {
  expect(reader({ slot: written }).cells.slot('slot')).toBe(slot)
})

test('a slot beside the label of another is refused', () => {
  const { cells, problems } = reader({ slot: '24w3d(妊娠24週4日)' })
  expect(cells.slot('slot')).toBeUndefined()
  expect(problems).toHaveLength(1)
})

test('a text stays as it stands in its cell', () => {
  expect(reader({ body: ' 👨‍👩‍👧\u200B ' }).cells.text('body')).toBe(' 👨‍👩‍👧\u200B ')
})

test('the day a workbook knows counts before what its cell shows', () => {
  const { cells } = reader({ validFrom: '4月1日' }, { validFrom: '2026-04-01' })
  expect(cells.day('validFrom')).toBe('2026-04-01')
})

test.each([['2026/2/30'], ['2026年04月01日 10:30'], ['4月ごろ'], ['13/4/1']])(
  'what is no day is refused in its cell with all that stands there: %s',
  (written) => {
    const { cells, problems } = reader({ validFrom: written })
    expect(cells.day('validFrom')).toBeUndefined()
    expect(problems).toEqual([
      expect.objectContaining({
        column: 'validFrom',
        value: written,
        message: expect.stringContaining(`「${written}」`),
      }),
    ])
  },
)

test('a report shows no control character', () => {
  const { cells, problems } = reader({ order: 'a\u001b[2J\u200B' })
  cells.integer('order', 0)
  const report = { kind: 'manuscripts', isDryRun: true, isWritten: false, outcomes: [] } as const
  const [problem] = reportOf({ ...report, outcomes: [], problems }).problems
  expect(problem?.message).toContain('「a〈U+001B〉[2J〈U+200B〉」')
})
