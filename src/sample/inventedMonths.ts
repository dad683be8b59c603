import { EXCLUSION_REASONS } from '../plan/reason'
import { addMonths, monthsFrom, type Month } from '../stage/month'
import { STAGE_BANDS, type Figure, type MonthFigures, type Stay } from '../statistics/figures'
import { monthFigures, staysDue, type MonthCounts } from '../statistics/monthFigures'
import { fiscalYearStart, monthsToldWith, spanFor, toldInYear } from '../statistics/months'
import type { Counted } from '../statistics/protect'

const SINCE_MONTHS = 20

/** How a hundred people may be told apart; the first have what the others leave. */
const SHARES: Readonly<Record<'relation' | 'channel' | 'edition' | 'stage', readonly Share[]>> = {
  relation: [
    ['mother', 100],
    ['father', 20],
    ['grandparent', 15],
    ['other', 0],
  ],
  channel: [
    ['line', 100],
    ['mail', 18],
  ],
  edition: [
    ['standard', 100],
    ['easy', 9],
    ['english', 3],
  ],
  stage: STAGE_BANDS.map((band) => [
    band,
    { pregnant: 100, age0: 26, age1to2: 16, age3up: 15, unknown: 0 }[band],
  ]),
}

type Share = readonly [code: string, percent: number]

/** A municipality that nobody lives in. */
export interface InventedTown {
  /** Registrations of a usual month. */
  usual: number
  /** How many are there at the end of its newest month. */
  readers: number
  areas: readonly string[]
  /** The newest of its months. */
  last: Month
}

/** Its months as the worker would have told them, oldest first. *Pure.* */
export function inventedMonths(town: InventedTown) {
  const told: MonthFigures[] = []
  for (const month of monthsFrom(addMonths(town.last, 1 - SINCE_MONTHS), town.last)) {
    const before = Object.fromEntries(told.map((one) => [one.month, one.registered.total]))
    const stays = staysDue(month, told).map((due) => ({ ...due, there: stayed(due) }))
    told.push(monthFigures({ ...countsOf(town, month, before), stays }, before))
  }
  return told
}

/** After a month nine of ten, after a year four: about what others publish (municipality.md). */
function stayed({ registered, days }: Omit<Stay, 'left'>): number {
  return Math.round(Number(registered) * (days === 365 ? 0.4 : 0.9))
}

function countsOf(
  town: InventedTown,
  month: Month,
  told: Readonly<Record<Month, Figure>>,
): Omit<MonthCounts, 'stays'> {
  const { usual, readers, areas, last } = town
  const registered = joined(usual, month)
  const before = toldInYear(told, addMonths(fiscalYearStart(month), -12))
  const months = monthsToldWith(month, spanFor(before))
  const together = months?.reduce((sum, one) => sum + joined(usual, one), 0) ?? 0
  const since = monthsFrom(addMonths(last, 1 - SINCE_MONTHS), month).length
  const there = Math.round((readers * since) / SINCE_MONTHS)
  const areaShares: Share[] = areas.map((name, at) => [name, at === 0 ? 100 : 20])
  const quarter = monthsToldWith(month, 'quarter')
  return {
    month,
    registered,
    breakdown: months && {
      months,
      by: {
        source: shared(together, [
          ['handbook', 100],
          ['pediatrics', 22],
          ['newsletter', 16],
          ['other', 0],
          ['none', 16],
        ]),
        relation: shared(together, SHARES.relation),
        stage: shared(together, SHARES.stage),
        channel: shared(together, SHARES.channel),
        area: shared(together, areaShares),
      },
      use: [
        { code: 'handbook', opened: together * 2, started: together },
        { code: 'pediatrics', opened: together, started: Math.round(together * 0.4) },
      ],
    },
    active: {
      total: there,
      by: {
        stage: shared(there, [
          ['age0', 100],
          ['pregnant', 21],
          ['age1to2', 27],
          ['age3up', 15],
          ['unknown', 0],
        ]),
        channel: shared(there, SHARES.channel),
        area: shared(there, areaShares),
        edition: shared(there, SHARES.edition),
      },
    },
    ended: quarter && { from: quarter[0] ?? month, to: month, count: Math.round(there * 0.02) },
    funnel: { opened: registered * 4, started: registered * 2, accepted: registered },
    deliveries: {
      planned: there * 6,
      accepted: Math.round(there * 5.7),
      excluded: EXCLUSION_REASONS.map((code) => ({
        code,
        count: code === 'resting' ? Math.round(there / 5) : 0,
        people: code === 'resting' ? Math.round(there / 60) : 0,
      })),
    },
  }
}

/** Registrations of a month: a spring with more of them, and no two months alike. *Pure.* */
export function joined(usual: number, month: Month): number {
  const number = Number(month.slice(5))
  const wave = Math.sin(((number - 1) / 12) * 2 * Math.PI) + ((number * 7) % 5) / 5
  return Math.round(usual * (1 + wave * 0.18))
}

function shared(total: number, shares: readonly Share[]): Counted[] {
  const counts = shares.map(([code, percent], at) => ({
    code,
    count: at === 0 ? 0 : Math.round((total * percent) / 100),
  }))
  const others = counts.reduce((sum, { count }) => sum + count, 0)
  return counts.map((one, at) => (at === 0 ? { ...one, count: Math.max(0, total - others) } : one))
}
