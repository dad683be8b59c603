import writeXlsxFile from 'write-excel-file/node'

import type { Column } from './columns'
import type { Cells } from './exportCells'
import { guardCell } from './formulaGuard'

/** A file a spreadsheet program opens. */
export type SheetFormat = 'xlsx' | 'csv'

/** Media types of the formats. */
export const MEDIA_TYPES: Readonly<Record<SheetFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** Columns with long texts are shown wider. */
const WIDE = ['body', 'text']

/** Writes rows under a Japanese header; every cell is a text, so that nothing is guessed from it. */
export async function writeSheet(
  rows: readonly Cells[],
  { columns, format, name }: { columns: readonly Column[]; format: SheetFormat; name: string },
): Promise<Uint8Array> {
  const header = columns.map((column) => column.aliases[0] ?? column.name)
  const body = rows.map((row) => columns.map((column) => guardCell(row[column.name] ?? '')))
  if (format === 'csv') return new TextEncoder().encode(csvOf([header, ...body]))
  const widths = columns.map((column) => ({ width: WIDE.includes(column.name) ? 60 : 16 }))
  const cells = [
    header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...body.map((line) => line.map((value) => ({ value: escapeXlsx(value), type: String }))),
  ]
  return writeXlsxFile(cells, { sheet: name, columns: widths, stickyRowsCount: 1 }).toBuffer()
}

/** With BOM and CRLF, as Excel expects; the BOM makes it read UTF-8. */
function csvOf(lines: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',') + '\r\n').join('')}`
}

/**
 * Signs XML cannot hold are written `_x0001_`; a text that looks so gets its first sign written in
 * that way (ECMA-376 Part 1, 22.9.2.19 ST_Xstring). So does a word such as `valueOf`:
 * write-excel-file looks its texts up in a plain object. *Pure.*
 */
function escapeXlsx(text: string): string {
  if (text in {}) return escapeSign(text) + text.slice(1)
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replace(
    // eslint-disable-next-line no-control-regex -- those XML 1.0 leaves out, CR, and U+FFFD, which the library drops
    /[\x00-\x08\x0B-\x1F\uFFFD-\uFFFF]/g,
    escapeSign,
  )
}

function escapeSign(sign: string): string {
  return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}
