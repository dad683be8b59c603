import { expect, test } from '@jest/globals'

import { uuidV5 } from '../../../worker/channel/uuid'

test('agrees with the example of RFC 9562 A.4', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
  expect(uuidV5('www.example.com', dns)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

test('refuses a namespace that is no UUID', () => {
  expect(() => uuidV5('a', 'no')).toThrow(RangeError)
})
