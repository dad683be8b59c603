import { monthsFrom } from '../stage/month'
import { periodLabel } from '../statistics/denominators'
import type { Figure } from '../statistics/figures'
import { registrationOf } from '../statistics/cells'
import { runsOf, type Period } from '../statistics/period'
import {
  birthRate,
  handbookRate,
  isIn,
  type Rate,
  type TownDenominator,
  type TownMonth,
} from '../statistics/rates'
import { NOT_YET, sumInWords, sumOf, sumsByCode } from '../statistics/sum'

/** What a report to a grant is made of: what was told and typed in of one municipality. */
export interface FundingSource {
  months: readonly TownMonth[]
  denominators: readonly TownDenominator[]
  /** The fiscal year, as far as its months are over. */
  period: Period
}

/** One figure of a report, in words. */
export interface FundingResult {
  /** 実績: 27人, 登録27 ÷ 交付65 = 42%, まだありません. */
  result: string
  /** Of which months: 4〜10月. */
  period: string
  /** What it is held against, and where that comes from; empty where nothing is. */
  denominator: string
}

interface FundingFigure {
  value: string
  label: string
  /** How it is counted, for whoever reads the report. */
  definition: string
  of: (source: FundingSource) => FundingResult
}

/** The figures that a line of a report can show, with their fixed definitions. */
export const FUNDING_FIGURES: readonly FundingFigure[] = [
  {
    value: 'registered',
    label: '登録した人',
    definition: '期間の中に、読者として登録した人の数。1 人を 1 回だけ数える。',
    of: (source) =>
      summed(source, { unit: '人', figuresOf: ({ registered }) => [registered.total] }),
  },
  {
    value: 'fathers',
    label: '登録した父親',
    definition:
      '登録のときに、続柄を「父」と答えた人の数。人が特定されないように、四半期か年度をまとめて出す。',
    of: (source) => ofFathers(source),
  },
  {
    value: 'active',
    label: '文を受け取っている人',
    definition: '期間の最後の月の終わりに、文を受け取っている人の数。10 人きざみの、およその数。',
    of: (source) => atTheEnd(source),
  },
  {
    value: 'accepted',
    label: '送った文',
    definition:
      'LINE かメールが受け付けた文の数。1 人への 1 通を 1 と数える。10 通きざみの、およその数。',
    of: (source) =>
      summed(source, { unit: '通', figuresOf: ({ deliveries }) => [deliveries.accepted] }),
  },
  {
    value: 'ended',
    label: '終了・停止した人',
    definition: '配信を止めた人の数。わけは数えない。四半期ごとに出る。',
    of: (source) =>
      summed(source, { unit: '人', figuresOf: ({ ended }) => (ended ? [ended.total] : []) }),
  },
  {
    value: 'handbookRate',
    label: '登録率(母子健康手帳の交付数に対して)',
    definition: '登録した人の数 ÷ 母子健康手帳の交付数。両方の数がある月だけで計算する。',
    of: (source) => ofRate(source, handbookRate(heldOf(source)), 'handbooks'),
  },
  {
    value: 'birthRate',
    label: '登録率(出生数に対して)',
    definition: '終わった 1 年度の登録した人の数 ÷ その年度の出生数。',
    of: (source) => ofRate(source, birthRate(heldOf(source)), 'births'),
  },
  {
    value: 'handbooks',
    label: '母子健康手帳の交付数',
    definition: '自治体が数えて入れた数。',
    of: (source) => typedIn(source, 'handbooks', '冊'),
  },
  {
    value: 'births',
    label: '出生数',
    definition: '自治体が数えて入れた数(年度)。',
    of: (source) => typedIn(source, 'births', '人'),
  },
  {
    value: 'arrivals',
    label: '転入の数',
    definition: '自治体が数えて入れた数。',
    of: (source) => typedIn(source, 'arrivals', '人'),
  },
]

/** The figure of a code; null for a line whose result is typed in. *Pure.* */
export function fundingFigure(code: unknown): FundingFigure | null {
  return FUNDING_FIGURES.find(({ value }) => value === code) ?? null
}

function within({ months, period }: FundingSource): TownMonth[] {
  return months.filter(({ figures }) => isIn(figures.month, period))
}

function monthsIn(source: FundingSource): string {
  const there = within(source).map(({ figures }) => figures.month)
  return there.length === 0 ? '' : runsOf([...new Set(there)].toSorted())
}

interface Summed {
  unit: string
  figuresOf: (month: TownMonth['figures']) => Figure[]
}

function summed(source: FundingSource, { unit, figuresOf }: Summed): FundingResult {
  const sum = sumOf(within(source).flatMap(({ figures }) => figuresOf(figures)))
  return { result: sumInWords(sum, unit), period: monthsIn(source), denominator: '' }
}

/** Breakdowns that lie wholly in the period: what is told later would be told twice otherwise. */
function ofFathers(source: FundingSource): FundingResult {
  const found = within(source).flatMap(({ figures }) => {
    const { breakdown } = figures.registered
    return breakdown && breakdown.from >= source.period.first ? [breakdown] : []
  })
  const fathers = sumsByCode(found.map(({ by }) => by.relation)).find(
    ({ code }) => code === 'father',
  )
  return {
    result: found.length === 0 ? NOT_YET : sumInWords(fathers?.sum ?? null, '人'),
    period: runsOf(found.flatMap(({ from, to }) => monthsFrom(from, to)).toSorted()),
    denominator: '',
  }
}

function atTheEnd(source: FundingSource): FundingResult {
  const newest = within(source).toSorted((a, b) => (a.figures.month < b.figures.month ? 1 : -1))[0]
  if (!newest) return { result: NOT_YET, period: '', denominator: '' }
  const { active, month } = newest.figures
  const result = sumInWords(sumOf([active.total]), '人')
  return { result, period: `${periodLabel(month)}の終わり`, denominator: '' }
}

function heldOf({ months, ...source }: FundingSource) {
  return { ...source, registrations: months.map(registrationOf) }
}

function ofRate(
  source: FundingSource,
  { words, of, missing }: Rate,
  kind: TownDenominator['kind'],
): FundingResult {
  const lacks = missing.length === 0 ? '' : `足りない数: ${missing.map(periodLabel).join('、')}`
  const told = [sourcesOf(source, kind), lacks].filter(Boolean).join('。')
  return { result: words ?? NOT_YET, period: words === null ? '' : of, denominator: told }
}

function typedIn(
  source: FundingSource,
  kind: TownDenominator['kind'],
  unit: string,
): FundingResult {
  const own = countedIn(source, kind)
  const total = own.reduce((sum, { count }) => sum + count, 0)
  return {
    result: own.length === 0 ? NOT_YET : `${total.toLocaleString('ja-JP')}${unit}`,
    period: whenOf(own.map((one) => one.period)),
    denominator: sourcesOf(source, kind),
  }
}

/** A year by its name, months as a run: 2026年度, 4〜10月. *Pure.* */
function whenOf(periods: readonly string[]): string {
  const years = periods.filter((one) => !one.includes('-'))
  return [...years.map(periodLabel), runsOf(periods.filter((one) => one.includes('-')).toSorted())]
    .filter(Boolean)
    .join('、')
}

function countedIn({ denominators, period }: FundingSource, kind: TownDenominator['kind']) {
  const year = period.first.slice(0, 4)
  return denominators.filter(
    (one) => one.kind === kind && (one.period === year || isIn(one.period, period)),
  )
}

/** Where the numbers come from, each once, and of which days they are. *Pure.* */
function sourcesOf({ denominators }: FundingSource, kind: TownDenominator['kind']): string {
  const own = denominators.filter((one) => one.kind === kind && one.source)
  const names = [...new Set(own.map(({ source }) => source ?? ''))]
  return names
    .map((name) => `${name}${newestDay(own.filter((one) => one.source === name))}`)
    .join('、')
}

function newestDay(counted: readonly TownDenominator[]): string {
  const days = counted.flatMap(({ countedOn }) => countedOn ?? []).toSorted()
  const last = days.at(-1)
  if (last === undefined) return ''
  return days[0] === last ? `(${last})` : `(${days[0]}〜${last})`
}
