import { expect, test } from '@jest/globals'

import { partsOf, type DecidedCell } from '../../../worker/planning/planCells'

test.each([
  [0, []],
  [1, [1]],
  [200, [200]],
  [450, [200, 200, 50]],
])('%d cells are cut into parts in their order, none lost', (count, sizes) => {
  const cells = Array.from({ length: count }, (_, at): DecidedCell => {
    return { cell: { anchor: `born ${at}`, cell: '', pairs: [] }, delivery: null }
  })
  const parts = partsOf(cells)
  expect(parts.map(({ length }) => length)).toEqual(sizes)
  expect(parts.flat()).toEqual(cells)
})
