import { expect, test } from '@jest/globals'

import type { Batch } from '../../../worker/ledger/documents'
import { batchSlices } from '../../../worker/ledger/slices'

const batch = (recipients: number) => ({ recipients: Array(recipients).fill('r') }) as Batch

test.each<[string, number[], number[][]]>([
  ['nothing', [], []],
  ['what fits', [2, 3], [[2, 3]]],
  ['a slice ends with the batch that fills it', [2, 3, 1], [[2, 3], [1]]],
  ['each slice has the whole room', [5, 5, 4, 1, 2], [[5], [5], [4, 1], [2]]],
  ['a batch is never divided, however large', [4, 9, 1], [[4, 9], [1]]],
])('%s', (_, sizes, expected) => {
  const slices = batchSlices(sizes.map(batch), 5)
  expect(slices.map((slice) => slice.map(({ recipients }) => recipients.length))).toEqual(expected)
})
