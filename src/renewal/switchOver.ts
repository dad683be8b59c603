import { addDays, type LocalDay } from '../stage/day'

/** Which part of a series a municipality takes, as its settings store it. */
export interface TakenRow {
  id?: string | null
  series: string
  from?: string | null
  to?: string | null
  isEndIncluded?: boolean | null
  effectiveFrom?: string | null
  effectiveTo?: string | null
}

/** From which series to which, and from which day the new one is sent. */
export interface Switch {
  old: string
  new: string
  day: LocalDay
}

/**
 * The rows after a switch: what is taken of the old series ends the day before, the same part of the
 * new one begins on the day. Rows that would begin later take the new series at once. Doing it twice
 * changes nothing. *Pure.*
 */
export function switchRows(rows: readonly TakenRow[], change: Switch): TakenRow[] {
  return rows.flatMap((row) => {
    if (row.series !== change.old || isOver(row, change.day)) return [row]
    if ((row.effectiveFrom ?? '') >= change.day) return [{ ...row, series: change.new }]
    const { id: _, ...part } = row
    const next = { ...part, series: change.new, effectiveFrom: change.day }
    return [{ ...row, effectiveTo: addDays(change.day, -1) }, next]
  })
}

/** The rows as they were before {@link switchRows}; rows it did not make stay. *Pure.* */
export function unswitchRows(rows: readonly TakenRow[], change: Switch): TakenRow[] {
  const made = rows.filter((row) => row.series === change.new)
  const successorOf = (row: TakenRow) =>
    row.series === change.old && row.effectiveTo === addDays(change.day, -1)
      ? made.find((next) => next.effectiveFrom === change.day && isSamePart(row, next))
      : undefined
  const followed = new Set(rows.map(successorOf))
  return rows.flatMap((row) => {
    const next = successorOf(row)
    if (next) return [{ ...row, effectiveTo: next.effectiveTo ?? null }]
    if (followed.has(row)) return []
    return [row.series === change.new ? { ...row, series: change.old } : row]
  })
}

/** Where a municipality stands between two series. *Pure.* */
export function switchState(
  rows: readonly TakenRow[],
  change: Switch,
): 'untouched' | 'switched' | 'notTaken' {
  const waits = rows.some(({ series, ...row }) => series === change.old && !isOver(row, change.day))
  if (waits) return 'untouched'
  return rows.some(({ series }) => series === change.new) ? 'switched' : 'notTaken'
}

/** Says that a day has gone by, and what is expected. *Pure.* */
export function pastDay(label: string, day: LocalDay, today: LocalDay): string {
  return `${label}(${day})は、もう過ぎています。今日(${today})か、それよりあとの日にします。`
}

/** What to do for a municipality whose day of the switch has gone by. */
export const BY_HAND =
  '自治体の設定の「使うシリーズ」で、元のシリーズの終わりの日と、新しいシリーズの始まりの日を書いてください。'

/** Whether a row ends before the day. */
function isOver({ effectiveTo }: Pick<TakenRow, 'effectiveTo'>, day: LocalDay): boolean {
  return Boolean(effectiveTo) && String(effectiveTo) < day
}

function isSamePart(a: TakenRow, b: TakenRow): boolean {
  const part = ({ from, to, isEndIncluded }: TakenRow) =>
    [from ?? '', to ?? '', isEndIncluded !== false].join('|')
  return part(a) === part(b)
}
