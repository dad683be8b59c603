// What readers have declined does not come, and everything else does.
import { describe, expect, test } from '@jest/globals'

import { outlookOf } from '../../../src/plan/outlook'
import { preferencesOf, type Wishes } from '../../../src/plan/wishes'
import { liveContent } from '../../../src/release/live'
import type { Anchors } from '../../../src/stage/due'
import { addDays } from '../../../src/stage/day'
import { child, hanako, planOf } from './readerTables'
import { addOn, release, settings, text, TODAY } from './town'

const born: Anchors = { birthDate: addDays(TODAY, -45) }
const CHRISTMAS: Wishes = { declined: ['christmas'] }

const who = (wishes: Wishes, anchors = born) =>
  hanako([child('めい', anchors)], {
    preferences: preferencesOf({ edition: 'standard', area: null, wishes }),
  })

const stage = release(text({ slot: 'day45' }))
const carol = release(text({ slot: 'day45', theme: 'christmas' }))
const fair = release(addOn({ from: 'day45', title: '市', theme: 'christmas' }))
const every = release(
  addOn({ from: 'day40', to: 'day50', timing: 'every', title: '歌', theme: 'christmas' }),
)
const exam = release(addOn({ from: 'day45', title: '健診' }))

describe('a text alone', () => {
  test.each<{ wishes: Wishes; comes: boolean }>([
    { wishes: CHRISTMAS, comes: false },
    { wishes: { declined: ['mothersDay'] }, comes: true },
    { wishes: {}, comes: true },
  ])('of a theme, for who wishes $wishes: $comes', ({ wishes, comes }) => {
    expect(planOf({ member: who(wishes), releases: [carol] })).toEqual(
      comes
        ? { deliveries: ['めい day45 [day45]'], exclusions: [] }
        : { deliveries: [], exclusions: ['めい day45 declined'] },
    )
  })

  test('without a theme comes to everybody', () => {
    expect(planOf({ member: who(CHRISTMAS), releases: [stage] }).deliveries).toHaveLength(1)
  })

  test('the question at 42 weeks is declined by nobody, whatever is written on it', () => {
    const overdue = { dueDate: addDays(TODAY, -14) }
    const asked = release(text({ slot: '42w0d', kind: 'question', theme: 'surveys' }))
    const member = who({ declined: ['surveys'] }, overdue)
    expect(planOf({ member, releases: [asked] }).deliveries).toHaveLength(1)
  })
})

test('of a day only what was declined is left out, whatever it goes with', () => {
  const releases = [stage, fair, every, exam]
  expect(planOf({ member: who(CHRISTMAS), releases })).toEqual({
    deliveries: ['めい day45 [day45 健診]'],
    exclusions: [],
  })
  expect(planOf({ member: who({}), releases }).deliveries).toEqual([
    'めい day45 [day45 市 健診 歌]',
  ])
})

test('what the municipality hides is not said to be the reader’s wish', () => {
  const hidden = [
    { series: 'child', slot: 'day45', edition: null, isAllEditions: true, from: null, to: null },
  ]
  expect(
    planOf({ member: who(CHRISTMAS), releases: [carol], municipality: { hidden } }).exclusions,
  ).toEqual(['めい day45 hidden'])
})

test('the next text is one that comes', () => {
  const later = release(text({ slot: 'day47' }))
  const outlook = (wishes: Wishes) =>
    outlookOf({
      settings: settings(),
      content: liveContent([carol, later]),
      family: {
        edition: 'standard',
        area: null,
        channel: 'mail',
        isTwins: false,
        isCorrected: false,
        wishes,
      },
      dates: { birthDate: addDays(TODAY, -45) },
      from: TODAY,
    })
  expect(outlook({})).toEqual({ kind: 'text', day: TODAY })
  expect(outlook(CHRISTMAS)).toEqual({ kind: 'text', day: addDays(TODAY, 2) })
})
