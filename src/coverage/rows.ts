import { ANNOUNCEMENT_LABEL } from '../stage/announcement'
import { MONTH_DAYS, slotSortKey, YEAR_DAYS, type Slot } from '../stage/slot'
import { grouped } from '../release/grouped'
import type { CoverageCell } from './map'

/** A week, month or year of the map. */
export interface CoverageRow {
  label: string
  cells: CoverageCell[]
}

/** A cell and where it stands; null where its slot cannot be read: a draft may be half written. */
export interface PlacedCell {
  cell: CoverageCell
  slot: Slot | null
}

/** From here on a row holds a year. */
const YEARS_FROM_MONTH = 12

/** So many texts in a week make a row for each week worth its place. */
const DENSE_WEEK = 3

/** Cells in the order of life, in rows of weeks (where there are many), months or years. *Pure.* */
export function rowsOf(cells: readonly PlacedCell[]): CoverageRow[] {
  const placed = cells
    .flatMap(({ cell, slot }) => (slot ? [{ cell, slot, key: slotSortKey(slot) }] : []))
    .sort((a, b) => a.key - b.key)
  const isDense = areWeeksDense(placed.map(({ slot }) => slot))
  const rows = grouped(placed, ({ slot }) => rowLabel(slot, isDense))
  const unreadable = cells.flatMap(({ cell, slot }) => (slot ? [] : [cell]))
  return [
    ...[...rows].map(([label, row]) => ({ label, cells: row.map(({ cell }) => cell) })),
    ...(unreadable.length > 0 ? [{ label: '配信日が読めない', cells: unreadable }] : []),
  ]
}

function areWeeksDense(slots: readonly Slot[]): boolean {
  const weeks = slots.flatMap((slot) => (slot.anchor === 'dueDate' ? [slot.week] : []))
  return weeks.length >= DENSE_WEEK * new Set(weeks).size
}

function rowLabel(slot: Slot, isDense: boolean): string {
  switch (slot.anchor) {
    case 'dueDate': {
      if (isDense) return `${slot.week}週`
      const month = Math.floor(slot.week / 4)
      return `${month + 1}か月(${month * 4}〜${month * 4 + 3}週)`
    }
    case 'birthDate':
      return ageRow(slot.unit === 'month' ? slot.months : Math.floor(slot.days / MONTH_DAYS))
    case 'schoolEntry':
      return entryRow(Math.floor(((slot.years ?? 0) * YEAR_DAYS + slot.offsetDays) / MONTH_DAYS))
    case 'support':
      return slot.days === 0 ? 'ページ' : '支えの文'
    case 'announcement':
      return ANNOUNCEMENT_LABEL
  }
}

function ageRow(months: number): string {
  return months < YEARS_FROM_MONTH ? `生後${months}か月` : `${Math.floor(months / 12)}歳`
}

function entryRow(months: number): string {
  if (Math.abs(months) > YEARS_FROM_MONTH) {
    const years = Math.floor(months / 12)
    return years < 0 ? `入学の${-years}年前まで` : `入学から${years}年`
  }
  return months < 0 ? `入学の${-months}か月前` : `入学から${months}か月`
}
