import { expect, test } from '@jest/globals'

import { columnLabel } from '../../../src/import/columns'
import { MAX_DOCUMENTS, tooManyProblem } from '../../../src/import/limits'

const itemsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    line: index + 2,
    label: '',
    id: null,
    mark: null,
    key: String(index),
    variables: {},
    data: { title: `見本 ${index}` },
  }))
const nothing = { byId: new Map(), byKey: new Map() }

test('only rows that are written count against the limit', () => {
  expect(tooManyProblem(itemsOf(MAX_DOCUMENTS), nothing)).toBeNull()
  expect(tooManyProblem(itemsOf(MAX_DOCUMENTS + 1), nothing)).toEqual({
    line: MAX_DOCUMENTS + 2,
    column: null,
    message: expect.stringContaining(`${MAX_DOCUMENTS + 1} 行目までとその後で`),
  })
  const items = itemsOf(MAX_DOCUMENTS * 2)
  const byKey = new Map(items.map(({ key, data }) => [key, { id: key, key, document: data }]))
  expect(tooManyProblem(items, { byId: new Map(), byKey })).toBeNull()
})

test('problems name a column as the file does', () => {
  expect(columnLabel('manuscripts', 'slot')).toBe('配信日')
  expect(columnLabel('manuscripts', 'sources.0.url')).toBe('出典')
  expect(columnLabel('addons', 'blocks.1.url')).toBe('部品')
  expect(columnLabel('addons', '見出しにない列')).toBe('見出しにない列')
})
