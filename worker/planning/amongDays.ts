import { addDays, type LocalDay } from '../../src/stage/day'

/** A condition on a field that holds a day, or a word with one at its end. */
export type DayCondition = { $in: string[] } | { $gte: string; $lte: string }

/** From so many days in a row on a range is cheaper than each by its name. */
const IN_A_ROW = 4

/**
 * Conditions, one of which holds for each of these days and for no other: days in a row are a range,
 * which an index walks at once where it would look for hundreds of days one by one. `written` says how
 * the field writes a day; what it writes must keep the days' order. *Pure.*
 */
export function amongDays(
  days: readonly LocalDay[],
  written: (day: LocalDay) => string = (day) => day,
): DayCondition[] {
  const rows = inRows([...new Set(days)].sort())
  const single = rows.filter((row) => row.length < IN_A_ROW).flat()
  const ranges = rows
    .filter((row) => row.length >= IN_A_ROW)
    .map((row) => ({ $gte: written(row[0] ?? ''), $lte: written(row.at(-1) ?? '') }))
  return [...ranges, ...(single.length > 0 ? [{ $in: single.map(written) }] : [])]
}

/** Days in a row together; they come sorted. */
function inRows(days: readonly LocalDay[]): LocalDay[][] {
  const rows: LocalDay[][] = []
  for (const day of days) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    if (row && last !== undefined && addDays(last, 1) === day) row.push(day)
    else rows.push([day])
  }
  return rows
}
