import { expect, test } from '@jest/globals'

import { EXCLUSION_REASONS, REASON_LABELS } from '../../../src/plan/reason'
import type { HiddenText } from '../../../src/plan/hidden'
import { addDays } from '../../../src/stage/day'
import { addOn, release, text, TODAY } from './town'
import { child, hanako, planOf } from './readerTables'

const day = (days: number) => ({ birthDate: addDays(TODAY, -days) })
const member = hanako([child('めい', day(45))])

function hidden(changed: Partial<HiddenText> = {}): HiddenText {
  return { series: 'child', slot: 'day45', edition: null, from: null, to: null, ...changed }
}

const plan = (hiding: HiddenText, releases = [release(text({ slot: 'day45' }))]) =>
  planOf({ member, releases, municipality: { hidden: [hiding] } })

const KEPT = { deliveries: [], exclusions: ['めい day45 hidden'] }
const SENT = { deliveries: ['めい day45 [day45]'], exclusions: [] }

test.each([
  ['for good', hidden(), KEPT],
  ['from today', hidden({ from: TODAY }), KEPT],
  ['until today', hidden({ to: TODAY }), KEPT],
  ['from tomorrow', hidden({ from: addDays(TODAY, 1) }), SENT],
  ['until yesterday', hidden({ to: addDays(TODAY, -1) }), SENT],
  ['another slot', hidden({ slot: 'day46' }), SENT],
  ['another series', hidden({ series: 'school' }), SENT],
  ['this edition', hidden({ edition: 'standard' }), KEPT],
  ['another edition', hidden({ edition: 'easy' }), SENT],
])('a text that a municipality hides %s', (_, hiding, expected) => {
  expect(plan(hiding)).toEqual(expected)
})

test('hiding one edition does not bring its readers another one', () => {
  const releases = [
    release(text({ slot: 'day45' })),
    release(text({ slot: 'day45', edition: 'easy' })),
  ]
  const reader = hanako([child('めい', day(45))], { preferences: { edition: 'easy', area: null } })
  const hiding = { hidden: [hidden({ edition: 'easy' })] }
  expect(planOf({ member: reader, releases, municipality: hiding })).toEqual(KEPT)
  expect(planOf({ member, releases, municipality: hiding })).toEqual(SENT)
})

test('the municipality’s own text of that day goes out alone', () => {
  const releases = [release(text({ slot: 'day45' })), release(addOn({ from: 'day45' }))]
  expect(plan(hidden(), releases).deliveries).toEqual(['めい day45 [町から]'])
})

test('another text of that day is not touched', () => {
  const milestone = text({ slot: 'day45', kind: 'milestone', series: 'school' })
  const releases = [release(text({ slot: 'day45' })), release(milestone)]
  expect(plan(hidden(), releases).deliveries).toHaveLength(1)
})

test('the question at 42w0d is asked whatever a municipality hides', () => {
  const late = hanako([child('めい', { dueDate: addDays(TODAY, -14) })])
  const releases = [release(text({ slot: '42w0d', kind: 'question' }))]
  const hiding = { hidden: [hidden({ series: 'pregnancy', slot: '42w0d' })] }
  expect(planOf({ member: late, releases, municipality: hiding }).deliveries).toHaveLength(1)
})

test('the reason is in the closed list and has words', () => {
  expect(EXCLUSION_REASONS).toContain('hidden')
  expect(REASON_LABELS.hidden).toBe('自治体が出さない原稿')
})
