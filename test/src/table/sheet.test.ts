import { describe, expect, test } from '@jest/globals'

import { columnTable, MANUSCRIPT_COLUMNS } from '../../../src/import/columns'
import type { Column } from '../../../src/import/columns'
import { guardCell } from '../../../src/table/formulaGuard'
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
    ['remarks in the header', '配信日(必須),本文【5000字まで】\n24w3d,本文\n'],
    ['marks in the header', '※配信日,「本文」*\n24w3d,本文\n'],
    ['numbers in the header', '1.配信日,2.本文 任意\n24w3d,本文\n'],
    ['what shows nothing in the header', 's\u200Blot,\u2060本文\u00AD\n24w3d,本文\n'],
  ])('%s', (_label, text) => {
    expect(readSheet(text, columns).problems).toEqual([])
    expect(rows(text)).toEqual([[2, '24w3d', '本文']])
  })

  test('what a formula could not compute is named cell by cell, a guarded text stays', () => {
    const { problems } = readSheet('slot,body\n#N/A,#DIV/0!\nday1,#REF!\nday2,#1', columns)
    expect(problems.map(({ line, column, value }) => [line, column, value])).toEqual([
      [2, 'slot', '#N/A'],
      [2, 'body', '#DIV/0!'],
      [3, 'body', '#REF!'],
    ])
    expect(guardCell('#N/A')).toBe("'#N/A")
    expect(rows("slot,body\nday1,'#N/A")).toEqual([[2, 'day1', '#N/A']])
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
    ['a list without headings', 'day1,x,y\nday2,z,y', 1, '知っている列の名前が 1 つもありません'],
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

describe('a table is found by its headings, wherever they stand', () => {
  test.each([
    ['a title', '令和8年度 原稿一覧\nslot,body\n24w3d,本文'],
    ['a title with empty cells', '令和8年度 原稿一覧,\n,\nslot,body\n24w3d,本文'],
    ['a title, a date and an empty line', '一覧,\n作成日,2026-11-27\n\nslot,body\n24w3d,本文'],
    ['a title above tabs', '一覧\nslot\tbody\n24w3d\t本文'],
    ['what to write under the headings', 'slot,body\n(例: 24w3d),【必須】\n24w3d,本文'],
    ['needed or not', 'slot,body\n必須,任意\n24w3d,本文'],
    ['headings printed again', 'slot,body\n24w3d,本文\nslot,body'],
    ['lines of what shows nothing', 'slot,body\n\u200B,\u00A0\n24w3d,本文\n\uFEFF,'],
  ])('%s', (_label, text) => {
    const { rows, problems, notes } = readSheet(text, columns)
    expect(problems).toEqual([])
    expect(notes).toEqual([])
    expect(rows.map(({ cells }) => [...cells.values()])).toEqual([['24w3d', '本文']])
  })

  test.each([
    ['a sum', 'slot,body\n24w3d,本文\n合計,1 件', 3, '合計 1 件'],
    ['a remark', 'slot,body\n24w3d,本文\n※ 4 月から,', 3, '※ 4 月から'],
    ['a row above the headings', 'a,b,c\nslot,body,\n24w3d,本文,', 1, 'a b c'],
  ] as [string, string, number, string][])('%s is told', (...[, text, line, value]) => {
    const { rows, problems, notes } = readSheet(text, columns)
    expect(problems).toEqual([])
    expect(notes).toMatchObject([{ line, value, message: expect.stringContaining(value) }])
    expect(rows).toHaveLength(1)
  })

  test('words of headings in the body are words', () => {
    expect(rows('slot,body\n24w3d,本文\nslot,本文')).toHaveLength(2)
    const wrong = readSheet('本文,x\n配信日,本文', [{ ...columns[0]!, aliases: [] }, columns[1]!])
    expect(wrong.problems.map(({ line }) => line)).toEqual([1, 1])
  })

  test('a problem has the heading of the file and the value of the cell', () => {
    const { headings } = readSheet(' 配信日 ,本文\n24w3d,本文', columns)
    expect(headings).toEqual(
      new Map([
        ['slot', '配信日'],
        ['body', '本文'],
      ]),
    )
  })
})

test('the README’s table has a row for each column and keeps bars in cells apart', () => {
  const lines = columnTable(MANUSCRIPT_COLUMNS).split('\n')
  expect(lines).toHaveLength(MANUSCRIPT_COLUMNS.length + 2)
  for (const line of lines) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(7)
})
