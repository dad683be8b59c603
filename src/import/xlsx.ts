import readXlsxFile, { InvalidInputError, InvalidSpreadsheetError } from 'read-excel-file/node'
import type { CellValue } from 'read-excel-file/node'

import { ImportFileError } from './csv'
import type { Line } from './csv'
import { refuseLayout } from './xlsxLayout'
import { storedZip, unzip, ZipError } from './zip'

/** A workbook of 2,500 long texts unpacks to a tenth of this. */
const LIMITS = { maxFiles: 500, maxBytes: 40 * 1024 * 1024 }

/**
 * Reads the one sheet of an Excel workbook as texts: dates as YYYY-MM-DD, formulas as their values.
 *
 * @throws ImportFileError when it is broken, too large once unpacked, has cells that are merged or
 * hidden, or more than one sheet with content.
 */
export async function readXlsx(bytes: Buffer): Promise<Line[]> {
  const files = unpack(bytes)
  for (const [name, file] of files) refuseLayout(name, file)
  const sheets = (await parse(storedZip(files))).filter(({ data }) => data.length > 0)
  const [sheet, ...others] = sheets
  if (!sheet) throw new ImportFileError('シートが空です。1 行目に列の名前を書いてください。')
  if (others.length > 0) {
    const names = sheets.map((one) => `「${one.sheet}」`).join('')
    throw new ImportFileError(
      `中身のあるシートが ${sheets.length} 枚あります(${names})。取り込むシートだけのブックにしてください。`,
    )
  }
  return sheet.data
    .map((row, index) => ({ line: index + 1, cells: row.map(textOf) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

function unpack(bytes: Buffer): Map<string, Buffer> {
  try {
    return unzip(bytes, (name) => /\.xml(\.rels)?$/.test(name), LIMITS)
  } catch (error) {
    if (!(error instanceof ZipError)) throw error
    throw new ImportFileError(error.code === 'TOO_LARGE' ? TOO_LARGE : BROKEN)
  }
}

async function parse(archive: Buffer) {
  try {
    return await readXlsxFile(archive, { trim: false })
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof InvalidSpreadsheetError) {
      throw new ImportFileError(BROKEN)
    }
    throw error instanceof TypeError ? new ImportFileError(BROKEN) : error
  }
}

const BROKEN =
  'Excel ブック(.xlsx)として読めません。壊れているか、別の種類のファイルです。Excel で開いて「Excel ブック」で保存し直してください。'
const TOO_LARGE =
  'Excel ブックの中身が大きすぎます。使っていないシートや画像を消すか、行を分けて別のファイルにしてください。'

function textOf(value: CellValue | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return String(value)
}
