import type { ExpectedSlot } from '../plan/holes'
import { expectedSlots, type CadenceRow } from '../stage/cadence'
import type { AnchorKind } from '../stage/slot'
import { SUPPORT_PAGE } from '../stage/support'

/** A series as far as its expected texts are concerned. */
export interface SeriesWithCadence {
  code: string
  /** What its slots count from; a support series always has its page. */
  anchor?: AnchorKind | null
  cadence?: StoredCadence[] | null
}

/** A row of the series' form. */
export interface StoredCadence {
  from: string
  to?: string | null
  every?: number | null
  unit?: CadenceRow['unit'] | null
  /** Editions the row is for; none is all. */
  editions?: string[] | null
}

/** Where a series expects a text, for each of these editions. *Pure.* */
export function expectedInSeries(
  { code, anchor, cadence }: SeriesWithCadence,
  editions: readonly string[],
): ExpectedSlot[] {
  const all = cadence ?? []
  return editions.flatMap((edition) => {
    const own = all.filter((row) => isFor(row, edition))
    // an edition in which the series has nothing else needs no page either
    const isPaged = anchor === 'support' && (own.length > 0 || all.length === 0)
    const rows = isPaged ? [PAGE, ...own] : own
    return expectedSlots(rows.map(cadenceRow)).map((slot) => ({ series: code, slot, edition }))
  })
}

const PAGE: StoredCadence = { from: SUPPORT_PAGE }

/** A stored row with its defaults. *Pure.* */
export function cadenceRow({ from, to, every, unit }: StoredCadence): CadenceRow {
  return { from, to: to || null, every: every ?? 1, unit: unit ?? 'day' }
}

function isFor({ editions }: StoredCadence, edition: string): boolean {
  return !editions || editions.length === 0 || editions.includes(edition)
}
