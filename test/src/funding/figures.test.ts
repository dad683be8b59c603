// Reports to grants: what each figure comes to, of what was told and typed in of the fiscal year.
import { describe, expect, test } from '@jest/globals'

import { FUNDING_FIGURES, fundingFigure, type FundingSource } from '../../../src/funding/figures'
import { fundingRows } from '../../../src/funding/rows'
import { FUNDING_TEMPLATES } from '../../../src/funding/templates'
import type { Figure, MonthFigures } from '../../../src/statistics/figures'
import { fiscalYearPeriod } from '../../../src/statistics/period'
import { monthsFrom } from '../../../src/stage/month'

const NONE = { source: [], relation: [], stage: [], channel: [], area: [] }

function month(of: string, registered: Figure, changed: Partial<MonthFigures> = {}): MonthFigures {
  return {
    month: of,
    registered: { total: registered, breakdown: null },
    active: { total: { about: 120 }, by: { stage: [], channel: [], area: [], edition: [] } },
    ended: null,
    funnel: { opened: 0, started: 0 },
    deliveries: { planned: { about: 500 }, accepted: { about: 480 }, excluded: [] },
    ...changed,
  }
}

const period = fiscalYearPeriod(2026, '2026-11')!
const quarter = {
  from: '2026-04',
  to: '2026-06',
  total: 60,
  by: { ...NONE, relation: [{ code: 'father', figure: 12 as Figure }] },
}
const source: FundingSource = {
  period,
  months: monthsFrom('2026-04', '2026-10').map((of) => ({
    municipality: 'm1',
    figures: month(of, of === '2026-05' ? 'small' : 20, {
      ...(of === '2026-06' && {
        registered: { total: 20, breakdown: quarter },
        ended: { from: '2026-04', to: '2026-06', total: 7 },
      }),
    }),
  })),
  denominators: [
    ...monthsFrom('2026-04', '2026-10').map((of) => ({
      municipality: 'm1',
      kind: 'handbooks' as const,
      period: of,
      count: 50,
      source: '健康課の集計',
      countedOn: '2026-11-01',
    })),
    { municipality: 'm1', kind: 'births', period: '2026', count: 300, source: '住民基本台帳' },
  ],
}
const of = (code: string, from = source) => fundingFigure(code)?.of(from)

describe('a figure', () => {
  test.each([
    ['registered', '120〜124人', '4〜10月'],
    ['fathers', '12人', '4〜6月'],
    ['active', '約 120 人', '2026年10月の終わり'],
    ['accepted', '約 3,360 通', '4〜10月'],
    ['ended', '7人', '4〜10月'],
    ['handbookRate', '登録120〜124 ÷ 交付350 = 34〜35%', '4〜10月'],
    ['handbooks', '350冊', '4〜10月'],
    ['births', '300人', '2026年度'],
    ['arrivals', 'まだありません', ''],
  ])('%s is %s of %s', (code, result, months) => {
    expect(of(code)).toMatchObject({ result, period: months })
  })

  test('says where what it is held against comes from, and what is missing', () => {
    expect(of('handbookRate')?.denominator).toBe('健康課の集計(2026-11-01)')
    const counted = source.denominators.map((one, at) => ({
      ...one,
      countedOn: `2026-0${at + 1}-28`,
    }))
    expect(of('handbooks', { ...source, denominators: counted })?.denominator).toBe(
      '健康課の集計(2026-01-28〜2026-07-28)',
    )
    const without = { ...source, denominators: source.denominators.slice(1) }
    expect(of('handbookRate', without)?.denominator).toContain('足りない数: 2026年4月')
  })

  test.each(FUNDING_FIGURES.map(({ value }) => value))('%s of nothing says so', (code) => {
    const nothing = { ...source, months: [], denominators: [] }
    expect(of(code, nothing)?.result).toBe('まだありません')
  })

  test('never tells more than was told: a hidden month stays hidden in the sum', () => {
    const hidden = { ...source, months: source.months.slice(1, 2) }
    expect(of('registered', hidden)?.result).toBe('5人未満')
  })
})

describe('a report', () => {
  test('has plan and result side by side, and what was typed in', () => {
    const lines = [
      { label: '登録', figure: 'registered', plan: '150人' },
      { label: '実施したこと', figure: 'typed', typed: '講座 3 回' },
      { label: 'まだのこと', figure: 'typed' },
    ]
    expect(fundingRows(lines, source)).toMatchObject([
      { plan: '150人', result: '120〜124人', definition: expect.stringContaining('1 人を 1 回') },
      { plan: '', result: '講座 3 回' },
      { result: '(まだ入っていません)' },
    ])
  })

  test('of each template has only figures that there are', () => {
    const codes = FUNDING_TEMPLATES.flatMap(({ lines }) => lines.map(({ figure }) => figure))
    const unknown = codes.filter((code) => code !== 'typed' && fundingFigure(code) === null)
    expect(unknown).toEqual([])
    expect(FUNDING_TEMPLATES).toHaveLength(2)
  })
})

test.each([
  [2026, '2026-11', ['2026-04', '2026-10']],
  [2025, '2026-11', ['2025-04', '2026-03']],
  [2026, '2026-05', ['2026-04', '2026-04']],
])('the fiscal year %i, seen in %s, is %j', (year, current, [first, last]) => {
  expect(fiscalYearPeriod(year, current)).toMatchObject({ first, last })
})

test('a fiscal year of which no month is over is none', () => {
  expect(fiscalYearPeriod(2026, '2026-04')).toBeNull()
})
