import { expect, test } from '@jest/globals'

import { StateCell } from '../../../../src/admin/review/stateCell'

test('a cell that is rendered with a form, where there is no row, is empty', async () => {
  const cell = { payload: {}, collectionSlug: 'kizuna-manuscripts', field: { name: 'reviewState' } }
  expect(await StateCell(cell as unknown as Parameters<typeof StateCell>[0])).toBeNull()
})
