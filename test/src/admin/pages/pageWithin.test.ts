import { expect, test } from '@jest/globals'

import { lastPage, pageWithin } from '../../../../src/admin/pages/pageWithin'

test.each([
  [undefined, 1],
  ['2', 2],
  ['99', 3],
  ['0', 1],
  ['-4', 1],
  ['1.5', 1],
  ['x', 1],
  [['2', '3'], 1],
])('of three pages, %p in the address is page %i', (asked, page) => {
  expect(pageWithin(asked, { count: 201, size: 100 })).toBe(page)
  expect(pageWithin(asked, { count: 0, size: 100 })).toBe(1)
  expect(lastPage(0, 100)).toBe(1)
})
