import { describe, expect, test } from '@jest/globals'

import type { ImaginedFamily } from '../../../src/plan/imagined'
import { planLife, type LifeInput } from '../../../src/plan/life'
import type { ExpectedSlot } from '../../../src/plan/holes'
import { liveContent } from '../../../src/release/live'
import type { Release } from '../../../src/release/content'
import { addOn, childTexts, pregnancyTexts, release, settings, text } from './town'

const FAMILY: ImaginedFamily = {
  edition: 'standard',
  area: null,
  channel: 'line',
  isTwins: false,
  isCorrected: false,
}

function lifeOf(releases: Release[], changed: Partial<LifeInput> = {}) {
  const days = planLife({
    settings: settings(),
    content: liveContent(releases),
    family: FAMILY,
    dates: { dueDate: '2027-03-01', birthDate: '2027-02-26' },
    expected: [],
    ...changed,
  })
  return days.map(({ date, plan, holes, notTaken }) => ({
    date,
    texts: plan.deliveries.map(({ texts, addOns }) =>
      [
        ...texts.map(({ content }) => content.slot),
        ...addOns.map(({ content }) => content.title),
      ].join('+'),
    ),
    out: plan.exclusions.map(({ slot, reason }) => `${slot} ${reason}`),
    holes: holes.map(({ slot }) => slot),
    notTaken: notTaken.map(({ content }) => content.slot),
  }))
}

describe('the texts of a whole life', () => {
  test('each of pregnancy until the birth, then each of the child, once', () => {
    const days = lifeOf([...pregnancyTexts(), ...childTexts()])
    const texts = days.flatMap((day) => day.texts)
    expect(texts).toHaveLength(new Set(texts).size)
    expect(texts.filter((slot) => slot.startsWith('day'))).toHaveLength(101)
    // 4w0d is 24 weeks 36 weeks before the due date; 39w4d is the day of the birth.
    expect([texts[0], days[0]?.date]).toEqual(['4w0d', '2026-06-22'])
    expect(days.find(({ date }) => date === '2027-02-26')?.texts).toEqual(['day0'])
    expect(texts).toContain('39w3d')
    expect(texts).not.toContain('39w4d')
  })

  test('without a birth it ends with the question at 42w0d', () => {
    const question = release(text({ slot: '42w0d', kind: 'question' }))
    const days = lifeOf([...pregnancyTexts(), ...childTexts(), question], {
      dates: { dueDate: '2027-03-01' },
    })
    expect(days.at(-1)).toMatchObject({ date: '2027-03-15', texts: ['42w0d'] })
  })

  test('a milestone of the day is merged, an add-on goes with it, and both are told', () => {
    const days = lifeOf([
      release(text({ slot: 'day100' })),
      release(text({ slot: 'month3+11', kind: 'milestone' })),
      release(addOn({ from: 'day90', to: 'day110', timing: 'every', title: '町の便り' })),
    ])
    expect(days).toMatchObject([
      { texts: ['day100+month3+11+町の便り'], out: ['month3+11 merged'] },
    ])
  })

  test('what the municipality does not take is told', () => {
    const [taken] = settings().series
    const days = lifeOf([release(text({ slot: 'day3' }))], {
      settings: settings({ series: taken ? [taken] : [] }),
    })
    expect(days).toMatchObject([{ texts: [], notTaken: ['day3'] }])
  })

  test('a slot that is expected and has no text is a hole, in the default edition too', () => {
    const expected: ExpectedSlot[] = ['day3', 'day5'].map((slot) => ({
      series: 'child',
      slot,
      edition: 'standard',
    }))
    const days = lifeOf([release(text({ slot: 'day3' }))], { expected })
    expect(days.map(({ holes }) => holes)).toEqual([[], ['day5']])
  })

  test('a text in the default edition fills the place of one in the family’s', () => {
    const expected: ExpectedSlot[] = [{ series: 'child', slot: 'day3', edition: 'easy' }]
    const days = lifeOf([release(text({ slot: 'day3' }))], {
      expected,
      family: { ...FAMILY, edition: 'easy' },
    })
    expect(days).toMatchObject([{ texts: ['day3'], holes: [] }])
  })
})

test('seven years of 2,500 texts and 200 add-ons: each text once', () => {
  const days = Array.from({ length: 2200 }, (_, day) => release(text({ slot: `day${day}` })))
  const addOns = Array.from({ length: 200 }, (_, index) =>
    release(addOn({ from: `day${index * 10}`, to: `day${index * 10 + 60}`, timing: 'every' })),
  )
  const texts = lifeOf([...pregnancyTexts(), ...days, ...addOns]).flatMap((day) => day.texts)
  const slots = texts.map((text) => text.split('+')[0])
  expect(slots).toHaveLength(new Set(slots).size)
  expect(slots.filter((slot) => slot?.startsWith('day'))).toHaveLength(2200)
  expect(slots.length).toBeGreaterThan(2400)
})
