import { createHash } from 'node:crypto'

import { withFirstIndex, type KeyRing } from '../../src/secret/seal'
import type { ImportProblem } from '../../src/table/sheet'
import { grouped } from '../../src/release/grouped'

import { indexOf } from './identity'
import type { ImportedRow } from './importedRow'
import type { ChildDates } from './reader'
import { readerColumnLabel } from './readerColumns'

/** One reader of the file with all their rows. */
export interface ImportedReader {
  /** Derived from the address by the first index key, and the municipality: the same at each import. */
  id: string
  index: string
  first: ImportedRow
  rows: ImportedRow[]
}

/** Rows with the same municipality, channel and address are one reader's children. *Pure.* */
export function groupByReader(ring: KeyRing, rows: ImportedRow[]): ImportedReader[] {
  const readers = new Map<string, ImportedReader>()
  const first = withFirstIndex(ring)
  for (const row of rows) {
    const index = indexOf(ring, row.address)
    const id = uuidOf(`reader:${row.municipality}:${indexOf(first, row.address)}`)
    const reader = readers.get(id) ?? { id, index, first: row, rows: [] }
    reader.rows.push(row)
    readers.set(id, reader)
  }
  return [...readers.values()]
}

/** Rows of one reader that contradict the first one. *Pure.* */
export function disagreements({ first, rows }: ImportedReader): ImportProblem[] {
  return (['edition', 'relation', 'area'] as const).flatMap((column) =>
    rows
      .filter((row) => row[column] !== first[column])
      .map(({ line }) => ({
        line,
        column,
        message: `${first.line} 行目と同じ連絡先ですが、${readerColumnLabel(column)}が違います。同じ値にしてください。`,
      })),
  )
}

/** Rows of one reader with one date: one child, or as many as are marked to be several. */
export interface ImportedChild {
  dates: ChildDates
  first: ImportedRow
  rows: ImportedRow[]
  /** How many children they are. */
  count: number
  /** Whether they are marked to be another child than those of like dates. */
  isApart: boolean
}

/** The children of one reader's rows: equal rows are one child, unless they are marked. *Pure.* */
export function importedChildren({ rows }: Pick<ImportedReader, 'rows'>): ImportedChild[] {
  return [...grouped(rows, ({ dates }) => dateKey('', dates)).values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const marked = same.filter(({ twins }) => twins !== null).length
    const count = marked === 0 ? 1 : Math.min(same.length, marked + 1)
    return [{ dates: first.dates, first, rows: same, count, isApart: marked > 0 }]
  })
}

/** Ids of the children with one date of one reader, the same at each import. *Pure.* */
export function importedChildIds(readerId: string, { dates, count }: ImportedChild): string[] {
  const key = dateKey(readerId, dates)
  return Array.from({ length: count }, (_, ordinal) => uuidOf(`child:${key}:${ordinal}`))
}

/** Names a date of a reader's child. *Pure.* */
export function dateKey(readerId: string, { birthDate, dueDate }: ChildDates): string {
  return `${readerId}:${birthDate ? `born ${birthDate}` : `due ${dueDate}`}`
}

/** A UUID (version 8, made from a hash) that names a text. *Pure.* */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  const variant = '89ab'[parseInt(hex.charAt(16), 16) % 4]
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
