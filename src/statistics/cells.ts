import type { Month } from '../stage/month'
import {
  ACTIVE_DIMENSIONS,
  REGISTRATION_DIMENSIONS,
  type Figure,
  type MonthFigures,
  type Part,
} from './figures'
import { isIn, type Registration, type TownMonth } from './rates'
import type { Period } from './period'
import { sumOfFigure, together, type Sum } from './sum'

/** Published figures of one thing together: `['breakdown', '2026-04', '2026-06', 'relation', 'father']`. */
export interface Cell {
  of: readonly string[]
  sum: Sum
}

/** What was told of a period, of one municipality or of many. */
export interface Told {
  months: readonly { month: Month; cells: readonly Cell[] }[]
  /** Also of the fiscal year that the births are of. */
  registrations: readonly Registration[]
  /** Who is there at the end of each municipality's newest month. */
  active: readonly Cell[]
  /** The newest of all months; null when there is none. */
  newest: Month | null
}

/** What was told by the months of some municipalities, as far as they are of a period. *Pure.* */
export function toldOf(months: readonly TownMonth[], period: Period): Told {
  const within = months.filter(({ figures }) => isIn(figures.month, period))
  const newest = newestOf(within)
  return {
    months: within.map(({ figures }) => ({ month: figures.month, cells: lastingCells(figures) })),
    registrations: months.map(registrationOf),
    active: newest.flatMap(({ figures }) => activeCells(figures)),
    newest:
      newest
        .map(({ figures }) => figures.month)
        .toSorted()
        .at(-1) ?? null,
  }
}

/** The registrations of a month. *Pure.* */
export function registrationOf({ municipality, figures }: TownMonth): Registration {
  return { municipality, month: figures.month, total: figures.registered.total }
}

/** All that a month says for itself: not who is there, which the newest says alone. *Pure.* */
export function lastingCells(figures: MonthFigures): Cell[] {
  const { registered, ended, funnel, stays = [], deliveries } = figures
  const { breakdown } = registered
  const told = stays.filter(({ left, registered: of }) => left !== 'withheld' && of !== 'withheld')
  return [
    cell(['registered'], registered.total),
    ...(breakdown ? breakdownCells(breakdown) : []),
    ...(ended ? [cell(['ended', ended.from, ended.to], ended.total)] : []),
    cell(['opened'], funnel.opened),
    cell(['started'], funnel.started),
    ...(funnel.accepted === undefined ? [] : [cell(['welcomed'], funnel.accepted)]),
    // who is not told of is in neither number
    ...told.flatMap(({ days, from, to, registered: of, left }) => [
      cell(['stays', String(days), from, to, 'registered'], of),
      cell(['stays', String(days), from, to, 'left'], left),
    ]),
    cell(['planned'], deliveries.planned),
    cell(['accepted'], deliveries.accepted),
    // small is said of people here, of whom each may have been left out on many days
    ...deliveries.excluded.map(({ code, figure }) =>
      cell(['excluded', code], figure === 'small' ? 'withheld' : figure),
    ),
  ]
}

function breakdownCells(breakdown: NonNullable<MonthFigures['registered']['breakdown']>): Cell[] {
  const { from, to, total, by, use = [] } = breakdown
  const registered = new Map(by.source.map(({ code, figure }) => [code, figure]))
  return [
    ...use.flatMap(({ code, opened, started }) => [
      cell(['use', code, from, to, 'opened'], opened),
      cell(['use', code, from, to, 'started'], started),
      cell(['use', code, from, to, 'registered'], registered.get(code) ?? 'withheld'),
    ]),
    cell(['breakdown', from, to], total),
    ...REGISTRATION_DIMENSIONS.flatMap((name) =>
      partCells(['breakdown', from, to, name], by[name]),
    ),
  ]
}

/** Who is there at the end of a month. *Pure.* */
export function activeCells({ active }: MonthFigures): Cell[] {
  return [
    cell(['active'], active.total),
    ...ACTIVE_DIMENSIONS.flatMap((name) => partCells(['active', name], active.by[name])),
  ]
}

function partCells(of: readonly string[], parts: readonly Part[]): Cell[] {
  return parts.map(({ code, figure }) => cell([...of, code], figure))
}

function cell(of: readonly string[], figure: Figure): Cell {
  return { of, sum: sumOfFigure(figure) }
}

/** Cells of the same thing become one, in the order in which they come. *Pure.* */
export function merged(cells: Iterable<Cell>): Cell[] {
  const known = new Map<string, Cell>()
  for (const { of, sum } of cells) {
    const key = of.join('|')
    const before = known.get(key)
    known.set(key, { of, sum: before ? together(before.sum, sum) : sum })
  }
  return [...known.values()]
}

/** The cells of what begins so, each once; of parts, without what they are parts of. *Pure.* */
export function cellsOf(cells: Iterable<Cell>, ...begins: readonly string[]): Cell[] {
  const own = [...cells].filter(({ of }) => begins.every((one, at) => of[at] === one))
  return merged(own)
}

/** The newest month of each municipality: who is there at the end of it. */
function newestOf(months: readonly TownMonth[]): TownMonth[] {
  const newest = new Map<string, TownMonth>()
  for (const one of months) {
    const known = newest.get(one.municipality)
    if (!known || known.figures.month < one.figures.month) newest.set(one.municipality, one)
  }
  return [...newest.values()]
}
