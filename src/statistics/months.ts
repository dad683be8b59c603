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
export function monthsToldWith(month: string, span: Span): string[] | null {
  const length = LENGTH[span]
  if ((monthOfYear(month) + 1) % length !== 0) return null
  return Array.from({ length }, (_, at) => addMonths(month, at + 1 - length))
}

/** First month, April, of the fiscal year that a month is in. *Pure.* */
export function fiscalYearStart(month: string): string {
  return addMonths(month, -monthOfYear(month))
}

/** 0 in April. */
function monthOfYear(month: string): number {
  return (Number(month.slice(5)) + 8) % 12
}

/** A month (`2026-10`) so many months later. *Pure.* */
export function addMonths(month: string, months: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
