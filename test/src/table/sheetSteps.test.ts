// A file is read in steps no longer than a cell, so that others get their turn while it is.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import { composed } from '../../../src/table/sameText'
import { readSheet, sheetSteps } from '../../../src/table/sheet'

const HEADER = 'series,slot,title,subject,body\n'

function stepsOf(text: string): number {
  const steps = sheetSteps(text, MANUSCRIPT_COLUMNS)
  let count = 0
  while (!steps.next().done) count += 1
  return count
}

test.each([
  ['many rows', `${HEADER}${'a,b,c,d,e\n'.repeat(2000)}`, 2000 * 5],
  ['one long row', `${HEADER}${'a,'.repeat(199)}a\n`, 199],
  ['blank rows', `${HEADER}${'\u200B,,,,\n'.repeat(2000)}`, 2000 * 5],
])('%s are at least a step a cell', (_, text, cells) => {
  expect(stepsOf(text)).toBeGreaterThanOrEqual(cells)
})

test('in steps the rows are the same as at once', () => {
  const text = `${HEADER}a,b,"c\nd",'=1,が\n`
  const steps = sheetSteps(text, MANUSCRIPT_COLUMNS)
  let next = steps.next()
  while (!next.done) next = steps.next()
  expect(next.value).toEqual(readSheet(text, MANUSCRIPT_COLUMNS))
  expect([...(next.value.rows[0]?.cells.values() ?? [])]).toEqual(['a', 'b', 'c\nd', '=1', 'が'])
})

test('kanji of names stay, and what stands between them is composed', () => {
  const sign = fc.constantFrom(
    'か',
    '\u3099',
    '\uFA19',
    '\u{2F800}',
    'e',
    '\u0301',
    '\uD800',
    '👪',
    '\n',
  )
  const kept = /[\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u
  fc.assert(
    fc.property(
      fc.array(sign).map((signs) => signs.join('')),
      (text) => {
        const parts = text.split(/([\uF900-\uFAFF\u{2F800}-\u{2FA1F}])/u)
        const expected = parts
          .map((part) => (kept.test(part) ? part : part.normalize('NFC')))
          .join('')
        expect(composed(text)).toBe(expected)
      },
    ),
  )
})
