import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { inOrder, partsOf, type DecidedCell } from '../../../worker/planning/planCells'

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

test('however the database gives them, cells are decided in one order', async () => {
  const cells = Array.from({ length: 12 }, (_, at) => ({
    anchor: `birthDate=2026-10-${10 + (at % 3)}`,
    cell: `standard|${at}|line:L1`,
    pairs: [`999016:${at}`],
  }))
  const ordered = await inOrder(given(cells))
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(cells, { minLength: cells.length }), async (shuffled) => {
      expect(await inOrder(given(shuffled))).toEqual(ordered)
    }),
    { numRuns: 50 },
  )
})

async function* given<Cell>(cells: readonly Cell[]): AsyncGenerator<Cell> {
  yield* cells
}
