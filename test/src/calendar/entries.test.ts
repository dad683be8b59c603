import { expect, test } from '@jest/globals'

import { calendarEntries, type AddOnFacts, type TownFacts } from '../../../src/calendar/entries'

const NOTHING: TownFacts = {
  municipality: { id: 't1', pausedUntil: null },
  series: [],
  plannedSeries: [],
  schoolTexts: [],
  addOns: [],
  publications: [],
  hidden: [],
}

const addOn = (changed: Partial<AddOnFacts>): AddOnFacts => ({
  id: 'a1',
  title: '健診のご案内',
  validFrom: null,
  validTo: null,
  reviewDueAt: '',
  state: '',
  ...changed,
})

const drawn = (facts: Partial<TownFacts>, month = '2026-12') =>
  calendarEntries({ ...NOTHING, ...facts }, month).map(({ day, kind, title, note }) =>
    [day, kind, title, note].filter(Boolean).join(' '),
  )

test('nothing known, nothing shown', () => {
  expect(drawn({})).toEqual([])
})

const CASES: readonly [string, Partial<TownFacts>, string[]][] = [
  [
    'the first and the last day of an add-on’s period',
    { addOns: [addOn({ validFrom: '2026-12-01', validTo: '2026-12-31' })] },
    ['2026-12-01 periodBegins 健診のご案内', '2026-12-31 periodEnds 健診のご案内'],
  ],
  [
    'only the end in the month',
    { addOns: [addOn({ validFrom: '2026-11-30', validTo: '2026-12-01' })] },
    ['2026-12-01 periodEnds 健診のご案内'],
  ],
  [
    'a period without ends, as it is stored',
    { addOns: [addOn({ validFrom: '', validTo: '9999-12-31', reviewDueAt: '9999-12-31T00:00Z' })] },
    [],
  ],
  [
    'an add-on that is not out yet, with where it stands',
    { addOns: [addOn({ validFrom: '2026-12-05', state: '監修中' })] },
    ['2026-12-05 periodBegins 健診のご案内 まだ公開していません: 監修中'],
  ],
  [
    'the day in Japan of a review that is due',
    { addOns: [addOn({ reviewDueAt: '2026-12-09T15:00:00.000Z' })] },
    ['2026-12-10 reviewDue 健診のご案内'],
  ],
  [
    'a publication at a chosen time',
    {
      publications: [
        {
          collection: 'kizuna-manuscripts',
          id: 'm1',
          title: '冬の健康',
          publishAt: '2026-12-01T00:30:00.000Z',
        },
      ],
    },
    ['2026-12-01 publication 冬の健康 9:30'],
  ],
  [
    'a series that begins and one that ends',
    {
      series: [
        { name: '妊娠期', effectiveFrom: '2026-12-01', effectiveTo: null },
        { name: '0〜3歳', effectiveFrom: null, effectiveTo: '2026-12-31' },
      ],
    },
    ['2026-12-01 seriesBegins 妊娠期', '2026-12-31 seriesEnds 0〜3歳'],
  ],
  [
    'a new fiscal year’s series that is not taken yet',
    { plannedSeries: [{ name: '妊娠期 2027', startsOn: '2026-12-15' }] },
    ['2026-12-15 switchPlanned 妊娠期 2027'],
  ],
  [
    'a text that is hidden for a time',
    {
      hidden: [{ id: 'h1', slotLabel: '妊娠24週3日', from: '2026-12-02', to: '2026-12-03' }],
    },
    ['2026-12-02 hidingBegins 妊娠24週3日', '2026-12-03 hidingEnds 妊娠24週3日'],
  ],
  [
    'the last day of a pause',
    { municipality: { id: 't1', pausedUntil: '2026-12-28' } },
    ['2026-12-28 pauseEnds 配信のお休み'],
  ],
  [
    'a text of the way to school',
    {
      schoolTexts: [
        {
          day: '2026-12-10',
          key: 'manuscript:m2',
          slotLabel: '入学の112日前',
          title: '就学の準備',
        },
      ],
    },
    ['2026-12-10 schoolText 就学の準備 入学の112日前'],
  ],
]

test.each(CASES)('%s', (_, facts, entries) => {
  expect(drawn(facts)).toEqual(entries)
})

test('all of one day stands in one order, whatever was read first', () => {
  const day = '2026-12-01'
  const facts: Partial<TownFacts> = {
    addOns: [addOn({ id: 'a1', validTo: day }), addOn({ id: 'a2', validFrom: day })],
    municipality: { id: 't1', pausedUntil: day },
    series: [{ name: '妊娠期', effectiveFrom: '2026-12-02', effectiveTo: day }],
  }
  const kinds = calendarEntries({ ...NOTHING, ...facts }, '2026-12').map(({ kind }) => kind)
  expect(kinds).toEqual(['pauseEnds', 'seriesEnds', 'periodBegins', 'periodEnds', 'seriesBegins'])
})

test('each leads to where it is looked after', () => {
  const facts: Partial<TownFacts> = {
    addOns: [addOn({ validFrom: '2026-12-01' })],
    hidden: [{ id: 'h1', slotLabel: '生後45日', from: '2026-12-01', to: null }],
    schoolTexts: [{ day: '2026-12-01', key: 'add-on:a9', slotLabel: '', title: '入学式' }],
    municipality: { id: 't1', pausedUntil: '2026-12-01' },
  }
  const paths = calendarEntries({ ...NOTHING, ...facts }, '2026-12').map(({ path }) => path)
  expect(paths).toEqual([
    '/collections/kizuna-municipalities/t1',
    '/collections/kizuna-add-ons/a9',
    '/collections/kizuna-add-ons/a1',
    '/collections/kizuna-hidden-texts/h1',
  ])
})
