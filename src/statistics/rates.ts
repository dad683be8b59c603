import { fiscalYearOf, monthsFrom, type Month } from '../stage/month'
import type { Denominator } from './denominators'
import type { Figure, MonthFigures } from './figures'
import { runsOf, yearOverBy, type Period } from './period'
import { rateInWords, sumOf } from './sum'

/** A month that was told of a municipality, by its id. */
export interface TownMonth {
  municipality: string
  figures: MonthFigures
}

/** How many registered in a municipality in a month. */
export interface Registration {
  municipality: string
  month: Month
  total: Figure
}

/** A number that a municipality counted. */
export interface TownDenominator extends Denominator {
  municipality: string
  source?: string
  countedOn?: string
}

/** A rate, or what is missing for it. */
export interface Rate {
  /** 4〜6月, 2025年度. */
  of: string
  /** 登録27 ÷ 交付65 = 42%; null when nothing can be divided yet. */
  words: string | null
  /** Whether the denominator is there and is 0. */
  isOfNone: boolean
  /** Months (or the fiscal year) of told registrations whose denominator is missing, each once. */
  missing: string[]
  /** Municipalities that are in it. */
  towns: number
}

interface Held {
  registrations: readonly Registration[]
  denominators: readonly TownDenominator[]
  period: Period
}

/**
 * Registrations of a period ÷ handbooks, over those months of municipalities alone of which both were
 * told: a month without handbooks would make the rate too high. *Pure.*
 */
export function handbookRate({ registrations, denominators, period }: Held): Rate {
  const own = registrations.filter(({ month }) => isIn(month, period))
  const counts = countsOf(denominators, 'handbooks')
  const countFor = ({ municipality, month }: Registration) => counts.get(keyOf(municipality, month))
  const both = own.filter((one) => countFor(one) !== undefined)
  const missing = own.filter((one) => countFor(one) === undefined)
  return rateOf({
    of: runsOf(sorted(both.map(({ month }) => month))),
    both,
    count: both.reduce((all, one) => all + (countFor(one) ?? 0), 0),
    name: '交付',
    missing: sorted(missing.map(({ month }) => month)),
  })
}

/** Registrations of the newest fiscal year that is over ÷ its births. *Pure.* */
export function birthRate({ registrations, denominators, period }: Held): Rate {
  const year = yearOverBy(period)
  const own = registrations.filter(({ month }) => fiscalYearOf(month) === year)
  const counts = countsOf(denominators, 'births')
  const both = own.filter(({ municipality }) => counts.has(keyOf(municipality, String(year))))
  const towns = [...new Set(both.map(({ municipality }) => municipality))]
  const there = sorted(both.map(({ month }) => month))
  const isWhole = there.length === monthsFrom(`${year}-04`, `${year + 1}-03`).length
  return rateOf({
    of: isWhole || there.length === 0 ? `${year}年度` : `${year}年度(登録は${runsOf(there)}の分)`,
    both,
    count: towns.reduce((all, town) => all + (counts.get(keyOf(town, String(year))) ?? 0), 0),
    name: '出生',
    missing: own.length > both.length ? [String(year)] : [],
  })
}

interface Parts {
  of: string
  both: readonly Registration[]
  count: number
  name: string
  missing: string[]
}

function rateOf({ of, both, count, name, missing }: Parts): Rate {
  const sum = sumOf(both.map(({ total }) => total))
  return {
    of,
    words: sum === null ? null : rateInWords(['登録', sum], [name, count]),
    isOfNone: sum !== null && count === 0,
    missing,
    towns: new Set(both.map(({ municipality }) => municipality)).size,
  }
}

/** Whether a month is of a period. *Pure.* */
export function isIn(month: Month, { first, last }: Period): boolean {
  return first <= month && month <= last
}

function countsOf(denominators: readonly TownDenominator[], kind: Denominator['kind']) {
  return new Map(
    denominators
      .filter((one) => one.kind === kind)
      .map(({ municipality, period, count }) => [keyOf(municipality, period), count]),
  )
}

function keyOf(municipality: string, period: string): string {
  return `${municipality} ${period}`
}

function sorted(months: readonly Month[]): Month[] {
  return [...new Set(months)].toSorted()
}
