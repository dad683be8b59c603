// What municipalities share of a day is made once, and nobody gets what another one takes.
import { expect, test } from '@jest/globals'

import { liveContent } from '../../../src/release/live'
import { createProgram } from '../../../src/plan/program'
import type { MunicipalitySettings } from '../../../src/plan/settings'
import { addDays } from '../../../src/stage/day'
import { addOn, release, settings, text, TODAY } from './town'

const open = { isEndIncluded: true, effectiveFrom: null, effectiveTo: null }
const BIRTH = addDays(TODAY, -30)
const texts = ['standard', 'easy'].map((edition) => text({ slot: 'day30', edition }))
const ownAddOn = addOn({ from: 'day30', municipality: '999024' })
const content = liveContent([...texts, ownAddOn].map((one) => release(one)))

const TOWNS: [string, Partial<MunicipalitySettings>, string[]][] = [
  ['takes the series', {}, ['standard', 'easy']],
  ['offers one edition', { editions: ['easy'] }, ['easy']],
  ['begins later', { series: [{ series: 'child', from: 'day31', to: null, ...open }] }, []],
  [
    'begins then, and on another day again',
    {
      series: [
        { series: 'child', from: 'day30', to: null, ...open, effectiveTo: TODAY },
        { series: 'child', from: null, to: null, ...open, effectiveFrom: addDays(TODAY, 1) },
      ],
    },
    ['standard', 'easy'],
  ],
  ['takes another series', { series: [{ series: 'school', from: null, to: null, ...open }] }, []],
  ['has an add-on', { code: '999024', series: [] }, ['add-on']],
]

test.each([...TOWNS, ...TOWNS])('a municipality that %s', (_, changed, expected) => {
  const program = createProgram({ settings: settings(changed), content, date: TODAY })
  const { texts, once } = program.dueFor({ birthDate: BIRTH }, false)
  const found = [...texts.map((text) => text.content.edition), ...once.map(() => 'add-on')]
  expect(found).toEqual(expected)
})

test('a text that one municipality hides reaches the others', () => {
  const hidden = [{ series: 'child', slot: 'day30', edition: null, from: null, to: null }]
  const hides = (changed: Partial<MunicipalitySettings>) =>
    createProgram({ settings: settings(changed), content, date: TODAY })
      .dueFor({ birthDate: BIRTH }, false)
      .texts.map(({ isHidden }) => isHidden)
  expect([hides({ hidden }), hides({})]).toEqual([
    [true, true],
    [false, false],
  ])
})

test('only dates on which something is due are looked for', () => {
  const datesOf = (changed: Partial<MunicipalitySettings>) =>
    createProgram({ settings: settings(changed), content, date: TODAY }).dates.birthDates
  expect(datesOf({})).toEqual([BIRTH])
  expect(datesOf({ series: [] })).toEqual([])
  expect(datesOf({ series: [], code: '999024' })).toEqual([BIRTH])
})

test('the next day is its own, and so is the day before again', () => {
  const dates = [TODAY, addDays(TODAY, 1), TODAY]
  const found = dates.map(
    (date) => createProgram({ settings: settings(), content, date }).dates.birthDates,
  )
  expect(found).toEqual([[BIRTH], [addDays(BIRTH, 1)], [BIRTH]])
})
