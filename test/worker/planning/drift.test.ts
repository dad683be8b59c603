import { expect, test } from '@jest/globals'

import { driftOf } from '../../../worker/planning/drift'

test.each([
  ['as counted', 10_000, 10_000, null, null],
  ['one per cent short', 9_900, 10_000, null, null],
  ['more than one per cent short', 9_898, 10_000, null, 'audience-drift'],
  ['more than one per cent over', 10_102, 10_000, null, 'audience-drift'],
  ['half of a small town missing', 40, 80, null, null],
  ['twice before', 10_000, 10_000, 5_000, null],
  ['more than twice before', 10_001, 10_001, 5_000, 'yesterday-drift'],
  ['half of before', 5_000, 5_000, 10_000, null],
  ['less than half of before', 4_999, 4_999, 10_000, 'yesterday-drift'],
  ['ten times before in a small town', 100, 100, 10, null],
  ['nobody today after a full day', 0, 0, 5_000, 'yesterday-drift'],
  ['the first day', 50_000, 50_000, null, null],
] as const)('%s: %d planned of %d counted, %s before → %s', (...row) => {
  const [, audience, counted, before, code] = row
  const found = driftOf({ plan: { deliveries: audience, audience }, counted, before })
  expect(found?.code ?? null).toBe(code)
})
