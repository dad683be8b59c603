import { expect, test } from '@jest/globals'

import { daysOf } from '../../../src/stage/month'
import { schoolTextsOf } from '../../../src/calendar/schoolTexts'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import { liveContent } from '../../../src/release/live'
import type { Release } from '../../../src/release/content'
import { addOn, release, settings, text } from '../plan/town'

const drawn = (
  releases: readonly Release[],
  { month = '2027-01', ...changed }: Partial<MunicipalitySettings> & { month?: string } = {},
) => {
  const town = { ...settings(changed), cmsId: 't1' }
  const found = schoolTextsOf({ settings: town, content: liveContent(releases) }, daysOf(month))
  return found.map(({ day, slotLabel, title }) => `${day} ${slotLabel} ${title}`)
}

const entry = (slot: string, changed: object = {}) => release(text({ slot, ...changed }))

test('a text before school has its day in the calendar, each year', () => {
  const found = [entry('entry-84')]
  expect(drawn(found)).toEqual(['2027-01-07 入学の84日前 entry-84 のお知らせ'])
  expect(drawn(found, { month: '2028-01' })).toEqual([
    '2028-01-08 入学の84日前 entry-84 のお知らせ',
  ])
  expect(drawn(found, { month: '2027-02' })).toEqual([])
})

test('one of several editions stands for all: the first that the town offers', () => {
  const found = [
    entry('entry-84', { edition: 'easy', subject: 'やさしい' }),
    entry('entry-84', { edition: 'english', subject: 'English' }),
    entry('entry-84', { subject: '標準' }),
  ]
  expect(drawn(found)).toEqual(['2027-01-07 入学の84日前 標準'])
  expect(drawn(found, { editions: ['easy'] })).toEqual(['2027-01-07 入学の84日前 やさしい'])
})

const taken = { from: null, to: null, isEndIncluded: true, effectiveFrom: null, effectiveTo: null }

test.each([
  ['its series is not taken', { series: [] }],
  [
    'its series begins later',
    { series: [{ ...taken, series: 'school', effectiveFrom: '2027-01-08' }] },
  ],
  ['the town takes another part', { series: [{ ...taken, series: 'school', from: 'entry-50' }] }],
  [
    'the town hides it',
    { hidden: [{ series: 'school', slot: 'entry-84', edition: null, from: null, to: null }] },
  ],
])('a text has no day where %s', (_, changed) => {
  expect(drawn([entry('entry-84')], changed)).toEqual([])
})

test('what is unsound, or stopped since its review is overdue, has no day', () => {
  const content = text({ slot: 'entry-84' })
  const late = { reviewDueAt: '2027-01-01T00:00:00.000Z', whenOverdue: 'stop' as const }
  expect(drawn([release(content, { contentHash: 'other' })])).toEqual([])
  expect(drawn([release(content, late)])).toEqual([])
})

test('an own text comes on its first day in its period; one that goes with others has none', () => {
  const period = { from: 'entry-84', to: 'entry+10' }
  const once = addOn({ ...period, title: '入学説明会' })
  expect(drawn([release(once)])).toEqual(['2027-01-07 入学の84日前 入学説明会'])
  expect(drawn([release({ ...once, validTo: '2027-01-06' })])).toEqual([])
  expect(drawn([release({ ...once, timing: 'every' }), entry('entry-83')])).toEqual([
    '2027-01-08 入学の83日前 entry-83 のお知らせ',
  ])
})

test('what counts from a family’s own dates has no day of its own', () => {
  expect(drawn([entry('day45'), entry('24w3d'), release(addOn({ from: 'day45' }))])).toEqual([])
})
