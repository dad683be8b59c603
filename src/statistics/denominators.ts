import { monthLabel } from '../stage/japaneseDate'
import { readMonth } from '../stage/month'

/**
 * What registrations are held against (municipality.md): handbooks and people moving in by the month,
 * births by the fiscal year, as the budget and the page's periods are.
 */
export const DENOMINATOR_KINDS = [
  { value: 'handbooks', label: '母子健康手帳の交付数', unit: '冊', every: 'month' },
  { value: 'births', label: '出生数', unit: '人', every: 'fiscalYear' },
  { value: 'arrivals', label: '転入の数', unit: '人', every: 'month' },
] as const

/** Code of one of these kinds. */
export type DenominatorKind = (typeof DENOMINATOR_KINDS)[number]['value']

/** How many of a kind were counted in one month or fiscal year. */
export interface Denominator {
  kind: DenominatorKind
  /** `2026-10`, or of births the fiscal year `2026`, which begins in April. */
  period: string
  count: number
}

/** More is a slip of the finger: Japan has fewer births in a year. */
export const MAX_COUNT = 1_000_000

/** What is known of a kind; null for what is none. *Pure.* */
export function kindOf(value: unknown): (typeof DENOMINATOR_KINDS)[number] | null {
  return DENOMINATOR_KINDS.find((kind) => kind.value === value) ?? null
}

/** Whether a period is written as those of its kind are. *Pure.* */
export function isPeriodOf(kind: DenominatorKind, period: unknown): period is string {
  if (typeof period !== 'string') return false
  if (kindOf(kind)?.every === 'month') return readMonth(period) === period
  return /^\d{4}$/.test(period) && readMonth(`${period}-04`) !== null
}

/** A period as people write it: 2026年10月, or 2026年度. *Pure.* */
export function periodLabel(period: string): string {
  return period.includes('-') ? monthLabel(period) : `${period}年度`
}

/** What one number is of: 2026年10月の母子健康手帳の交付数. *Pure.* */
export function denominatorTitle({ kind, period }: Omit<Denominator, 'count'>): string {
  return `${periodLabel(period)}の${kindOf(kind)?.label ?? ''}`
}
