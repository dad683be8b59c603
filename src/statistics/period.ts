import { addMonths, fiscalYearOf, monthsFrom, type Month } from '../stage/month'

/** Months that somebody looks at together. */
export interface Period {
  /** As it stands in an address: the fiscal year `2026`, or its quarter `2026-q1`. */
  key: string
  /** 2026年度(4〜10月), 2026年4〜6月. */
  label: string
  first: Month
  /** Never one that is not over. */
  last: Month
}

const MONTHS_OF_QUARTER = 3
const QUARTERS = [0, 1, 2, 3] as const

/** This and the last fiscal year and their quarters, as far as a month of them is over. *Pure.* */
export function periodsAt(current: Month): Period[] {
  const over = addMonths(current, -1)
  const year = fiscalYearOf(current)
  return [year, year - 1].flatMap(periodsOfYear).flatMap((period) => {
    if (period.first > over) return []
    const last = period.last < over ? period.last : over
    return [{ ...period, last, label: labelOf({ ...period, last }) }]
  })
}

/** A fiscal year as far as its months are over; null while none is. *Pure.* */
export function fiscalYearPeriod(year: number, current: Month): Period | null {
  const [first, over] = [`${year}-04`, addMonths(current, -1)]
  if (first > over) return null
  const whole = addMonths(first, 11)
  const months = { key: String(year), first, last: whole < over ? whole : over }
  return { ...months, label: labelOf(months) }
}

function periodsOfYear(year: number): Omit<Period, 'label'>[] {
  const april = `${year}-04`
  const quarters = QUARTERS.map((quarter) => ({
    key: `${year}-q${quarter + 1}`,
    first: addMonths(april, quarter * MONTHS_OF_QUARTER),
    last: addMonths(april, quarter * MONTHS_OF_QUARTER + MONTHS_OF_QUARTER - 1),
  }))
  return [{ key: String(year), first: april, last: addMonths(april, 11) }, ...quarters]
}

function labelOf({ key, first, last }: Omit<Period, 'label'>): string {
  if (!key.includes('q')) return `${key}年度(${runsOf(monthsFrom(first, last))})`
  return `${first.slice(0, 4)}年${runsOf(monthsFrom(first, last))}`
}

/** The period that is asked for; else this fiscal year, or the last one as long as it is April. *Pure.* */
export function askedPeriod(key: unknown, current: Month): Period {
  const periods = periodsAt(current)
  const found = periods.find((period) => period.key === key) ?? periods[0]
  if (found === undefined) throw new Error(`No month is over in ${current}.`)
  return found
}

/** The newest quarter that is over. *Pure.* */
export function lastQuarter(current: Month): Period {
  const found = periodsAt(current)
    .filter(({ key, first, last }) => key.includes('q') && addMonths(first, 2) === last)
    .toSorted((one, other) => (one.first < other.first ? 1 : -1))[0]
  if (found === undefined) throw new Error(`No quarter is over in ${current}.`)
  return found
}

/** The newest fiscal year that is over when a period ends. *Pure.* */
export function yearOverBy({ last }: Period): number {
  return fiscalYearOf(addMonths(last, 1)) - 1
}

/** First month of what is read for a period: of it, and of the fiscal year that is over. *Pure.* */
export function readFrom(period: Period): Month {
  const april = `${yearOverBy(period)}-04`
  return april < period.first ? april : period.first
}

/** Months by their numbers, in runs: 4〜6月、8月. *Pure.* */
export function runsOf(months: readonly Month[]): string {
  const runs: Month[][] = []
  for (const month of months) {
    const run = runs.at(-1)
    if (run && addMonths(run.at(-1) ?? '', 1) === month) run.push(month)
    else runs.push([month])
  }
  return runs.map(runLabel).join('、')
}

function runLabel(run: readonly Month[]): string {
  const [first, last] = [run[0], run.at(-1)].map((month) => Number(month?.slice(5)))
  return first === last ? `${first}月` : `${first}〜${last}月`
}
