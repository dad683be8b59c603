import { expect, test } from '@jest/globals'

import { chosenOf } from '../../../../src/admin/arrivals/municipalities'

const town = (id: string) => ({ id, name: id, editions: [], areas: [], channels: [] })

test('another municipality than one’s own is nobody’s, not the own one', () => {
  const own = [town('a'), town('b')]
  expect(chosenOf(own, '')?.id).toBe('a')
  expect(chosenOf(own, 'b')?.id).toBe('b')
  expect(chosenOf(own, 'c')).toBeUndefined()
  expect(chosenOf([], '')).toBeUndefined()
})
