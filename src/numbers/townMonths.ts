import { relatedId, type Related } from '../cms/relation'
import { readMonthFigures } from '../statistics/figures'
import type { TownMonth } from '../statistics/rates'

interface StoredMonth {
  municipality?: Related
  figures?: unknown
}

/** The months of stored rows, without those whose figures cannot be read. *Pure.* */
export function townMonths(rows: readonly StoredMonth[]): TownMonth[] {
  return rows.flatMap((row) => {
    const figures = readMonthFigures(row.figures)
    return figures ? [{ municipality: relatedId(row.municipality) ?? '', figures }] : []
  })
}
