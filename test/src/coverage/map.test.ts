import { expect, test } from '@jest/globals'

import {
  COVERAGE_STATES,
  countHoles,
  coverageMap,
  type MappedSeries,
  type MappedText,
} from '../../../src/coverage/map'

const editions = [
  { code: 'standard', label: '標準' },
  { code: 'easy', label: 'やさしい日本語' },
]

function series(changed: Partial<MappedSeries> = {}): MappedSeries {
  return { id: 's1', code: 'infant', name: '0〜3歳', cadence: [], ...changed }
}

function written(slot: string, changed: Partial<MappedText> = {}): MappedText {
  return {
    id: `m-${slot}`,
    title: `題 ${slot}`,
    series: 's1',
    slot,
    edition: 'standard',
    state: 'published',
    isLive: true,
    isWithdrawn: false,
    ...changed,
  }
}

const drawn = (input: Omit<Parameters<typeof coverageMap>[0], 'editions'>) =>
  coverageMap({ ...input, editions }).map(({ edition, counts, rows }) => ({
    edition: edition.code,
    counts,
    rows: rows.map(({ label, cells }) => `${label}: ${cells.map(({ slot }) => slot).join(' ')}`),
  }))

test('manuscripts and holes stand in the order of life, in months and years', () => {
  const cadence = [{ from: 'day0', to: 'day9', every: 3, unit: 'day' as const, editions: [] }]
  const map = drawn({
    series: [series({ cadence })],
    manuscripts: [
      written('month13'),
      written('day40'),
      written('day3', { state: 'draft', isLive: false }),
    ],
  })
  expect(map).toEqual([
    {
      edition: 'standard',
      counts: { published: 2, draft: 1, hole: 3 },
      rows: ['生後0か月: day0 day3 day6 day9', '生後1か月: day40', '1歳: month13'],
    },
    { edition: 'easy', counts: { hole: 4 }, rows: ['生後0か月: day0 day3 day6 day9'] },
  ])
})

test('a support series lacks its page in each edition until it is written', () => {
  const support = series({ anchor: 'support', cadence: [{ from: 'support4' }] })
  const map = drawn({ series: [support], manuscripts: [written('support0')] })
  expect(map).toEqual([
    {
      edition: 'standard',
      counts: { published: 1, hole: 1 },
      rows: ['ページ: support0', '支えの文: support4'],
    },
    { edition: 'easy', counts: { hole: 2 }, rows: ['ページ: support0', '支えの文: support4'] },
  ])
  const inOne = series({ anchor: 'support', cadence: [{ from: 'support4', editions: ['easy'] }] })
  const lacking = drawn({ series: [inOne], manuscripts: [] })
  expect(lacking.map(({ edition, counts }) => [edition, counts])).toEqual([['easy', { hole: 2 }]])
})

test('the holes of a series and edition are told from the slots that are taken', () => {
  const cadence = [
    { from: 'day0', to: 'day2' },
    { from: 'day9', editions: ['easy'] },
  ]
  const places = [
    { series: 's1', edition: 'standard', slots: ['day1', 'day1', 'month3'] },
    { series: 's1', edition: 'easy', slots: [] },
    { series: 'support', edition: 'easy', slots: [] },
  ]
  const all = [series({ cadence }), series({ id: 'support', anchor: 'support', cadence: [] })]
  expect(countHoles({ series: all, taken: places })).toEqual([
    { series: 's1', edition: 'standard', count: 2 },
    { series: 's1', edition: 'easy', count: 4 },
    { series: 'support', edition: 'easy', count: 1 },
  ])
})

test('a row of the cadence may be for one edition, and an edition without any is left out', () => {
  const cadence = [{ from: 'day0', editions: ['standard'] }]
  const map = drawn({ series: [series({ cadence })], manuscripts: [] })
  expect(map.map(({ edition }) => edition)).toEqual(['standard'])
})

test('daily texts of pregnancy are drawn by week, weekly ones by month', () => {
  const daily = Array.from({ length: 14 }, (_, day) =>
    written(`${4 + Math.floor(day / 7)}w${day % 7}d`),
  )
  expect(drawn({ series: [series()], manuscripts: daily })[0]?.rows).toHaveLength(2)
  const weekly = Array.from({ length: 8 }, (_, week) => written(`${4 + week}w0d`))
  expect(drawn({ series: [series()], manuscripts: weekly })[0]?.rows).toEqual([
    '2か月(4〜7週): 4w0d 5w0d 6w0d 7w0d',
    '3か月(8〜11週): 8w0d 9w0d 10w0d 11w0d',
  ])
})

test('a text that readers get is no draft while it is rewritten, and the words say which', () => {
  const states = ['draft', 'in_review', 'needs_changes', 'approved', 'published'] as const
  const manuscripts = states.flatMap((state, day) => [
    written(`day${day}`, { state }),
    written(`day${day + 10}`, { state, isLive: false }),
  ])
  const [block] = coverageMap({ series: [series()], editions, manuscripts })
  const said = block?.rows.flatMap(({ cells }) =>
    cells.map(({ state }) => [state, COVERAGE_STATES.find((one) => one.state === state)?.label]),
  )
  expect(said).toEqual([
    ['live_draft', '公開中・直しかけ'],
    ['live_in_review', '公開中・監修中'],
    ['live_needs_changes', '公開中・修正依頼あり'],
    ['live_approved', '公開中・承認済み'],
    ['published', '公開中'],
    ['draft', '下書き'],
    ['in_review', '監修中'],
    ['needs_changes', '修正依頼あり'],
    ['approved', '承認済み'],
    ['published', '公開中'],
  ])
})

test('each state has a sign of its own, whatever its colour', () => {
  const signs = COVERAGE_STATES.map(({ sign }) => sign)
  expect(new Set(signs).size).toBe(signs.length)
  const signOf = (code: string) => COVERAGE_STATES.find(({ state }) => state === code)?.sign
  expect(signOf('live_in_review')).toBe(`${signOf('published')}${signOf('in_review')}`)
  expect(signOf('withdrawn_draft')).toBe(`${signOf('withdrawn')}${signOf('draft')}`)
})

test('a draft whose slot is half written is shown, too', () => {
  const [block] = drawn({ series: [series()], manuscripts: [written('あした'), written('day1')] })
  expect(block?.rows).toEqual(['生後0か月: day1', '配信日が読めない: あした'])
})
