import { colToLetter, rangeRef, writeXlsx } from 'hucre/xlsx'
import type { DataValidation, WriteSheet } from 'hucre'

import type { CellLists } from './cellChoices'
import type { Column } from './columns'
import type { Cells } from './exportCells'
import { csvOf } from '../table/csv'
import { guardCell } from '../table/formulaGuard'
import { LIST_SHEET } from '../table/listSheet'

/** A file a spreadsheet program opens. */
export type SheetFormat = 'xlsx' | 'csv'

/** Media types of the formats. */
export const MEDIA_TYPES: Readonly<Record<SheetFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** What is written, and what may be chosen in it. */
export interface SheetArgs {
  columns: readonly Column[]
  format: SheetFormat
  name: string
  /** Lists that a workbook offers in the cells of a column. */
  lists?: CellLists
}

/** Writes rows under a Japanese header; every cell is a text, so that nothing is guessed from it. */
export async function writeSheet(
  rows: readonly Cells[],
  { columns, format, name, lists = new Map() }: SheetArgs,
): Promise<Uint8Array> {
  const header = columns.map((column) => column.aliases[0] ?? column.name)
  const body = rows.map((row) => columns.map((column) => guardCell(row[column.name] ?? '')))
  if (format === 'csv') return new TextEncoder().encode(csvOf([header, ...body]))
  return xlsxOf([header, ...body], { columns, name, lists })
}

/** {@link writeSheet} as a file to save. */
export async function sheetResponse(
  rows: readonly Cells[],
  { fileName, ...sheet }: SheetArgs & { fileName: string },
): Promise<Response> {
  return download(await writeSheet(rows, sheet), fileName, MEDIA_TYPES[sheet.format])
}

/** A file that a browser saves under a name; it is kept nowhere on the way. */
export function download(bytes: Uint8Array, name: string, mediaType: string): Response {
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

/** Widths in letters: long texts, what is read as a whole, and the rest. */
const WIDTHS: Readonly<Record<string, number>> = {
  ...{ body: 60, text: 60, sources: 40, title: 28, subject: 28, url: 32, reason: 28 },
}
const USUAL_WIDTH = 14

/** Rows below the last that lists are offered in: people add texts there. */
const MORE_ROWS = 500

/** The header is bold and stays in sight; long texts are read in their cells. */
function xlsxOf(
  lines: readonly (readonly string[])[],
  { columns, name, lists }: Required<Omit<SheetArgs, 'format'>>,
): Promise<Uint8Array> {
  const bold = columns.map(
    (_, index) => [`0,${index}`, { style: { font: { bold: true }, alignment: WRAPPED } }] as const,
  )
  const validated = columns.flatMap(({ name: column }, index) => {
    const choices = lists.get(column)
    return choices ? [{ index, choices }] : []
  })
  const sheet: WriteSheet = {
    name,
    columns: columns.map((column) => ({
      width: WIDTHS[column.name] ?? USUAL_WIDTH,
      style: { alignment: WRAPPED },
    })),
    rows: lines.map((line) => line.map((text) => (text === '' ? null : escapeXlsx(text)))),
    cells: new Map(bold),
    freezePane: { rows: 1 },
    dataValidations: validated.map(({ index, choices }, at) =>
      offered(index, { at, count: choices.length, lastRow: lines.length - 1 + MORE_ROWS }),
    ),
  }
  return writeXlsx({
    sheets:
      validated.length > 0 ? [sheet, listSheet(validated.map(({ choices }) => choices))] : [sheet],
  })
}

const WRAPPED = { wrapText: true, vertical: 'top' } as const

/**
 * A list stands in a sheet of its own: written into the rule itself it may have 255 letters at most
 * (https://support.microsoft.com/office/excel-specifications-and-limits). Other words are warned of
 * and taken: the import knows more of them.
 */
function offered(
  column: number,
  { at, count, lastRow }: { at: number; count: number; lastRow: number },
): DataValidation {
  const letter = colToLetter(at)
  return {
    type: 'list',
    range: rangeRef(1, column, lastRow, column),
    formula1: `'${LIST_SHEET}'!$${letter}$1:$${letter}$${count}`,
    allowBlank: true,
    showErrorMessage: true,
    errorStyle: 'warning',
    errorTitle: '一覧にない値です',
    errorMessage: '一覧から選んでください。ほかの書き方は、取り込むときに確かめます。',
  }
}

function listSheet(lists: readonly (readonly string[])[]): WriteSheet {
  const height = Math.max(...lists.map(({ length }) => length))
  const rows = Array.from({ length: height }, (_, row) =>
    lists.map((choices) => (choices[row] === undefined ? null : escapeXlsx(choices[row]))),
  )
  return { name: LIST_SHEET, hidden: true, rows }
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
