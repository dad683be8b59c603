import { describe, expect, test } from '@jest/globals'

import type { Forecast } from '../../../src/plan/forecast'
import { deliveriesIn, pairsIn, reachIn, sendsOn } from '../../../src/plan/reach'
import { about, reachSentence } from '../../../src/reach/sentence'
import { askedWhen } from '../../../src/release/surveyWords'
import { addOn, settings, text, TOWN } from './town'

const forecast: Forecast = {
  date: '2026-11-24',
  bands: { week24: 70, month18: 61 },
  stages: { pregnancy: 70 + 37 * 7, age1: 61 + 335 },
  editions: { standard: 300, easy: 100 },
}
const all: Forecast = { ...forecast, editions: { standard: 400 } }
const DAY = '2026-11-24'

test('a text of pregnancy meets a seventh of its week a day', () => {
  expect(reachIn(all, text({ slot: '24w3d' }), DAY)?.firstDay).toBeCloseTo(10)
})

test('in a week it also meets those who stand in the weeks before it', () => {
  const reach = reachIn(all, text({ slot: '24w3d' }), DAY)
  expect(reach?.week).toBeCloseTo(4 * 10 + 3 * 1) // 24w0d to 24w3d, and three days of a hidden week
})

test('a text at an age meets a month’s part', () => {
  expect(reachIn(all, text({ slot: 'month18' }), DAY)?.firstDay).toBeCloseTo(61 / 30.436875)
})

test('figures that are some days old are moved on', () => {
  const later = reachIn(all, text({ slot: '25w3d' }), '2026-12-01')
  expect(later?.firstDay).toBeCloseTo(10)
})

test('an edition meets its part of the readers', () => {
  expect(reachIn(forecast, text({ slot: '24w3d', edition: 'easy' }), DAY)?.firstDay).toBeCloseTo(
    2.5,
  )
})

test.each([
  ['an edition with too few readers', text({ slot: '24w3d', edition: 'english' })],
  ['an age with too few children', text({ slot: 'month40' })],
])('%s is not told', (_, content) => {
  expect(reachIn(all, content, DAY)).toBeNull()
})

test('a text for school meets a whole year of children on its day, and nobody on others', () => {
  const six = { ...all, bands: {}, stages: { age5: 120, age6: 120 } }
  // 84 days before 1 April 2027
  expect(reachIn(six, text({ slot: 'entry-84' }), '2027-01-07')?.firstDay).toBeGreaterThan(90)
  expect(reachIn(six, text({ slot: 'entry-84' }), DAY)?.week).toBe(0)
})

describe('deliveries of some days', () => {
  const period = { day: DAY, days: 7 }
  const texts = [text({ slot: '24w3d' }), text({ slot: '24w4d' })]
  const ofTexts = 4 * 10 + 3 * 1 + (5 * 10 + 2 * 1)
  const range = { from: '4w0d', to: 'month36' }
  const notice = (validFrom: string) =>
    addOn({ ...range, timing: 'notice', validFrom, validTo: validFrom })

  test('are the texts; add-ons go with them, and urgent ones only when people send them', () => {
    const others = [addOn(range), addOn({ from: '24w3d' }), addOn({ ...range, timing: 'urgent' })]
    expect(deliveriesIn(all, [...texts, ...others], period)).toBeCloseTo(ofTexts)
  })

  test('a notice is one for each reader it is for, where its day is one of them', () => {
    const readers = deliveriesIn(all, [notice('2026-11-30')], period) ?? 0
    expect(readers).toBeGreaterThan(300)
    expect(readers).toBeLessThan(800)
    expect(deliveriesIn(all, [...texts, notice('2026-12-01')], period)).toBeCloseTo(ofTexts)
  })

  test('are not told where nothing of them can be', () => {
    expect(deliveriesIn(all, [text({ slot: 'month40' })], period)).toBeNull()
    expect(deliveriesIn(all, [], period)).toBeNull()
  })
})

const TAKING = [
  { name: 'a text of a series and edition it takes', municipality: settings(), isTaken: true },
  {
    name: 'an edition it does not offer',
    municipality: settings({ editions: ['easy'] }),
    isTaken: false,
  },
  {
    name: 'a municipality that is not active',
    municipality: settings({ isActive: false }),
    isTaken: false,
  },
  {
    name: 'its own add-on',
    content: addOn({ from: '24w3d' }),
    municipality: settings(),
    isTaken: true,
  },
  {
    name: 'another municipality’s add-on',
    content: addOn({ from: '24w3d' }),
    municipality: settings({ code: '131016' }),
    isTaken: false,
  },
]

test.each(TAKING)('$name', ({ municipality, content = text({ slot: '24w3d' }), isTaken }) => {
  expect(TOWN).toBe('999016')
  expect(sendsOn(municipality, content, DAY)).toBe(isTaken)
})

test('a slot outside of the part of the series that is taken is not sent', () => {
  const series = [
    {
      series: 'pregnancy',
      from: '10w0d',
      to: '20w0d',
      isEndIncluded: true,
      effectiveFrom: null,
      effectiveTo: null,
    },
  ]
  expect(sendsOn(settings({ series }), text({ slot: '24w3d' }), DAY)).toBe(false)
  expect(sendsOn(settings({ series }), text({ slot: '20w0d' }), DAY)).toBe(true)
})

test.each([
  [0.4, ' 5 人未満'],
  [12.4, '約 12 人'],
  [345, '約 350 人'],
  [12_345, '約 12,300 人'],
])('%d readers are told as %s', (readers, told) => {
  expect(about(readers)).toBe(told)
})

test('the question says how many municipalities and readers, and of which day', () => {
  const reach = { municipalities: 4, counted: 3, tomorrow: 42, week: 290, asOf: '2026-11-23' }
  expect(reachSentence(reach)).toBe(
    'この原稿は 4 自治体で使われます。明日は約 42 人、明日からの 7 日間で約 290 人に届く見込みです(2026年11月23日(月)の集計から)。ほかの 1 自治体は、人数の集計がまだないか、少なくて出せません。',
  )
  expect(reachSentence({ ...reach, municipalities: 0 })).toContain('まだ誰にも届きません')
  expect(reachSentence({ ...reach, counted: 0 })).toContain('何人に届くかは分かりません')
})

describe('a survey by stage', () => {
  const survey = addOn({
    from: 'month18',
    to: 'month18',
    timing: 'once',
    validFrom: '2026-12-01',
    validTo: '2026-12-10',
  })
  const when = askedWhen(survey)

  test('is said with its days and stage', () => {
    expect(when).toBe('2026年12月1日(火)から2026年12月10日(木)まで、お子さんが1歳6か月になる日に')
    expect(askedWhen({ ...survey, from: '20w0d', validFrom: null })).toMatch(
      /^公開した日の次の日から.*、妊娠20週0日になる日に$/,
    )
    expect(askedWhen({ ...survey, from: '' })).toBeNull()
  })

  test('meets whoever comes to it on any of its days, and says when these are too few to be told', () => {
    const readers = pairsIn(all, survey, { day: '2026-12-01', days: 10 })
    expect(readers).toBeCloseTo((10 * 335) / 11 / 30.436875, 0) // of the month before it
    const reach = { municipalities: 1, counted: 1, tomorrow: 0, week: 0, asOf: DAY }
    const said = (count: number | null) =>
      reachSentence({ ...reach, survey: { when: when ?? '', readers: count } })
    expect(said(20)).toBe(
      `このアンケートは、${when}、1 家庭に 1 回だけ届きます。あしたからで約 20 人までの見込みです。`,
    )
    expect(said(readers)).toContain('結果を出せないことがあります')
    expect(said(null)).toContain('何人かは分かりません')
  })
})
