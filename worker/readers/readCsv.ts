import { parse } from 'csv-parse/sync'

/** One line's cells by column name, normalised (NFKC, trimmed). */
export interface CsvRow {
  /** Line of the file the row starts on; the header is line 1. */
  line: number
  cells: Record<string, string>
}

/** What is wrong with one row, for the person who made the file; never contains an address. */
export interface RowError {
  line: number
  /** Column name, or null when the whole row is meant. */
  column: string | null
  message: string
}

/** A table that could be read, or why not. */
export type CsvTable = { rows: CsvRow[] } | { errors: RowError[] }

interface ParsedRecord {
  record: string[]
  info: { lines: number }
}

/**
 * Reads a CSV with a header line: UTF-8 with or without BOM, or Shift_JIS as Excel writes it;
 * any line ends. *Pure.*
 */
export function readCsv(bytes: Uint8Array, columns: readonly string[]): CsvTable {
  const text = decode(bytes).replace(/\r\n?/g, '\n')
  let records: ParsedRecord[]
  try {
    // csv-parse's types do not know what `info` adds to each record.
    records = parse(text, {
      info: true,
      relax_column_count: true,
      record_delimiter: '\n',
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as ParsedRecord[]
  } catch (error) {
    return { errors: [quoteError(error)] }
  }
  const [header, ...body] = records
  const names = (header?.record ?? []).map(clean)
  const errors = headerErrors(names, columns)
  if (errors.length > 0) return { errors }
  const tooLong = body.filter(({ record }) => record.length !== names.length)
  if (tooLong.length > 0) return { errors: tooLong.map((parsed) => lengthError(parsed, names)) }
  return { rows: body.map((parsed) => ({ line: startOf(parsed), cells: cellsOf(parsed, names) })) }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('shift_jis').decode(bytes)
  }
}

function clean(cell: string): string {
  return cell.normalize('NFKC').trim()
}

function cellsOf({ record }: ParsedRecord, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, clean(record[index] ?? '')]))
}

function startOf({ record, info }: ParsedRecord): number {
  const breaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0)
  return info.lines - breaks
}

function headerErrors(names: string[], columns: readonly string[]): RowError[] {
  const missing = columns.filter((column) => !names.includes(column))
  const unknown = names.filter((name) => !columns.includes(name))
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  const sentences = [
    missing.length > 0 && `1 行目に次の列がありません: ${missing.join(', ')}。`,
    unknown.length > 0 && `1 行目に使えない列があります: ${unknown.join(', ')}。`,
    repeated.length > 0 && `1 行目に同じ列が 2 回あります: ${repeated.join(', ')}。`,
  ].filter((sentence) => sentence !== false)
  return sentences.map((message) => ({ line: 1, column: null, message }))
}

function lengthError(parsed: ParsedRecord, names: string[]): RowError {
  const message = `列が ${names.length} 個必要ですが、${parsed.record.length} 個あります。「,」の数を確かめてください。`
  return { line: startOf(parsed), column: null, message }
}

function quoteError(error: unknown): RowError {
  const line = Number((error as { lines?: number }).lines ?? 1)
  return { line, column: null, message: '引用符「"」が閉じていないか、途中にあります。' }
}
