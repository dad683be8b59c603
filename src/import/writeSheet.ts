import { writeXlsx } from 'hucre/xlsx'

import type { Column } from './columns'
import type { Cells } from './exportCells'
import { guardCell } from '../table/formulaGuard'

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
  return xlsxOf([header, ...body], { columns, name })
}

/** The header is bold and stays in sight. */
function xlsxOf(
  lines: readonly (readonly string[])[],
  { columns, name }: { columns: readonly Column[]; name: string },
): Promise<Uint8Array> {
  const bold = columns.map(
    (_, index) => [`0,${index}`, { style: { font: { bold: true } } }] as const,
  )
  return writeXlsx({
    sheets: [
      {
        name,
        columns: columns.map((column) => ({ width: WIDE.includes(column.name) ? 60 : 16 })),
        rows: lines.map((line) => line.map((text) => (text === '' ? null : escapeXlsx(text)))),
        cells: new Map(bold),
        freezePane: { rows: 1 },
      },
    ],
  })
}

/** With BOM and CRLF, as Excel expects; the BOM makes it read UTF-8. */
function csvOf(lines: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',') + '\r\n').join('')}`
}

/**
 * Three kinds of signs are written as `_x0001_` (ECMA-376 Part 1, 22.9.2.19 ST_Xstring): the first
 * of a text that already looks so, the first of a text such as `#N/A`, which the library would write
 * as an error instead of a text, and the two XML cannot hold that the library leaves. *Pure.*
 */
function escapeXlsx(text: string): string {
  return text.replace(
    /^#(?=[A-Z/0!?_]+$)|_(?=x[0-9A-Fa-f]{4}_)|[\uFFFE\uFFFF]/g,
    (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
}
