import type { Sum } from './sum'

/** A bar of a chart: what is certain, and what may come on top. */
export interface Bar {
  /** Left edge, and widths, in the chart's units. */
  x: number
  width: number
  /** Height of what is certain, and of what it may be at most. */
  certain: number
  most: number
}

/** Size of a chart. */
export interface ChartSize {
  width: number
  height: number
}

/** Share of a bar in its column. */
const FILLED = 0.6

/** Bars beside each other in a chart; the highest fills it. *Pure.* */
export function barsOf(sums: readonly (Sum | null)[], { width, height }: ChartSize): Bar[] {
  const column = width / Math.max(1, sums.length)
  const highest = Math.max(1, ...sums.map((sum) => mostOf(sum)))
  return sums.map((sum, at) => ({
    x: at * column + (column * (1 - FILLED)) / 2,
    width: column * FILLED,
    certain: ((sum?.least ?? 0) / highest) * height,
    most: (mostOf(sum) / highest) * height,
  }))
}

function mostOf(sum: Sum | null): number {
  return sum === null ? 0 : (sum.most ?? sum.least)
}
