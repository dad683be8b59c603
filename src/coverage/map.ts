import { REVIEW_STATE_LABELS, type ReviewState } from '../review/state'
import { parseSlot, slotLabel } from '../stage/slot'
import { expectedInSeries, type SeriesWithCadence } from './expected'
import { grouped } from './grouped'
import { isReadable, rowsOf, type CoverageRow } from './rows'

/** What a cell of the map says: the state of a manuscript, or that there is none. */
export type CoverageState = 'hole' | ReviewState

/** One place of the map. */
export interface CoverageCell {
  slot: string
  label: string
  state: CoverageState
  /** Id and title of the manuscript; null in a hole. */
  id: string | null
  title: string
}

/** One series in one edition. */
export interface CoverageBlock {
  series: { code: string; name: string }
  edition: { code: string; label: string }
  counts: Partial<Record<CoverageState, number>>
  rows: CoverageRow[]
}

/** A series as the map reads it. */
export interface MappedSeries extends SeriesWithCadence {
  id: string
  name: string
}

/** A manuscript as the map reads it: of `ReviewSummary` what a cell needs. */
export interface MappedManuscript {
  id: string
  title: string
  series: string | null
  slot: string
  edition: string | null
  state: ReviewState
}

/** All states in the order of the legend, with their sign; a colour alone says nothing. */
export const COVERAGE_STATES: readonly { state: CoverageState; sign: string; label: string }[] = [
  { state: 'hole', sign: '○', label: '穴(原稿がない)' },
  { state: 'draft', sign: '…', label: REVIEW_STATE_LABELS.draft },
  { state: 'in_review', sign: '?', label: REVIEW_STATE_LABELS.in_review },
  { state: 'needs_changes', sign: '!', label: REVIEW_STATE_LABELS.needs_changes },
  { state: 'approved', sign: '✓', label: REVIEW_STATE_LABELS.approved },
  { state: 'published', sign: '●', label: REVIEW_STATE_LABELS.published },
  { state: 'review_overdue', sign: '▲', label: REVIEW_STATE_LABELS.review_overdue },
  { state: 'withdrawn', sign: '×', label: REVIEW_STATE_LABELS.withdrawn },
]

interface MapInput {
  series: readonly MappedSeries[]
  editions: readonly { code: string; label: string }[]
  manuscripts: readonly MappedManuscript[]
}

/**
 * The coverage map: for each series and edition every manuscript and every expected slot without
 * one, in the order of life; editions in which a series neither has nor expects a text are left
 * out. *Pure.*
 */
export function coverageMap({ series, editions, manuscripts }: MapInput): CoverageBlock[] {
  const places = grouped(manuscripts, (one) => `${one.series ?? ''}|${one.edition ?? ''}`)
  return series.flatMap((one) =>
    editions.flatMap((edition) => {
      const written = (places.get(`${one.id}|${edition.code}`) ?? []).map(cellOf)
      const taken = new Set(written.map(({ slot }) => slot))
      const holes = expectedInSeries(one, [edition.code])
        .filter(({ slot }) => !taken.has(slot))
        .map(({ slot }) => holeAt(slot))
      const cells = [...written, ...holes]
      if (cells.length === 0) return []
      return [blockOf(one, edition, cells)]
    }),
  )
}

function blockOf(
  { code, name }: MappedSeries,
  edition: CoverageBlock['edition'],
  cells: CoverageCell[],
): CoverageBlock {
  return { series: { code, name }, edition, counts: countStates(cells), rows: rowsOf(cells) }
}

/** How many cells there are in each state. *Pure.* */
export function countStates(cells: readonly Pick<CoverageCell, 'state'>[]) {
  const counts: CoverageBlock['counts'] = {}
  for (const { state } of cells) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

function cellOf({ id, title, slot, state }: MappedManuscript): CoverageCell {
  return { id, title, slot, state, label: labelOf(slot) }
}

function holeAt(slot: string): CoverageCell {
  return { id: null, title: '', slot, state: 'hole', label: labelOf(slot) }
}

function labelOf(slot: string): string {
  return isReadable(slot) ? slotLabel(parseSlot(slot)) : slot || '配信日なし'
}
