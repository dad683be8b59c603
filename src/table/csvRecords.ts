import { atOnce, type Steps } from './steps'
import {
  cellFault,
  MAX_CELL,
  MAX_CELLS,
  MAX_COLUMN,
  MAX_ROW,
  tooLongQuoted,
  tooManyCells,
  tooManyColumns,
  tooManyRows,
} from './tableLimits'

/** One line of a table with its cells, and the line of the text where it begins. */
export interface CsvRecord {
  line: number
  cells: string[]
}

/** Where and why a text cannot be taken apart. */
export interface CsvFault {
  line: number
  message: string
}

/**
 * Takes a CSV apart into records, each sign looked at once. What is too much is counted while reading
 * and ends it: a line without end, a quote that is never closed or millions of rows cost no more than
 * what is allowed. Source: https://www.rfc-editor.org/rfc/rfc4180. *Pure.*
 */
export function csvRecords(text: string, separator: string): CsvRecord[] | CsvFault {
  return atOnce(recordSteps(text, separator))
}

/** {@link csvRecords}, a cell at a step. *Pure.* */
export function* recordSteps(text: string, separator: string): Steps<CsvRecord[] | CsvFault> {
  const records: CsvRecord[] = []
  const reading: Reading = { text, separator, place: 0, line: 1, nextSeparator: -1, nextEnd: -1 }
  let cellCount = 0
  while (reading.place < text.length) {
    const record = yield* readRecord(reading)
    if ('message' in record) return record
    cellCount += record.cells.length
    if (cellCount > MAX_CELLS) return { line: record.line, message: tooManyCells }
    if (record.cells.length === 1 && record.cells[0] === '') continue
    records.push(record)
    if (records.length > MAX_ROW) return { line: record.line, message: tooManyRows }
  }
  return records
}

interface Reading {
  text: string
  separator: string
  /** What is read next, and its line. */
  place: number
  line: number
  /** Where the next separator and the next end of a line are; looked for again when they are passed. */
  nextSeparator: number
  nextEnd: number
}

function* readRecord(reading: Reading): Steps<CsvRecord | CsvFault> {
  const { text, line } = reading
  const cells: string[] = []
  for (;;) {
    const cell = text[reading.place] === '"' ? readQuoted(reading) : readBare(reading)
    if (typeof cell !== 'string') return cell
    cells.push(cell)
    if (cells.length > MAX_COLUMN) return { line, message: tooManyColumns }
    const message = cellFault(cell, cells.length)
    if (message) return { line, message }
    const sign = text[reading.place]
    reading.place += 1
    if (sign === '\n') reading.line += 1
    if (sign !== reading.separator) return { line, cells }
    yield
  }
}

function readBare(reading: Reading): string | CsvFault {
  const { text, separator, place, line } = reading
  if (reading.nextSeparator < place) reading.nextSeparator = placeOf(separator, text, place)
  if (reading.nextEnd < place) reading.nextEnd = placeOf('\n', text, place)
  const end = Math.min(reading.nextSeparator, reading.nextEnd)
  const cell = text.slice(place, end)
  if (cell.includes('"')) return { line, message: STRAY_QUOTE }
  reading.place = end
  return cell
}

function readQuoted(reading: Reading): string | CsvFault {
  const { text, separator, place, line } = reading
  const end = closingQuote(text, place + 1)
  if (end === null) return { line, message: tooLongQuoted }
  if (end === -1) return { line, message: OPEN_QUOTE }
  const inside = text.slice(place + 1, end)
  reading.line += inside.split('\n').length - 1
  const next = text[end + 1]
  if (next !== undefined && next !== separator && next !== '\n') {
    return { line: reading.line, message: STRAY_QUOTE }
  }
  reading.place = end + 1
  return inside.replaceAll('""', '"')
}

/** The first quote that is not written twice, or -1; null when too many are. */
function closingQuote(text: string, from: number): number | null {
  let place = text.indexOf('"', from)
  while (place !== -1 && text[place + 1] === '"') {
    if (place > from + 2 * MAX_CELL) return null
    place = text.indexOf('"', place + 2)
  }
  return place
}

/** Where a sign is from a place on; the text's end when it is nowhere. */
function placeOf(sign: string, text: string, from: number): number {
  const place = text.indexOf(sign, from)
  return place === -1 ? text.length : place
}

const OPEN_QUOTE = '「"」で始まった欄が閉じていません。欄の終わりに「"」を付けてください。'
const STRAY_QUOTE =
  'この行の「"」の使い方が読めません。文章に「"」を含むときは、欄全体を「"」で囲み、中の「"」は 2 つ続けて書いてください。'
