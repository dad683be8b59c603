import { addMonths, fiscalYearOf, monthsFrom, type Month } from '../stage/month'
import type { Figure } from './figures'

/** Which months are told together: a fiscal year begins in April, its quarters in April, July, … */
export type Span = 'month' | 'quarter' | 'year'

/** Registrations of a fiscal year from which a town's people are told apart by month, and by quarter. */
const FOR_MONTHS = 600
const FOR_QUARTERS = 120

/**
 * How long people are gathered before they are told apart, by how many the fiscal year before had as
 * far as that was told: never by what is hidden. Without a year before, by quarter. *Pure.*
 */
export function spanFor(toldBefore: number | null): Span {
  if (toldBefore === null) return 'quarter'
  if (toldBefore >= FOR_MONTHS) return 'month'
  return toldBefore >= FOR_QUARTERS ? 'quarter' : 'year'
}

const LENGTH: Record<Span, number> = { month: 1, quarter: 3, year: 12 }

/** The months, oldest first, that are told together with this one; null where it is not the last. *Pure.* */
export function monthsToldWith(month: Month, span: Span): Month[] | null {
  const length = LENGTH[span]
  if ((monthOfYear(month) + 1) % length !== 0) return null
  return Array.from({ length }, (_, at) => addMonths(month, at + 1 - length))
}

/** First month, April, of the fiscal year that a month is in. *Pure.* */
export function fiscalYearStart(month: Month): Month {
  return `${fiscalYearOf(month)}-04`
}

/** 0 in April. */
function monthOfYear(month: Month): number {
  return (Number(month.slice(5)) + 8) % 12
}

/** What was told of a fiscal year by the totals of its months; null where one was not told. *Pure.* */
export function toldInYear(told: Readonly<Record<Month, Figure>>, start: Month): number | null {
  const totals = monthsFrom(start, addMonths(start, 11)).map((month) => told[month])
  if (totals.includes(undefined)) return null
  return totals.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0)
}
