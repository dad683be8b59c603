import { createHash } from 'node:crypto'

import type { KeyRing } from '../../src/secret/seal'
import type { ImportProblem } from '../../src/table/sheet'

import { indexOf } from './identity'
import type { ImportedRow } from './importedRow'
import type { Child, ChildDates } from './reader'
import { readerColumnLabel } from './readerColumns'

/** One reader of the file with all their rows. */
export interface ImportedReader {
  /** Derived from the keyed blind index and the municipality: the same at each import. */
  id: string
  index: string
  first: ImportedRow
  rows: ImportedRow[]
}

/** Rows with the same municipality, channel and address are one reader's children. *Pure.* */
export function groupByReader(ring: KeyRing, rows: ImportedRow[]): ImportedReader[] {
  const readers = new Map<string, ImportedReader>()
  for (const row of rows) {
    const index = indexOf(ring, row.address)
    const id = uuidOf(`reader:${row.municipality}:${index}`)
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

/**
 * The children of one reader's rows. Rows with one date are twins: the second gets an id of its
 * own, the same at each import. *Pure.*
 */
export function importedChildren(rows: ImportedRow[], readerId: string, at: Date): Child[] {
  const seen = new Map<string, number>()
  return rows.map(({ municipality, dates }) => {
    const key = dateKey(readerId, dates)
    const ordinal = seen.get(key) ?? 0
    seen.set(key, ordinal + 1)
    const _id = uuidOf(`child:${key}:${ordinal}`)
    const stamps = { createdAt: at, changedAt: at }
    return { _id, municipality, readers: [readerId], ...dates, status: 'active', ...stamps }
  })
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
