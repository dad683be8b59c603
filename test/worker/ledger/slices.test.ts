import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { slicesBySize } from '../../../worker/ledger/slices'

test('slices are all there was in its order, full before the next begins, and no fuller', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 })
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 60 }), (all, most) => {
      const slices = slicesBySize(all, most, (size) => size)
      const sumOf = (slice: readonly number[]) => slice.reduce((sum, size) => sum + size, 0)
      expect(slices.flat()).toEqual(all)
      expect(slices.slice(0, -1).every((slice) => sumOf(slice) >= most)).toBe(true)
      expect(slices.every((slice) => sumOf(slice.slice(0, -1)) < most)).toBe(true)
    }),
  )
})
