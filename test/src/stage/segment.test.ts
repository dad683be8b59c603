import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays } from '../../../src/stage/day'
import type { Anchors } from '../../../src/stage/due'
import { parseSlot } from '../../../src/stage/slot'
import { isInSegment, segmentDates, type Segment } from '../../../src/stage/segment'

const DAY = '2026-11-23'

const of = (from: string, to: string, isEndIncluded = true): Segment => ({
  from: parseSlot(from),
  to: parseSlot(to),
  isEndIncluded,
  monthRule: 'friendly',
})

interface Who {
  segment: Segment
  anchors: Anchors
  expected: boolean
}

test.each<[string, Who]>([
  [
    'a week of pregnancy in it',
    { segment: of('20w0d', 'month12'), anchors: { dueDate: '2027-01-01' }, expected: true },
  ],
  [
    'a week before it',
    { segment: of('20w0d', 'month12'), anchors: { dueDate: '2027-06-01' }, expected: false },
  ],
  [
    'the last day of texts',
    { segment: of('20w0d', 'month12'), anchors: { dueDate: '2026-11-10' }, expected: true },
  ],
  [
    '42w0d: no birth is reported',
    { segment: of('20w0d', 'month12'), anchors: { dueDate: '2026-11-09' }, expected: false },
  ],
  ['born today', { segment: of('20w0d', 'month12'), anchors: { birthDate: DAY }, expected: true }],
  [
    'not born yet',
    { segment: of('20w0d', 'month12'), anchors: { birthDate: addDays(DAY, 1) }, expected: false },
  ],
  [
    'the first birthday',
    { segment: of('20w0d', 'month12'), anchors: { birthDate: '2025-11-23' }, expected: true },
  ],
  [
    'the first birthday, not included',
    {
      segment: of('20w0d', 'month12', false),
      anchors: { birthDate: '2025-11-23' },
      expected: false,
    },
  ],
  [
    'the day after it',
    { segment: of('20w0d', 'month12'), anchors: { birthDate: '2025-11-22' }, expected: false },
  ],
  [
    'born, where it is of pregnancies',
    {
      segment: of('4w0d', '41w6d'),
      anchors: { birthDate: DAY, dueDate: DAY },
      expected: false,
    },
  ],
  [
    'unborn, where it is of children',
    { segment: of('day0', 'month12'), anchors: { dueDate: '2027-01-01' }, expected: false },
  ],
  [
    'support texts asked for',
    {
      segment: of('day0', 'month12'),
      anchors: { birthDate: DAY, supportFrom: DAY },
      expected: false,
    },
  ],
  ['no date known', { segment: of('20w0d', 'month12'), anchors: {}, expected: false }],
])('who stands in a segment: %s', (_, { segment, anchors, expected }) => {
  expect(isInSegment(DAY, segment, anchors)).toBe(expected)
})

test('the dates that are looked for are those of whoever stands in it', () => {
  const pregnancy = fc
    .integer({ min: 28, max: 293 })
    .map((day) => `${Math.floor(day / 7)}w${day % 7}d`)
  const age = fc.oneof(
    fc.integer({ min: 0, max: 400 }).map((days) => `day${days}`),
    fc
      .tuple(fc.integer({ min: 1, max: 84 }), fc.integer({ min: 0, max: 20 }))
      .map(([months, days]) => `month${months}${days ? `+${days}` : ''}`),
  )
  const ends = fc.oneof(
    fc.tuple(pregnancy, pregnancy),
    fc.tuple(pregnancy, age),
    fc.tuple(age, age),
  )
  const rule = fc.constantFrom('friendly' as const, 'legal' as const)
  const day = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2026-01-01', days))
  fc.assert(
    fc.property(ends, fc.boolean(), rule, day, fc.integer({ min: -300, max: 3000 }), (...drawn) => {
      const [[from, to], isEndIncluded, monthRule, today, before] = drawn
      const segment = { ...of(from, to, isEndIncluded), monthRule }
      const { dues, births } = segmentDates(today, segment)
      const edges = [dues?.from, dues?.to, births?.from, births?.to].flatMap((edge) => edge ?? [])
      const dates = [
        addDays(today, -before),
        ...edges.flatMap((edge) => [-1, 0, 1].map((by) => addDays(edge, by))),
      ]
      for (const date of dates) {
        const isFound = (span: typeof dues) => span !== null && span.from <= date && date <= span.to
        expect({ date, due: isFound(dues), born: isFound(births) }).toEqual({
          date,
          due: isInSegment(today, segment, { dueDate: date }),
          born: isInSegment(today, segment, { birthDate: date }),
        })
      }
    }),
    { numRuns: 500 },
  )
})
