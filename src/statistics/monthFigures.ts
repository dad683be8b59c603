import { addMonths } from '../stage/month'
import {
  ACTIVE_DIMENSIONS,
  REGISTRATION_DIMENSIONS,
  SMALL,
  type Figure,
  type MonthFigures,
  type Part,
  type SourceUse,
  type Stay,
} from './figures'
import {
  aboutFigure,
  exactFigure,
  protectAbout,
  protectCounted,
  protectLeft,
  protectSum,
  sumOf,
  withheld,
  type Counted,
} from './protect'

type Ways<Names extends readonly string[]> = Record<Names[number], readonly Counted[]>

/** The true counts of one municipality's month; they stay in the delivery database. */
export interface MonthCounts {
  /** `2026-10`. */
  month: string
  /** People who registered in it. */
  registered: number
  /** People of the months that are told together, where this is the last of them. */
  breakdown: {
    months: readonly string[]
    by: Ways<typeof REGISTRATION_DIMENSIONS>
    /** Views of the form by source, of the same months. */
    use: readonly { code: string; opened: number; started: number }[]
  } | null
  active: { total: number; by: Ways<typeof ACTIVE_DIMENSIONS> }
  ended: { from: string; to: string; count: number } | null
  funnel: { opened: number; started: number; accepted: number }
  /** `there`: how many of those who registered from one month to another get texts still. */
  stays: readonly (Omit<Stay, 'left'> & { there: number })[]
  deliveries: {
    planned: number
    accepted: number
    /** `people`: at least so many are among them. */
    excluded: readonly (Counted & { people: number })[]
  }
}

/**
 * What is told of a month. `before` says what was told of earlier months' registrations, by month: what
 * is told now must not tell those. *Pure.*
 */
export function monthFigures(
  counts: MonthCounts,
  before: Readonly<Record<string, Figure>>,
): MonthFigures {
  const { month, active, ended, funnel, stays, deliveries } = counts
  const total = exactFigure(counts.registered)
  return {
    month,
    registered: { total, breakdown: breakdownOf(counts, { ...before, [month]: total }) },
    active: protectAbout(active.total, waysOf(active.by, ACTIVE_DIMENSIONS)),
    // the number of those who left says something when it is nobody, too
    ended: ended && {
      from: ended.from,
      to: ended.to,
      total: ended.count < SMALL ? 'small' : ended.count,
    },
    funnel: {
      opened: exactFigure(funnel.opened),
      started: exactFigure(funnel.started),
      accepted: aboutFigure(funnel.accepted),
    },
    stays: stays.map(({ there, registered, ...of }) => {
      const left = typeof registered === 'number' ? Math.max(0, registered - there) : 0
      return { ...of, registered, left: protectLeft(left, registered) }
    }),
    deliveries: {
      planned: aboutFigure(deliveries.planned),
      accepted: aboutFigure(deliveries.accepted),
      excluded: deliveries.excluded.map(({ code, count, people }) => ({
        code,
        figure: people < SMALL ? 'small' : aboutFigure(count),
      })),
    },
  }
}

/** Months after which everybody of a month has been there for so many days. */
const STAYS = [
  { days: 30, months: 2 },
  { days: 365, months: 12 },
] as const

/**
 * The registrations of which this month tells how many get texts still: those that were told together
 * then, by what was told of earlier months. *Pure.*
 */
export function staysDue(month: string, told: readonly MonthFigures[]): Omit<Stay, 'left'>[] {
  return STAYS.flatMap(({ days, months }) => {
    const last = addMonths(month, -months)
    const breakdown = told.find((one) => one.month === last)?.registered.breakdown
    return breakdown
      ? [{ days, from: breakdown.from, to: breakdown.to, registered: breakdown.total }]
      : []
  })
}

function waysOf<Name extends string>(
  by: Readonly<Record<Name, readonly Counted[]>>,
  names: readonly Name[],
): Record<Name, readonly Counted[]> {
  return Object.fromEntries(names.map((name) => [name, by[name]])) as Record<
    Name,
    readonly Counted[]
  >
}

function breakdownOf(
  { breakdown }: MonthCounts,
  told: Readonly<Record<string, Figure>>,
): MonthFigures['registered']['breakdown'] {
  if (!breakdown) return null
  const { months, by, use } = breakdown
  // A month that was never told is as good as hidden.
  const single = months.map((month) => told[month] ?? 'withheld')
  const ways = REGISTRATION_DIMENSIONS.map((name) => [name, by[name]] as const)
  const total = protectSum(sumOf(by.relation), single)
  const parts = Object.fromEntries(
    ways.map(([name, counted]) => [
      name,
      typeof total === 'number' ? protectCounted(counted).parts : withheld(counted),
    ]),
  ) as Breakdown['by']
  return {
    from: months.at(0) ?? '',
    to: months.at(-1) ?? '',
    total,
    by: parts,
    use: useOf(use, parts.source),
  }
}

type Breakdown = NonNullable<MonthFigures['registered']['breakdown']>

/** Who registered has opened the form: views would bound a number that is hidden. */
function useOf(
  use: NonNullable<MonthCounts['breakdown']>['use'],
  registered: readonly Part[],
): SourceUse[] {
  const told = new Set(
    registered.filter(({ figure }) => typeof figure === 'number').map(({ code }) => code),
  )
  return use
    .filter(({ code }) => told.has(code))
    .map(({ code, opened, started }) => ({
      code,
      opened: aboutFigure(opened),
      started: aboutFigure(started),
    }))
}
