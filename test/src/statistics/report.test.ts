// What is made of published figures, in words: sums with hidden parts, rates, periods, charts.
import { describe, expect, test } from '@jest/globals'

import type { Figure, MonthFigures } from '../../../src/statistics/figures'
import { barsOf } from '../../../src/statistics/bars'
import { lastingCells, toldOf } from '../../../src/statistics/cells'
import { askedPeriod, lastQuarter, periodsAt, runsOf } from '../../../src/statistics/period'
import type { TownDenominator, TownMonth } from '../../../src/statistics/rates'
import { footnoteOf, reportOf, type ReportInput } from '../../../src/statistics/report'
import { stayRows } from '../../../src/statistics/stayTable'
import { rateInWords, sumInWords, sumOf } from '../../../src/statistics/sum'
import { monthFigures } from './monthFigures'

test.each<[Figure[], string]>([
  [[], 'まだありません'],
  [[0], '0人'],
  [[1200], '1,200人'],
  [['small'], '5人未満'],
  [['withheld'], '—'],
  [['small', 'small'], '0〜8人'],
  [[20, 7, 'small'], '27〜31人'],
  [[20, 7, 'withheld', 'small'], '27人以上'],
  [[{ about: 70 }, { about: 50 }], '約 120 人'],
  [[{ about: 120 }, 'small'], '約 120 人以上'],
])('%j is %s', (figures, words) => {
  expect(sumInWords(sumOf(figures), '人')).toBe(words)
})

test.each<[Figure[], number, string | null]>([
  [[27], 65, '登録27 ÷ 交付65 = 42%'],
  [[27, 'small'], 65, '登録27〜31 ÷ 交付65 = 42〜48%'],
  [[27, 'withheld'], 65, '登録27以上 ÷ 交付65 = 42%以上'],
  [['withheld'], 65, '登録— ÷ 交付65 = —'],
  [[70], 65, '登録70 ÷ 交付65 = 108%'],
  [[27], 0, null],
])('%j of %i', (figures, count, words) => {
  expect(rateInWords(['登録', sumOf(figures) ?? never()], ['交付', count])).toBe(words)
})

function never(): never {
  throw new Error('No figures.')
}

describe('periods', () => {
  test('this and the last fiscal year and their quarters, as far as their months are over', () => {
    expect(periodsAt('2026-11').map(({ key, label }) => `${key} ${label}`)).toEqual([
      '2026 2026年度(4〜10月)',
      '2026-q1 2026年4〜6月',
      '2026-q2 2026年7〜9月',
      '2026-q3 2026年10月',
      '2025 2025年度(4〜3月)',
      '2025-q1 2025年4〜6月',
      '2025-q2 2025年7〜9月',
      '2025-q3 2025年10〜12月',
      '2025-q4 2026年1〜3月',
    ])
  })

  test.each([
    ['2025-q4', '2026-11', '2026-01'],
    ['nothing', '2026-11', '2026-04'],
    [undefined, '2026-04', '2025-04'],
  ])('%s in %s begins in %s', (key, current, first) => {
    expect(askedPeriod(key, current).first).toBe(first)
  })

  test.each([
    ['2026-11', '2026-07'],
    ['2026-07', '2026-04'],
    ['2026-04', '2026-01'],
  ])('in %s the last quarter began in %s', (current, first) => {
    expect(lastQuarter(current).first).toBe(first)
  })

  test('months are named in runs', () => {
    expect(runsOf(['2026-11', '2026-12', '2027-01', '2027-03'])).toBe('11〜1月、3月')
  })
})

const TOWN = 'town'
const counted = (period: string, count: number): TownDenominator => ({
  municipality: TOWN,
  kind: period.includes('-') ? 'handbooks' : 'births',
  period,
  count,
  source: '健康課',
  countedOn: '2026-11-01',
})
const month = (name: string, given: Partial<MonthFigures> = {}) => ({
  municipality: TOWN,
  figures: monthFigures(name, given),
})
const report = ({
  months = [],
  period = askedPeriod('2026', '2026-11'),
  ...given
}: Partial<ReportInput> & { months?: readonly TownMonth[] }) =>
  reportOf({
    told: toldOf(months, period),
    denominators: [],
    period,
    nameOf: (_, code) => (code === 'strange' ? null : code),
    isOneTown: true,
    ...given,
  })
const tableOf = (made: ReturnType<typeof report>, key: string) =>
  made.tables.find((table) => table.key === key)

describe('a report', () => {
  test('divides only what both numbers are there of, and names what is missing', () => {
    const { handbooks } = report({
      months: ['2026-04', '2026-05', '2026-06', '2026-07'].map((name) => month(name)),
      denominators: [counted('2026-04', 20), counted('2026-05', 20), counted('2026-06', 25)],
    })
    expect(handbooks).toMatchObject({
      of: '4〜6月',
      words: '登録36 ÷ 交付65 = 55%',
      missing: ['2026-07'],
    })
  })

  test('without a denominator there is no rate, with one of 0 neither', () => {
    const months = [month('2026-04')]
    const none = report({ months })
    expect(none.handbooks).toMatchObject({ words: null, isOfNone: false, missing: ['2026-04'] })
    const zero = report({ months, denominators: [counted('2026-04', 0)] })
    expect(zero.handbooks).toMatchObject({ words: null, isOfNone: true, missing: [] })
  })

  test('births are held against the fiscal year that is over, with its months', () => {
    const months = ['2026-02', '2026-03', '2026-04'].map((name) => month(name))
    const { births } = report({ months, denominators: [counted('2025', 300)] })
    expect(`${births.of} ${births.words}`).toBe('2025年度(登録は2〜3月の分) 登録24 ÷ 出生300 = 8%')
  })

  const by = {
    relation: [
      { code: '父', figure: 6 },
      { code: 'strange', figure: 'small' as const },
    ],
  }
  const quarter = {
    from: '2026-04',
    to: '2026-06',
    total: 30,
    by: { source: [], stage: [], channel: [], area: [], ...by },
  }
  const told = { registered: { total: 12, breakdown: quarter } }

  test('shows breakdowns that lie in the period, and says what is told later', () => {
    const months = [month('2026-06', told), month('2026-07')]
    const table = tableOf(report({ months }), 'registered-relation')
    expect(table).toMatchObject({
      title: '続柄べつの登録(4〜6月)',
      rows: [
        { item: '父', figure: '6人' },
        { item: 'その他', figure: '5人未満' },
      ],
    })
    expect(tableOf(report({ months }), 'registered-source')?.note).toContain('7〜10月の分は')
    // towns tell theirs by month, quarter or year
    const together = report({ months, isOneTown: false })
    expect(tableOf(together, 'registered-source')?.note).toContain('自治体によって違います')
    expect(tableOf(together, 'registered-relation')?.note).toBeUndefined()
    const shorter = askedPeriod('2026-q1', '2026-11')
    const year = { ...quarter, from: '2025-04' }
    const cut = [month('2026-06', { registered: { total: 12, breakdown: year } })]
    const none = tableOf(report({ months: cut, period: shorter }), 'registered-relation')
    expect(none?.rows).toEqual([])
  })

  test('takes who is there from the newest month of each town, and no areas of all', () => {
    const active = { total: { about: 60 }, by: { stage: [], channel: [], area: [], edition: [] } }
    const months = [
      month('2026-04'),
      month('2026-05'),
      { municipality: 'other', figures: monthFigures('2026-04', { active }) },
    ]
    const made = report({ months, isOneTown: false })
    expect(tableOf(made, 'active')?.rows).toEqual([{ item: '全体', figure: '約 180 人' }])
    expect(tableOf(made, 'active-area')).toBeUndefined()
  })

  test('has stages in the order of life, however they are stored', () => {
    const stage = ['unknown', 'age1to2', 'pregnant', 'age0'].map((code) => {
      return { code, figure: { about: 20 } }
    })
    const active = { total: { about: 80 }, by: { stage, channel: [], area: [], edition: [] } }
    const made = report({ months: [month('2026-06', { active })] })
    const items = tableOf(made, 'active-stage')?.rows.map(({ item }) => item)
    expect(items).toEqual(['pregnant', 'age0', 'age1to2', 'unknown'])
  })

  test('adds who ended by quarter, excluded texts by reason, and says why numbers are hidden', () => {
    const excluded = [
      { code: '取り下げ', figure: 'small' as const },
      { code: 'ふたご', figure: { about: 20 } },
    ]
    const stage = [{ code: 'age0', figure: 'withheld' as const }]
    const active = { total: { about: 60 }, by: { stage, channel: [], area: [], edition: [] } }
    const made = report({
      months: [
        month('2026-06', {
          ended: { from: '2026-04', to: '2026-06', total: 'small' },
          active,
          deliveries: { planned: { about: 300 }, accepted: { about: 290 }, excluded },
        }),
      ],
    })
    expect(tableOf(made, 'ended')?.rows).toEqual([{ item: '2026年4〜6月', figure: '5人未満' }])
    expect(tableOf(made, 'deliveries')?.rows.slice(2)).toEqual([
      { item: '出さなかった: ふたご', figure: '約 20 通' },
      { item: '出さなかった: ほかの理由(1 種類)', figure: 'それぞれ5人未満の分' },
    ])
    expect(footnoteOf(made)).toMatch(/5人未満.*「—」は/)
    expect(footnoteOf(report({ months: [month('2026-06')] }))).toBeNull()
  })

  test('says of which months it tells to how many something was accepted', () => {
    const funnel = { opened: 20, started: 15, accepted: { about: 10 } }
    const itemOf = (months: TownMonth[]) => tableOf(report({ months }), 'funnel')?.rows[3]?.item
    const item = 'はじめの LINE かメールが受け付けられた'
    const later = [month('2026-06', { funnel }), month('2026-07', { funnel })]
    expect(itemOf(later)).toBe(item)
    expect(itemOf([month('2026-05'), ...later])).toBe(`${item}(6〜7月の分)`)
  })

  test('shows of what readers may say of how they heard what somebody said', () => {
    const itemsOf = (source: { code: string; figure: Figure }[]) => {
      const registered = { total: 12, breakdown: { ...quarter, by: { ...quarter.by, source } } }
      const made = report({ months: [month('2026-06', { registered })] })
      return tableOf(made, 'registered-source')?.rows.map(({ item }) => item)
    }
    const all = (figure: Figure) =>
      ['tqxr', 'plaza', 'nursery', 'none'].map((code) => ({ code, figure }))
    expect(itemsOf(all('withheld'))).toEqual(['tqxr', 'none'])
    expect(itemsOf(all(0))).toEqual(['tqxr', 'none'])
    expect(itemsOf([...all(7), { code: 'checkup', figure: 'withheld' }])).toEqual([
      'tqxr',
      'plaza',
      'nursery',
      'none',
      'checkup',
    ])
  })

  test('tells the way to the registration by source, of those that may be told', () => {
    const source = [
      { code: '小児科', figure: 24 },
      { code: '広報紙', figure: 'withheld' as const },
      { code: 'strange', figure: 0 },
    ]
    const use = [
      { code: '小児科', opened: { about: 120 }, started: { about: 40 } },
      { code: 'strange', opened: 'small' as const, started: 'small' as const },
    ]
    const breakdown = { ...quarter, by: { ...quarter.by, source }, use }
    const months = [month('2026-06', { registered: { total: 12, breakdown } })]
    expect(tableOf(report({ months }), 'use')).toMatchObject({
      title: 'きっかけべつの、開いてから登録まで(4〜6月)',
      rows: [
        { item: '小児科', figure: '開いた 約 120 回 → 始めた 約 40 回 → 登録した 24人' },
        { item: 'その他', figure: '開いた 5回未満 → 始めた 5回未満 → 登録した 0人' },
      ],
    })
    expect(tableOf(report({ months, isOneTown: false }), 'use')).toBeUndefined()
    expect(tableOf(report({ months: [month('2026-06', told)] }), 'use')).toBeUndefined()
  })

  test('is empty where nothing was told of the period', () => {
    expect(report({ months: [month('2025-04')] }).isEmpty).toBe(true)
  })
})

test('who gets texts still is told as a range, of those alone who may be told of', () => {
  const stay = { days: 30 as const, from: '2026-04', to: '2026-06' }
  expect(
    stayRows(
      lastingCells(
        monthFigures('2026-08', {
          stays: [
            { ...stay, registered: 40, left: 'small' },
            { ...stay, registered: 'withheld', left: 'withheld' },
            { ...stay, days: 365, registered: 100, left: { about: 20 } },
            { ...stay, days: 365, registered: 60, left: 'withheld' },
            { ...stay, from: '2026-05', registered: 40, left: 'small' },
            { ...stay, from: '2026-05', registered: 60, left: { about: 10 } },
          ],
        }),
      ),
    ),
  ).toEqual([
    {
      item: '2026年4〜6月に登録した人の 30 日あと',
      figure: '受け取っている人36〜40 ÷ 登録40 = 90〜100%',
    },
    {
      item: '2026年4〜6月に登録した人の 1 年あと',
      figure: '受け取っている人約 80 ÷ 登録100 = 約 80%',
    },
    {
      item: '2026年5〜6月に登録した人の 30 日あと',
      figure: '受け取っている人約 86 以上 ÷ 登録100 = 約 86%以上',
    },
  ])
})

test('the highest bar fills the chart; what may come on top stands over what is certain', () => {
  const sums = [sumOf([10]), sumOf([10, 'small', 'small', 'small']), null]
  const bars = barsOf(sums, { width: 300, height: 220 })
  expect(bars.map(({ certain, most }) => [certain, most])).toEqual([
    [100, 100],
    [100, 220],
    [0, 0],
  ])
})
