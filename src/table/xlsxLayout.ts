import { cellRef, colToLetter, rangeRef } from 'hucre/xlsx'
import type { Cell, RowDef, Sheet } from 'hucre'

import { ImportFileError } from './importFileError'
import { MAX_COLUMN, MAX_ROW } from './tableLimits'
import { tooWide } from './xlsxSize'

/**
 * Refuses a sheet whose cells are not what they seem: merged, hidden, faulty or not calculated.
 *
 * @throws ImportFileError with the sheet's name.
 */
export function refuseLayout(sheet: Sheet): void {
  const extent = extentSentence(sheet)
  const sentences =
    extent === null
      ? [mergeSentence(sheet), ...cellSentences(sheet), hiddenSentence(sheet)]
      : [extent]
  const found = sentences.filter((sentence) => sentence !== null)
  if (found.length > 0) throw new ImportFileError(`${found.join('')}(シート「${sheet.name}」)`)
}

/** Rows and cells that say no place are counted by the library. */
function extentSentence({ rows }: Sheet): string | null {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0)
  if (rows.length <= MAX_ROW && columns <= MAX_COLUMN) return null
  return tooWide(cellRef(rows.length - 1, Math.max(columns - 1, 0)))
}

function mergeSentence({ merges = [], rows }: Sheet): string | null {
  const { first, last } = tableRows(rows)
  const merged = merges.find(({ startRow, endRow }) => endRow >= first && startRow <= last)
  if (!merged) return null
  const { startRow, startCol, endRow, endCol } = merged
  const range = rangeRef(startRow, startCol, endRow, endCol)
  return `結合されたセル(${range})があります。「セル結合の解除」をして、1 つの欄に 1 つずつ書いてください。`
}

/**
 * The rows that can be the table: no row has more cells than its heading, and a title above or a
 * remark below may be merged over all its columns.
 */
function tableRows(rows: Sheet['rows']): { first: number; last: number } {
  const counts = rows.map((row) => row.filter((cell) => cell !== null && cell !== '').length)
  const most = Math.max(...counts, 0)
  if (most < 2) return { first: 0, last: Infinity }
  return { first: counts.indexOf(most), last: counts.findLastIndex((count) => count > 1) }
}

function cellSentences({ cells = new Map<string, Cell>() }: Sheet): string[] {
  const all = [...cells]
  const wrong = all.filter(([, { type }]) => type === 'error')
  const empty = all.filter(
    ([, { type, formula, value }]) => type !== 'error' && formula !== undefined && value === null,
  )
  return [
    ...(wrong.length > 0
      ? [`計算がエラーになっている欄(${places(wrong)})があります。式を値に直してください。`]
      : []),
    ...(empty.length > 0
      ? [
          `計算されていない式(${places(empty)})があります。Excel で開いて保存し直すか、値に直してください。`,
        ]
      : []),
  ]
}

/** Most cells a sentence names. */
const MAX_PLACES = 10

function places(cells: readonly (readonly [string, Cell])[]): string {
  const named = cells.slice(0, MAX_PLACES).map(([place]) => {
    const [row = 0, column = 0] = place.split(',').map(Number)
    return cellRef(row, column)
  })
  const more = cells.length > MAX_PLACES ? `など ${cells.length} か所` : ''
  return `${named.join('、')}${more}`
}

function hiddenSentence({
  columns = [],
  rowDefs = new Map<number, RowDef>(),
}: Sheet): string | null {
  const column = columns.findIndex((one) => one?.hidden)
  if (column >= 0) {
    return `隠れている列(${colToLetter(column)} 列から)があります。「再表示」するか、要らない列を削除してください。`
  }
  const [row] = [...rowDefs].find(([, { hidden }]) => hidden) ?? []
  if (row === undefined) return null
  return `隠れている行(${row + 1} 行目など)があります。フィルターを解くか「再表示」してください。`
}
