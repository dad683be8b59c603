import { ROUNDED_TO, SMALL, type Figure, type Part } from './figures'

/** A true count, which leaves the delivery database in no other way than through this module. */
export interface Counted {
  code: string
  count: number
}

/** A total and its parts, as they may be told. */
export interface Protected {
  total: Figure
  parts: Part[]
}

/** The largest of the small. */
const MOST = SMALL - 1

/**
 * Fewer people than these are told apart in no way, whatever the parts are: among so few even that a
 * way is withheld would tell of them.
 */
export const LEAST_TOLD_APART = 15

/**
 * Whether `hidden` counts from 1 to 4 that add up to `sum` with one larger count beside them (or none)
 * may each still be any of 1 to 4 for somebody who knows the sum, the rule and all other numbers. *Pure.*
 */
export function isUnnarrowed(hidden: number, sum: number, hasLarger: boolean): boolean {
  if (hidden === 0) return true
  const others = hidden - 1
  if (hasLarger) return sum >= MOST + others + SMALL
  return sum >= MOST + others && sum <= 1 + others * MOST
}

/**
 * People who are counted once, told apart. Small parts are hidden; the first larger one in the public
 * order goes with them, as it would tell their sum. It is not the smallest larger one (municipality.md):
 * which one that is depends on what is hidden, and so would tell of it. Where even that narrows a small
 * part, nothing is told but the total. Nobody who knows these rules can tell which of 1 to 4 a small
 * part is. *Pure.*
 */
export function protectCounted(counts: readonly Counted[]): Protected {
  const sum = sumOf(counts)
  if (sum === 0) return { total: 0, parts: counts.map(({ code }) => ({ code, figure: 0 })) }
  if (sum < LEAST_TOLD_APART) return { total: exactFigure(sum), parts: withheld(counts) }
  const small = counts.filter(({ count }) => isSmall(count))
  const larger = counts.find(({ count }) => count >= SMALL)
  const hidden = small.length === 0 ? [] : [...small, ...(larger ? [larger] : [])]
  if (!isUnnarrowed(small.length, sumOf(hidden), larger !== undefined)) {
    return { total: sum, parts: withheld(counts) }
  }
  const parts = counts.map(({ code, count }): Part => {
    if (isSmall(count)) return { code, figure: 'small' }
    return { code, figure: small.length > 0 && code === larger?.code ? 'withheld' : count }
  })
  return { total: sum, parts }
}

/** People of some periods together, of which the single totals are told; their sum may not tell a small one. */
export function protectSum(sum: number, periods: readonly Figure[]): Figure {
  if (periods.includes('withheld')) return 'withheld'
  const told = periods.filter((one) => typeof one === 'number')
  const small = periods.length - told.length
  const rest = sum - told.reduce((all, one) => all + one, 0)
  if (!isUnnarrowed(small, rest, false)) return 'withheld'
  return exactFigure(sum)
}

/**
 * People who are there at an instant, told apart in several ways: to the next ten, as exact ones would
 * tell who left since the last time. A way whose sum would narrow a small part is withheld. *Pure.*
 */
export function protectAbout<Name extends string>(
  total: number,
  ways: Readonly<Record<Name, readonly Counted[]>>,
): { total: Figure; by: Record<Name, Part[]> } {
  const told = aboutFigure(total)
  const entries = Object.entries(ways) as [Name, readonly Counted[]][]
  const rounded = entries.map(([name, counts]) => ({
    name,
    parts: counts.map(({ code, count }) => ({ code, figure: aboutFigure(count) })),
  }))
  const known = [rangeOf(told), ...rounded.map(({ parts }) => sumRange(parts))]
  const range = {
    least: Math.max(...known.map(({ least }) => least)),
    most: Math.min(...known.map(({ most }) => most)),
  }
  const by = rounded.map(({ name, parts }) => [
    name,
    told !== 'small' && areUnnarrowed(parts, range) ? parts : withheld(parts),
  ])
  return { total: told, by: Object.fromEntries(by) as Record<Name, Part[]> }
}

/** A number that stands for itself: to the next ten, or small; zero is small too. *Pure.* */
export function aboutFigure(count: number): Figure {
  return count < SMALL ? 'small' : { about: Math.floor(count / ROUNDED_TO + 0.5) * ROUNDED_TO }
}

/** A number of people or views that stands for itself; zero is told. *Pure.* */
export function exactFigure(count: number): Figure {
  return isSmall(count) ? 'small' : count
}

/**
 * How many of some people said a thing that each may say or not: withheld where it would tell how many
 * did not, or of few people anything. *Pure.*
 */
export function protectShare(count: number, of: number): Figure {
  if (of === 0) return 0
  if (of < LEAST_TOLD_APART) return 'withheld'
  if (isSmall(count)) return 'small'
  return isSmall(of - count) ? 'withheld' : count
}

/**
 * How many of some people are not there any more, to the next ten. Of few people, and where it would
 * tell how few are left, nothing is told. *Pure.*
 */
export function protectLeft(left: number, of: Figure): Figure {
  if (typeof of !== 'number' || of < LEAST_TOLD_APART || of - left < SMALL) return 'withheld'
  return aboutFigure(left)
}

/** One row of a table that tells people apart in two ways. */
export interface CrossRow {
  code: string
  counts: readonly Counted[]
}

/** Such a table as it may be told: every cell is exact. */
export type ToldCross = { code: string; counts: { code: string; count: number }[] }[]

/**
 * People told apart in two ways, or null: a table of which one cell is hidden could be computed from
 * what is told beside it, so it is told whole or not at all. Its rows have to hold everybody who is told
 * beside it. *Pure.*
 */
export function protectCross(rows: readonly CrossRow[]): ToldCross | null {
  const isTold = rows.every(({ counts }) => {
    const sum = sumOf(counts)
    return (sum === 0 || sum >= LEAST_TOLD_APART) && !counts.some(({ count }) => isSmall(count))
  })
  const filled = rows.filter(({ counts }) => sumOf(counts) > 0)
  if (!isTold || filled.length < 2) return null
  return filled.map(({ code, counts }) => ({
    code,
    counts: counts.map((one) => ({ code: one.code, count: one.count })),
  }))
}

interface Range {
  least: number
  most: number
}

/** What a rounded figure says. */
function rangeOf(figure: Figure): Range {
  if (typeof figure === 'number') return { least: figure, most: figure }
  if (figure === 'small') return { least: 0, most: MOST }
  if (figure === 'withheld') return { least: 0, most: Infinity }
  const half = ROUNDED_TO / 2
  return { least: Math.max(SMALL, figure.about - half), most: figure.about + half - 1 }
}

function sumRange(parts: readonly Part[]): Range {
  const ranges = parts.map(({ figure }) => rangeOf(figure))
  return {
    least: ranges.reduce((sum, { least }) => sum + least, 0),
    most: ranges.reduce((sum, { most }) => sum + most, 0),
  }
}

/** Whether each small part may still be anything from nobody to four. */
function areUnnarrowed(parts: readonly Part[], total: Range): boolean {
  if (!parts.some(({ figure }) => figure === 'small')) return true
  const { least, most } = sumRange(parts)
  return most - MOST >= total.least && least + MOST <= total.most
}

function isSmall(count: number): boolean {
  return count > 0 && count < SMALL
}

/** The parts of which nothing is told. *Pure.* */
export function withheld(parts: readonly { code: string }[]): Part[] {
  return parts.map(({ code }) => ({ code, figure: 'withheld' }))
}

/** All parts together. *Pure.* */
export function sumOf(counts: readonly { count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}
