import { hasStackedMarks, STACKED_MARKS } from '../release/stackedMarks'
import { formatCount } from '../release/textLimits'

/** The last row of a table that is read. */
export const MAX_ROW = 20_000

/** The last column of a table that is read. */
export const MAX_COLUMN = 200

/** Cells of a whole table: twenty thousand readers have twelve each. */
export const MAX_CELLS = 300_000

/** UTF-16 units of one cell; a workbook's own maximum is 32,767. */
export const MAX_CELL = 40_000

/** Line ends of a text, those within cells too. */
export const MAX_LINES = 500_000

const SPLIT = '行を分けて、別のファイルにしてください。'

/** What is said of a table with more rows than are read. */
export const tooManyRows = `行が ${formatCount(MAX_ROW)} 行より多くあります。1 つのファイルは ${formatCount(MAX_ROW)} 行までです。${SPLIT}`

/** What is said of a text with more lines than are read. */
export const tooManyLines = `改行が ${formatCount(MAX_LINES)} より多くあります。空の行を削除するか、${SPLIT}`

/** What is said of a row with more cells than there are columns. */
export const tooManyColumns = `この行に欄が ${MAX_COLUMN} より多くあります。列は ${MAX_COLUMN} までです。使っていない列を削除し、行の終わりが改行になっているか確かめてください。`

/** What is said of a table with more cells than are read. */
export const tooManyCells = `欄が全部で ${formatCount(MAX_CELLS)} より多くあります。使っていない列を削除するか、${SPLIT}`

/** Why a cell is not read, or null; columns count from 1. *Pure.* */
export function cellFault(text: string, column: number): string | null {
  if (text.length > MAX_CELL) return tooLongCell(column, text.length)
  return hasStackedMarks(text) ? `${column} 列目の欄${STACKED_MARKS}` : null
}

function tooLongCell(column: number, length: number): string {
  return `${column} 列目の欄に ${formatCount(length)} 文字あります。1 つの欄は ${formatCount(MAX_CELL)} 文字までです。文を短くするか、「"」が閉じているか確かめてください。`
}

/** What is said of a cell whose end is too far away to look for it. */
export const tooLongQuoted = `「"」で始まる欄が長すぎます。1 つの欄は ${formatCount(MAX_CELL)} 文字までです。文を短くするか、「"」が閉じているか確かめてください。`
