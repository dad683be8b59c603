import { describe, expect, test } from '@jest/globals'

import { columnTable, MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import type { Column } from '../../../src/import/columns'
import { readSheet } from '../../../src/table/sheet'

const columns: Column[] = [
  { name: 'slot', aliases: ['配信日'], isRequired: true, description: '', example: '' },
  { name: 'body', aliases: ['本文'], isRequired: false, description: '', example: '' },
]

const rows = (text: string) =>
  readSheet(text, columns).rows.map(({ line, cells }) => [line, ...cells.values()])

describe('files as spreadsheets save them', () => {
  test.each([
    ['plain', 'slot,body\n24w3d,本文'],
    ['with a BOM', '\uFEFFslot,body\n24w3d,本文\n'],
    ['CRLF', 'slot,body\r\n24w3d,本文\r\n'],
    ['CR', 'slot,body\r24w3d,本文\r'],
    ['Japanese header', '配信日,本文\n24w3d,本文\n'],
    ['full width and spaces in the header', ' slot ,BODY\n24w3d,本文\n'],
    ['empty rows at the end', 'slot,body\n24w3d,本文\n,\n,\n'],
    ['empty columns at the end', 'slot,body,,\n24w3d,本文,,\n'],
    ['tabs', 'slot\tbody\n24w3d\t本文\n'],
    ['semicolons', '配信日;本文\n24w3d;本文\n'],
    ['what shows nothing in the header', 's\u200Blot,\u2060本文\u00AD\n24w3d,本文\n'],
  ])('%s', (_label, text) => {
    expect(readSheet(text, columns).problems).toEqual([])
    expect(rows(text)).toEqual([[2, '24w3d', '本文']])
  })

  test('quoted line breaks and quotes stay in the cell, and lines are counted right', () => {
    const text = 'slot,body\r\nday1,"一行目\r\n二行目 ""引用"""\r\n\r\nday2,次\r\n'
    expect(rows(text)).toEqual([
      [2, 'day1', '一行目\n二行目 "引用"'],
      [5, 'day2', '次'],
    ])
  })
})

describe('what cannot be read is said with its line', () => {
  test.each([
    ['an empty file', '', 1, '見出しの行がありません'],
    ['an unknown column', 'slot,memo\nday1,x', 1, '「memo」という列はありません'],
    ['a column twice', 'slot,配信日\nday1,day2', 1, '「slot」の列が 2 つあります'],
    ['a missing column', 'body\nx', 1, '「slot」(配信日)の列がありません'],
    ['too many cells', 'slot,body\nday1,x\nday2,x,y', 3, '欄が 3 個あり'],
    ['too few cells', 'slot,body\nday1', 2, '欄が 1 個しかなく'],
    ['too few cells between tabs', 'slot\tbody\nday1', 2, '空の欄にもタブを入れて'],
    ['a quote that is not closed', 'slot,body\nday1,"x\n', 2, '閉じていません'],
    ['a quote in the middle', 'slot,body\nday1,x"y', 2, '使い方が読めません'],
  ] as [string, string, number, string][])('%s', (...[, text, line, sentence]) => {
    const { problems } = readSheet(text, columns)
    expect(problems).toEqual([
      expect.objectContaining({ line, message: expect.stringContaining(sentence) }),
    ])
  })
})

test('the README’s table has a row for each column and keeps bars in cells apart', () => {
  const lines = columnTable(MANUSCRIPT_COLUMNS).split('\n')
  expect(lines).toHaveLength(MANUSCRIPT_COLUMNS.length + 2)
  for (const line of lines) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(7)
})
