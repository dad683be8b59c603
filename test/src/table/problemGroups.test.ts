import { expect, test } from '@jest/globals'

import { groupProblems, problemLine } from '../../../src/table/problemGroups'
import type { ImportProblem } from '../../../src/table/sheet'

const written = (problems: ImportProblem[]) =>
  groupProblems(problems).map((group) =>
    problemLine(group, { labelOf: (column) => `${column}の列`, unit: '行目' }),
  )

const bad = (line: number, value: string): ImportProblem => ({
  line,
  column: 'date',
  heading: '生年月日',
  value,
  message: `「${value}」は日付として読めません。`,
})

test('one problem is as it was', () => {
  expect(written([bad(3, '13月')])).toEqual(['3行目「生年月日」: 「13月」は日付として読めません。'])
  expect(written([{ line: 3, column: null, message: '欄が多すぎます。' }])).toEqual([
    '3行目: 欄が多すぎます。',
  ])
  expect(written([{ line: 3, column: 'date', message: '空です。' }])).toEqual([
    '3行目「dateの列」: 空です。',
  ])
})

test('a hundred of one kind are one line with the rows and some values', () => {
  const problems = Array.from({ length: 40 }, (_, index) => bad(index + 2, `${index}月`))
  expect(written([...problems, bad(50, 'x')])).toEqual([
    '2〜41・50行目「生年月日」: 「…」は日付として読めません。 書かれていた値: 「0月」「1月」「2月」「3月」「4月」など 41 通り(41 行)',
  ])
})

test('the same value is said as it is, and another kind stands for itself', () => {
  expect(
    written([
      bad(2, '不明'),
      { line: 3, column: 'date', message: '空です。', heading: '生年月日', value: '' },
      bad(4, '不明'),
    ]),
  ).toEqual([
    '2・4行目「生年月日」: 「不明」は日付として読めません。(2 行)',
    '3行目「生年月日」: 空です。',
  ])
})

test('rows that name other rows are one kind; a value in full width is known in its message', () => {
  const near = (line: number) => ({ line, column: 'date', message: `${line - 1} 行目と同じです。` })
  expect(written([near(3), near(5)])).toEqual(['3・5行目「dateの列」: ○ 行目と同じです。(2 行)'])
  const wide = (line: number, value: string) => ({
    ...bad(line, value),
    message: `「${value.normalize('NFKC')}」は使えません。`,
  })
  expect(written([wide(2, 'ｘ'), wide(3, 'ｙ')])).toEqual([
    '2〜3行目「生年月日」: 「…」は使えません。 書かれていた値: 「ｘ」「ｙ」(2 行)',
  ])
})
