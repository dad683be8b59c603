import { decodeText } from './decode'
import { FILE_TOO_LARGE, MAX_FILE_BYTES } from './fileLimits'
import { ImportFileError } from './importFileError'
import type { SheetSource } from './sheet'
import { readXlsxAside } from './readXlsxAside'

interface Kind {
  starts: readonly number[]
  sentence: string
}

/** Files people take for spreadsheets, by their first bytes. */
const OTHER_KINDS: readonly Kind[] = [
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    sentence:
      '古い形式の Excel(.xls)か、パスワードの付いたブックは読めません。Excel で開いて、「Excel ブック(.xlsx)」でパスワードなしに保存し直してください。',
  },
  {
    starts: [0x25, 0x50, 0x44, 0x46],
    sentence: 'これは PDF です。Excel ブック(.xlsx)か CSV を選んでください。',
  },
]

/**
 * Reads a file as a spreadsheet program saved it: XLSX, or CSV in UTF-8, UTF-16 or
 * Shift_JIS.
 *
 * @throws ImportFileError with a Japanese sentence for anything else.
 */
export async function readImportFile(bytes: Uint8Array): Promise<SheetSource> {
  return (await readImportTable(bytes)).source
}

/** A table and the name of its sheet, null in a CSV. */
export interface ImportTable {
  source: SheetSource
  sheet: string | null
}

/** As {@link readImportFile}, with the sheet's name for messages. @throws ImportFileError */
export async function readImportTable(bytes: Uint8Array): Promise<ImportTable> {
  if (bytes.length > MAX_FILE_BYTES) throw new ImportFileError(FILE_TOO_LARGE)
  if (bytes.length === 0) throw new ImportFileError('ファイルが空です。')
  const other = OTHER_KINDS.find(({ starts }) => beginsWith(bytes, starts))
  if (other) throw new ImportFileError(other.sentence)
  if (!beginsWith(bytes, [0x50, 0x4b])) return { source: decodeText(bytes), sheet: null }
  const { lines, sheet } = await readXlsxAside(bytes)
  return { source: lines, sheet }
}

function beginsWith(bytes: Uint8Array, starts: readonly number[]): boolean {
  return starts.every((byte, index) => bytes[index] === byte)
}
