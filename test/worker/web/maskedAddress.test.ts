import { expect, test } from '@jest/globals'

import { maskedAddress } from '../../../worker/web/maskedAddress'

test.each([
  ['hanako@example.jp', 'h***@example.jp'],
  ['a@b@example.jp', 'a***@example.jp'],
  ['x', 'x***'],
])('%s is shown as %s', (address, masked) => {
  expect(maskedAddress(address)).toBe(masked)
})
