import { strFromU8, strToU8, zipSync } from 'fflate'
import { cellRef, readXlsx as readWorkbook } from 'hucre/xlsx'
import { HucreError, type CellValue, type Sheet } from 'hucre'

import { ImportFileError } from './importFileError'
import { isBlank, type Line } from './lines'
import { LIST_SHEET } from './listSheet'
import { shownCell, withJapaneseFormats, type ShownCell } from './xlsxCell'
import { cellFault } from './tableLimits'
import { refuseLayout } from './xlsxLayout'
import { refuseSize } from './xlsxSize'
import { unzip, ZipError } from './zip'

/** A workbook of 2,500 long texts unpacks to an eighth of this, one of 20,000 readers to two thirds. */
const LIMITS = { maxFiles: 500, maxBytes: 32 * 1024 * 1024 }

/**
 * Reads the one sheet of an Excel workbook as texts: what its cells show, formulas as their
 * values.
 *
 * @throws ImportFileError when it is broken, too large once unpacked, has cells that are merged or
 * hidden, or more than one sheet with content.
 */
export async function readXlsx(bytes: Buffer): Promise<{ sheet: string; lines: Line[] }> {
  const files = await unpack(bytes)
  refuseSize(files.values())
  const workbook = await parse(files)
  const own = workbook.filter((sheet) => !isOurLists(sheet))
  own.forEach(refuseLayout)
  const [sheet, ...others] = own.filter(hasContent)
  if (!sheet) throw new ImportFileError('シートが空です。1 行目に列の名前を書いてください。')
  if (others.length > 0) {
    throw new ImportFileError(manySheets([sheet, ...others]))
  }
  return { sheet: sheet.name, lines: linesOf(sheet) }
}

/** What our own exports offer to choose from; a sheet that people wrote is not hidden. */
function isOurLists({ name, hidden, veryHidden }: Sheet): boolean {
  return name === LIST_SHEET && (hidden === true || veryHidden === true)
}

/** A sheet that is hidden is not seen, and goes out of the book only once it is shown. */
function manySheets(sheets: readonly Sheet[]): string {
  const isHidden = ({ hidden, veryHidden }: Sheet) => hidden === true || veryHidden === true
  const names = sheets.map((sheet) => `「${sheet.name}」${isHidden(sheet) ? '(非表示)' : ''}`)
  const show = sheets.some(isHidden)
    ? '非表示のシートは、シートの見出しを右クリックして「再表示」を選ぶと見えます。'
    : ''
  return `中身のあるシートが ${names.length} 枚あります(${names.join('、')})。取り込むシートだけのブックにしてください。${show}`
}

async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  try {
    return await unzip(bytes, (name) => /\.(xml|rels)$/.test(name), LIMITS)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    throw new ImportFileError(error.code === 'TOO_LARGE' ? TOO_LARGE : BROKEN)
  }
}

/** The library unpacks without limits of ours, so it gets exactly the files that were measured. */
async function parse(files: ReadonlyMap<string, Buffer>): Promise<Sheet[]> {
  try {
    const archive = zipSync(Object.fromEntries(withFormats(files)), { level: 0 })
    return (await readWorkbook(archive, { readStyles: true })).sheets
  } catch (error) {
    // A workbook that nests without end has no room on the stack.
    if (!(error instanceof HucreError) && !(error instanceof RangeError)) throw error
    throw new ImportFileError(BROKEN)
  }
}

function withFormats(files: ReadonlyMap<string, Buffer>): [string, Uint8Array][] {
  return [...files].map(([name, bytes]) => [
    name,
    /\/styles\.xml$/.test(name) ? strToU8(withJapaneseFormats(strFromU8(bytes))) : bytes,
  ])
}

const BROKEN =
  'Excel ブック(.xlsx)として読めません。壊れているか、別の種類のファイルです。Excel で開いて「Excel ブック」で保存し直してください。'
const TOO_LARGE =
  'Excel ブックの中身が大きすぎます。使っていないシートや画像を消すか、行を分けて別のファイルにしてください。'

function hasContent({ rows }: Sheet): boolean {
  return rows.some((row) => row.some((cell) => cell !== null))
}

function linesOf(sheet: Sheet): Line[] {
  return sheet.rows
    .map((row, index) => lineOf(row, { sheet, index }))
    .filter(({ cells }) => !cells.every(isBlank))
}

function lineOf(row: CellValue[], { sheet, index }: { sheet: Sheet; index: number }): Line {
  const shown = row.map((value, column) => shownAt(value, { sheet, row: index, column }))
  const days = shown.flatMap(({ day }, column) =>
    day === undefined ? [] : [[column, day] as const],
  )
  const cells = shown.map(({ text }) => text)
  for (const [column, text] of cells.entries()) {
    const fault = cellFault(text, column + 1)
    if (fault) throw new ImportFileError(`${index + 1} 行目: ${fault}(シート「${sheet.name}」)`)
  }
  return { line: index + 1, cells, ...(days.length > 0 && { days: new Map(days) }) }
}

function shownAt(
  value: CellValue,
  { sheet, row, column }: { sheet: Sheet; row: number; column: number },
): ShownCell {
  try {
    return shownCell(value, sheet.cells?.get(`${row},${column}`)?.style?.numFmt)
  } catch {
    throw new ImportFileError(
      `セル ${cellRef(row, column)} の表示形式が読めません。文字として書き直してください。(シート「${sheet.name}」)`,
    )
  }
}
