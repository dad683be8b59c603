import { expect, test } from '@jest/globals'

import { readTickedVersions } from '../../../../src/review/versions/tickedVersions'

test.each([
  ['nothing', undefined, { path: null, ids: [] }],
  ['one', 'a', { path: null, ids: ['a'] }],
  ['two: the newer with the older', ['b', 'a'], { path: '/b?with=a' }],
  ['one twice', ['a', 'a'], { path: null, ids: ['a'] }],
  ['three', ['c', 'b', 'a'], { path: null, ids: ['c', 'b', 'a'] }],
  ['no id, which stays within its place', ['../x', 'a&b'], { path: '/..%2Fx?with=a%26b' }],
])('ticks of versions: %s', (_, sent, expected) => {
  expect(readTickedVersions(sent as string[])).toEqual(expected)
})
