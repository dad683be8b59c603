import { readSlot } from '../fields/slotField'
import type { TextRow } from '../review/queries/textStates'
import { isOfPeriod, rewritingOf, SHOWN_STATES, shownStateOf } from '../review/rules/state'
import type { ReviewState, ShownState, StateAndLive } from '../review/rules/state'
import { slotLabel } from '../stage/slot'
import { expectedInSeries, type SeriesWithCadence } from './expected'
import { grouped } from '../release/grouped'
import { rowsOf, type CoverageRow, type PlacedCell } from './rows'

/** What a cell of the map says: where a manuscript stands, or that there is none. */
export type CoverageState = 'hole' | ShownState

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

const SIGNS: Readonly<Record<ReviewState, string>> = {
  draft: '…',
  in_review: '?',
  needs_changes: '!',
  approved: '✓',
  published: '●',
  review_overdue: '▲',
  withdrawn: '×',
}

/** Another wording on its way has the sign of what became of the one before, and then its own. */
const REWRITING = {
  live: { sign: SIGNS.published, look: 'rewritten' },
  withdrawn: { sign: SIGNS.withdrawn, look: 'revived' },
} as const

/** All states in the order of the legend, with their sign; a colour alone says nothing. */
export const COVERAGE_STATES: readonly {
  state: CoverageState
  sign: string
  label: string
  /** Part of the name of its colour. */
  look: string
}[] = [
  { state: 'hole', sign: '○', label: '穴(予定の配信日に原稿がない)', look: 'hole' },
  // Manuscripts, which alone are on the map, have no period.
  ...SHOWN_STATES.filter(({ code }) => !isOfPeriod(code)).map(({ code, label }) => ({
    label,
    state: code,
    ...lookOf(code),
  })),
]

function lookOf(code: ShownState): { sign: string; look: string } {
  const before = rewritingOf(code)
  if (before !== 'live' && before !== 'withdrawn') {
    return { sign: SIGNS[code as ReviewState], look: code }
  }
  const own = code.slice(`${before}_`.length) as ReviewState
  const { sign, look } = REWRITING[before]
  return { sign: sign + SIGNS[own], look }
}

/** The slots of a series and edition that have a manuscript. */
export interface Taken {
  /** Id. */
  series: string
  /** Code. */
  edition: string
  slots: readonly string[]
}

/** How many expected slots of a series, by its id, have no manuscript in an edition. *Pure.* */
export function countHoles({
  series,
  taken,
}: {
  series: readonly MappedSeries[]
  taken: readonly Taken[]
}): { series: string; edition: string; count: number }[] {
  const byId = new Map(series.map((one) => [one.id, one]))
  return taken.flatMap(({ series: id, edition, slots }) => {
    const one = byId.get(id)
    return one ? [{ series: id, edition, count: holesOf(one, edition, new Set(slots)).length }] : []
  })
}

function holesOf(series: MappedSeries, edition: string, taken: ReadonlySet<string>) {
  return expectedInSeries(series, [edition]).filter(({ slot }) => !taken.has(slot))
}

/** A manuscript as the map needs it. */
export type MappedText = StateAndLive &
  Pick<TextRow, 'id' | 'title' | 'series' | 'slot' | 'edition'>

interface MapInput {
  series: readonly MappedSeries[]
  editions: readonly { code: string; label: string }[]
  manuscripts: readonly MappedText[]
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
      const written = texts.map((text) => placed({ ...text, state: shownStateOf(text) }))
      const taken = new Set(written.map(({ cell }) => cell.slot))
      const holes = holesOf(one, edition.code, taken).map(({ slot }) =>
        placed({ id: null, title: '', slot, state: 'hole' }),
      )
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

function countStates(cells: readonly Pick<CoverageCell, 'state'>[]) {
  const counts: CoverageBlock['counts'] = {}
  for (const { state } of cells) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** A cell of the map; its slot is read here, once. */
function placed({ id, title, slot: code, state }: Omit<CoverageCell, 'label'>): PlacedCell {
  const slot = readSlot(code)
  const label = slot ? slotLabel(slot) : code || '配信日なし'
  return { cell: { id, title, slot: code, state, label }, slot }
}
