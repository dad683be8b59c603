import { zipSync } from 'fflate'
import { readXlsx as readWorkbook } from 'hucre/xlsx'
import { HucreError, type CellValue, type Sheet } from 'hucre'

import { ImportFileError } from './importFileError'
import type { Line } from './lines'
import { refuseLayout, TOO_WIDE } from './xlsxLayout'
import { unzip, ZipError } from './zip'

/** A workbook of 2,500 long texts unpacks to a tenth of this. */
const LIMITS = { maxFiles: 500, maxBytes: 40 * 1024 * 1024 }

/**
 * Reads the one sheet of an Excel workbook as texts: dates as YYYY-MM-DD, formulas as their values.
 *
 * @throws ImportFileError when it is broken, too large once unpacked, has cells that are merged or
 * hidden, or more than one sheet with content.
 */
export async function readXlsx(bytes: Buffer): Promise<Line[]> {
  const workbook = await parse(await unpack(bytes))
  workbook.forEach(refuseLayout)
  const [sheet, ...others] = workbook.filter(hasContent)
  if (!sheet) throw new ImportFileError('シートが空です。1 行目に列の名前を書いてください。')
  if (others.length > 0) {
    const names = [sheet, ...others].map(({ name }) => `「${name}」`)
    throw new ImportFileError(
      `中身のあるシートが ${names.length} 枚あります(${names.join('')})。取り込むシートだけのブックにしてください。`,
    )
  }
  return linesOf(sheet)
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
    return (await readWorkbook(zipSync(Object.fromEntries(files), { level: 0 }))).sheets
  } catch (error) {
    if (!(error instanceof HucreError)) throw error
    throw new ImportFileError(isTooWide(error) ? TOO_WIDE : BROKEN)
  }
}

/** A rectangle of more than 20 million cells; the library says so in its message alone. */
function isTooWide({ message }: HucreError): boolean {
  return /^Sheet .* over the \d+ limit/s.test(message)
}

const BROKEN =
  'Excel ブック(.xlsx)として読めません。壊れているか、別の種類のファイルです。Excel で開いて「Excel ブック」で保存し直してください。'
const TOO_LARGE =
  'Excel ブックの中身が大きすぎます。使っていないシートや画像を消すか、行を分けて別のファイルにしてください。'

function hasContent({ rows }: Sheet): boolean {
  return rows.some((row) => row.some((cell) => cell !== null))
}

function linesOf({ rows }: Sheet): Line[] {
  return rows
    .map((row, index) => ({ line: index + 1, cells: row.map(textOf) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

function textOf(value: CellValue): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return String(value)
}
