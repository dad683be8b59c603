import { colToLetter } from 'hucre/xlsx'

import { formatCount } from '../release/textLimits'
import { ImportFileError } from './importFileError'
import { MAX_CELLS, MAX_COLUMN, MAX_ROW, tooManyCells, tooManyRows } from './tableLimits'

/** The most of each kind of tag in all parts together. */
const MOST: Readonly<Record<Kind, number>> = {
  row: 2 * MAX_ROW, // of all sheets: the one that is read ends at the last row
  cell: MAX_CELLS,
  word: 4 * MAX_CELLS, // words, values and readings of cells, and their parts
  other: 200_000, // styles, columns, merged ranges
  end: 8 * MAX_CELLS,
}

type Kind = 'row' | 'cell' | 'word' | 'other' | 'end'

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['row', 'row'],
  ['c', 'cell'],
  ...['v', 'f', 'is', 'si', 't', 'r', 'rPh', 'phoneticPr'].map((name) => [name, 'word'] as const),
])

/** Signs written as `&…;`; the library takes each apart. */
const MAX_ENTITIES = 500_000

/** Bytes of a tag or of a text between two; the longest cell written as entities has fewer. */
const MAX_STRETCH = 1024 * 1024

/** Bytes of a row's or a cell's tag; it has a hundred. */
const MAX_TAG = 4000

/** Bytes of a name that is counted by itself. */
const MAX_NAME = 20

const [LESS, GREATER, AMPERSAND, SLASH, COLON] = [0x3c, 0x3e, 0x26, 0x2f, 0x3a]

/**
 * Counts what a workbook's parts are made of and where it stands, before the library makes something
 * of each of them: each byte is looked at once, up to what is too much. What a sheet says of its own
 * extent is not asked. *Pure.*
 *
 * @throws ImportFileError with what was found.
 */
export function refuseSize(parts: Iterable<Uint8Array>): void {
  const counts: Record<Kind, number> = { row: 0, cell: 0, word: 0, other: 0, end: 0 }
  let entities = 0
  for (const bytes of parts) {
    countTags(bytes, counts)
    for (let at = bytes.indexOf(AMPERSAND); at !== -1; at = bytes.indexOf(AMPERSAND, at + 1)) {
      entities += 1
      if (entities > MAX_ENTITIES) throw new ImportFileError(TOO_MUCH)
    }
  }
}

function countTags(bytes: Uint8Array, counts: Record<Kind, number>): void {
  let last = 0
  for (let at = bytes.indexOf(LESS); at !== -1; at = bytes.indexOf(LESS, at + 1)) {
    if (at - last > MAX_STRETCH) throw new ImportFileError(TOO_MUCH)
    last = at
    const kind = bytes[at + 1] === SLASH ? 'end' : (KINDS.get(localName(bytes, at + 1)) ?? 'other')
    counts[kind] += 1
    if (counts[kind] > MOST[kind]) throw new ImportFileError(SENTENCES[kind] ?? TOO_MUCH)
    if (kind === 'row' || kind === 'cell') refusePlace(bytes, at)
  }
  if (bytes.length - last > MAX_STRETCH) throw new ImportFileError(TOO_MUCH)
}

/** The name of a tag without its prefix; cut where it is none of those that are counted. */
function localName(bytes: Uint8Array, start: number): string {
  let name = ''
  for (let at = start; at < start + MAX_NAME; at += 1) {
    const sign = bytes[at] ?? GREATER
    if (sign === GREATER || sign === SLASH || sign <= 0x20) return name
    name = sign === COLON ? '' : name + String.fromCharCode(sign)
  }
  return name
}

/** A row's number or a cell's address; `r` is not the last letter of another name. */
const PLACE = /\sr\s{0,9}=\s{0,9}["']([A-Z]*)(\d+)["']/i

function refusePlace(bytes: Uint8Array, start: number): void {
  const end = bytes.indexOf(GREATER, start)
  if (end === -1 || end - start > MAX_TAG) throw new ImportFileError(TOO_MUCH)
  const [, column = '', row = '1'] = PLACE.exec(latin1.decode(bytes.subarray(start, end))) ?? []
  if (Number(row) > MAX_ROW || columnOf(column) > MAX_COLUMN) {
    const place = column === '' ? `${formatCount(Number(row))} 行目` : `${column}${row}`
    throw new ImportFileError(tooWide(place.slice(0, 20)))
  }
}

const latin1 = new TextDecoder('latin1')

/** The number of a column from its letters; more than three are beyond all sheets. */
function columnOf(letters: string): number {
  if (letters.length > 3) return Infinity
  return [...letters.toUpperCase()].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0)
}

/** What is said of a sheet with something beyond the last row or column. *Pure.* */
export function tooWide(place: string): string {
  const last = colToLetter(MAX_COLUMN - 1)
  return `シートが広すぎます(${place}まで使われています)。${formatCount(MAX_ROW)} 行目・${last} 列(${MAX_COLUMN} 列目)より先の行と列を、書式も含めて削除してください。`
}

const TOO_MUCH =
  'Excel ブックの中身が大きすぎます。使っていないシート・書式・画像を消すか、行を分けて別のファイルにしてください。'

const SENTENCES: Partial<Record<Kind, string>> = { row: tooManyRows, cell: tooManyCells }
