import { expect, test } from '@jest/globals'

import { isBurst } from '../../../worker/bounce/hardBounces'

test.each([
  [10, 300, false],
  [11, 300, true],
  [11, 1_000_000, false],
  [101, 1_000_000, true],
])('%i addresses of a domain among %i readers are a burst: %s', (count, readers, isOne) => {
  expect(isBurst(count, { readers })).toBe(isOne)
})
