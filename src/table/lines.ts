import { CsvError, parse } from 'csv-parse/sync'

import { withoutInvisible } from './invisible'

/** One line of a file that is not empty, its cells as texts. */
export interface Line {
  line: number
  cells: string[]
  /** The days of cells that a workbook keeps as days, by place; their text may lack the year. */
  days?: ReadonlyMap<number, string>
}

/** The lines of a text, or where and why they cannot be told apart. */
export type TextLines = { lines: Line[]; separator: string } | { line: number; message: string }

/** What stands between cells; the most frequent in the first line that has any counts. */
const SEPARATORS = [',', '\t', ';'] as const

/** Splits a CSV into lines and cells, whatever stands between the cells and ends the lines. *Pure.* */
export function splitLines(text: string): TextLines {
  const unified = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const separator = separatorOf(unified)
  try {
    const options = { info: true, relax_column_count: true, delimiter: separator } as const
    // csv-parse's types do not know what `info` adds to each record.
    const records = parse(unified, options) as unknown as Record[]
    const starts = records.map((_, index) => (records[index - 1]?.info.lines ?? 0) + 1)
    const lines = records
      .map(({ record }, index) => ({ line: starts[index] ?? 1, cells: record }))
      .filter(({ cells }) => !cells.every(isBlank))
    return { lines, separator }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as { lines?: unknown }).lines ?? 1)
    return { line, message: quoteSentence(error.code) }
  }
}

/** Whether nothing shows in a cell. *Pure.* */
export function isBlank(cell: string): boolean {
  return withoutInvisible(cell).trim() === ''
}

interface Record {
  record: string[]
  info: { lines: number }
}

/** A title above the heading has none. */
function separatorOf(text: string): string {
  const header = /^[^\n]*[,\t;][^\n]*$/m.exec(text)?.[0].replace(/"[^"]*"/g, '') ?? ''
  const counted = SEPARATORS.map((sign) => ({ sign, count: header.split(sign).length }))
  const most = Math.max(...counted.map(({ count }) => count))
  return counted.find(({ count }) => count === most)?.sign ?? ','
}

function quoteSentence(code: string): string {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? '「"」で始まった欄が閉じていません。欄の終わりに「"」を付けてください。'
    : 'この行の「"」の使い方が読めません。文章に「"」を含むときは、欄全体を「"」で囲み、中の「"」は 2 つ続けて書いてください。'
}
