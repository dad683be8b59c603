import { readSlot } from '../fields/slotField'
import type { DocumentState } from '../review/queries/overview'
import { REVIEW_STATE_LABELS, stateLabel, type ReviewState } from '../review/rules/state'
import { slotLabel } from '../stage/slot'
import { expectedInSeries, type SeriesWithCadence } from './expected'
import { grouped } from '../release/grouped'
import { rowsOf, type CoverageRow, type PlacedCell } from './rows'

/**
 * What a cell of the map says: the state of a manuscript, or that there is none; `rewritten` is one
 * that readers get while another wording of it is on its way.
 */
export type CoverageState = 'hole' | 'rewritten' | ReviewState

/** One place of the map. */
export interface CoverageCell {
  slot: string
  label: string
  state: CoverageState
  /** The state in words, of the content and of what readers get. */
  stateLabel: string
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

/** All states in the order of the legend, with their sign; a colour alone says nothing. */
export const COVERAGE_STATES: readonly { state: CoverageState; sign: string; label: string }[] = [
  { state: 'hole', sign: '○', label: '穴(原稿がない)' },
  { state: 'draft', sign: '…', label: REVIEW_STATE_LABELS.draft },
  { state: 'in_review', sign: '?', label: REVIEW_STATE_LABELS.in_review },
  { state: 'needs_changes', sign: '!', label: REVIEW_STATE_LABELS.needs_changes },
  { state: 'approved', sign: '✓', label: REVIEW_STATE_LABELS.approved },
  { state: 'published', sign: '●', label: REVIEW_STATE_LABELS.published },
  { state: 'rewritten', sign: '◐', label: '公開中・改訂中' },
  { state: 'review_overdue', sign: '▲', label: REVIEW_STATE_LABELS.review_overdue },
  { state: 'withdrawn', sign: '×', label: REVIEW_STATE_LABELS.withdrawn },
]

interface MapInput {
  series: readonly MappedSeries[]
  editions: readonly { code: string; label: string }[]
  manuscripts: readonly DocumentState[]
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
      const texts = places.get(`${one.id}|${edition.code}`) ?? []
      const written = texts.map((text) => placed({ ...text, ...stateOf(text) }))
      const taken = new Set(written.map(({ cell }) => cell.slot))
      const holes = expectedInSeries(one, [edition.code])
        .filter(({ slot }) => !taken.has(slot))
        .map(({ slot }) => placed({ id: null, title: '', slot, ...HOLE }))
      const cells = [...written, ...holes]
      if (cells.length === 0) return []
      return [blockOf(one, edition, cells)]
    }),
  )
}

function blockOf(
  { code, name }: MappedSeries,
  edition: CoverageBlock['edition'],
  cells: readonly PlacedCell[],
): CoverageBlock {
  const counts = countStates(cells.map(({ cell }) => cell))
  return { series: { code, name }, edition, counts, rows: rowsOf(cells) }
}

/** How many cells there are in each state. *Pure.* */
export function countStates(cells: readonly Pick<CoverageCell, 'state'>[]) {
  const counts: CoverageBlock['counts'] = {}
  for (const { state } of cells) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

const HOLE = { state: 'hole', stateLabel: '穴(原稿がない)' } as const

/** A text that readers get is no draft on the map, however much of it is being changed. */
function stateOf(text: DocumentState): Pick<CoverageCell, 'state' | 'stateLabel'> {
  const { state, isLive } = text
  const isAsReaders = state === 'published' || state === 'review_overdue'
  return { state: isLive && !isAsReaders ? 'rewritten' : state, stateLabel: stateLabel(text) }
}

/** A cell of the map; its slot is read here, once. */
function placed({ id, title, slot: code, ...rest }: Omit<CoverageCell, 'label'>): PlacedCell {
  const slot = readSlot(code)
  const label = slot ? slotLabel(slot) : code || '配信日なし'
  const { state, stateLabel } = rest
  return { cell: { id, title, slot: code, state, stateLabel, label }, slot }
}
