import { expect, jest, test } from '@jest/globals'

import { remembered } from '../../../src/release/remembered'

test('what was made before is not made again, until others have taken its place', () => {
  const make = jest.fn((text: string) => `${text}!`)
  const shout = remembered(make, 2)
  expect(['あ', 'い', 'あ', 'い'].map(shout)).toEqual(['あ!', 'い!', 'あ!', 'い!'])
  expect(make).toHaveBeenCalledTimes(2)
  expect(['う', 'い', 'あ'].map(shout)).toEqual(['う!', 'い!', 'あ!'])
  expect(make.mock.calls.flat()).toEqual(['あ', 'い', 'う', 'あ'])
})

test('an answer without any words is remembered too', () => {
  const make = jest.fn(() => '')
  const nothing = remembered(make, 2)
  expect([nothing('あ'), nothing('あ')]).toEqual(['', ''])
  expect(make).toHaveBeenCalledTimes(1)
})
