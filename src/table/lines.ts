import { recordSteps, type CsvFault } from './csvRecords'
import { withoutInvisible } from './invisible'
import type { Steps } from './steps'
import { MAX_LINES, tooManyLines } from './tableLimits'

/** One line of a file that is not empty, its cells as texts. */
export interface Line {
  line: number
  cells: string[]
  /** The days of cells that a workbook keeps as days, by place; their text may lack the year. */
  days?: ReadonlyMap<number, string>
}

/** The lines of a text, or where and why they cannot be told apart. */
export type TextLines = { lines: Line[]; separator: string } | CsvFault

const [LINE_FEED, RETURN] = [0x0a, 0x0d]

/** What stands between cells; the most frequent in the first line that has any counts. */
const SEPARATORS = [',', '\t', ';'] as const

/**
 * Splits a CSV into lines and cells, whatever stands between the cells and ends the lines; a cell or
 * line at a step. *Pure.*
 */
export function* lineSteps(text: string): Steps<TextLines> {
  if (hasMoreLines(text)) return { line: MAX_LINES, message: tooManyLines }
  const unified = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const separator = separatorOf(unified)
  const records = yield* recordSteps(unified, separator)
  if ('message' in records) return records
  const lines: Line[] = []
  for (const record of records) {
    if (!record.cells.every(isBlank)) lines.push(record)
    yield
  }
  return { lines, separator }
}

function hasMoreLines(text: string): boolean {
  let left = MAX_LINES
  for (let index = 0; index < text.length && left >= 0; index += 1) {
    const code = text.charCodeAt(index)
    if (code === LINE_FEED || code === RETURN) left -= 1
  }
  return left < 0
}

/** Whether nothing shows in a cell. *Pure.* */
export function isBlank(cell: string): boolean {
  return cell === '' || withoutInvisible(cell).trim() === ''
}

/** Headings are looked for in the beginning of a line alone, however long it is. */
const MAX_HEADING = 10_000

/** A title above the heading has none. */
function separatorOf(text: string): string {
  const header = headingLine(text).replace(/"[^"]*"/g, '')
  const counted = SEPARATORS.map((sign) => ({ sign, count: header.split(sign).length }))
  const most = Math.max(...counted.map(({ count }) => count))
  return counted.find(({ count }) => count === most)?.sign ?? ','
}

/** The first line that has a separator. */
function headingLine(text: string): string {
  const first = text.search(/[,\t;]/)
  if (first === -1) return ''
  const start = text.lastIndexOf('\n', first) + 1
  return text.slice(start, first + MAX_HEADING).split('\n', 1)[0] ?? ''
}
