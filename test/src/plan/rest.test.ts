import { expect, test } from '@jest/globals'

import { isRestingOn, type Rest } from '../../../src/plan/rest'

test.each<{ given: string; rest: Rest | undefined; isResting: boolean }>([
  { given: 'nobody asked for one', rest: undefined, isResting: false },
  { given: 'until they come back', rest: { until: null }, isResting: true },
  { given: 'the day before it ends', rest: { until: '2026-10-07' }, isResting: true },
  { given: 'the day on which texts come again', rest: { until: '2026-10-06' }, isResting: false },
  { given: 'long after', rest: { until: '2026-09-01' }, isResting: false },
])('$given: $isResting', ({ rest, isResting }) => {
  expect(isRestingOn(rest, '2026-10-06')).toBe(isResting)
})
