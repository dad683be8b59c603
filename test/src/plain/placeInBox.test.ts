import { expect, test } from '@jest/globals'

import { placeInBox } from '../../../src/plain/placeInBox'

test('a place behind line ends of two units is the same word in the box', () => {
  const text = '👶🏻です。\r\n\r\n健診は\r無料です。'
  const box = text.replace(/\r\n?/g, '\n')
  const start = text.indexOf('無料')
  const place = placeInBox(box, text, { start, end: start + 2 })!
  expect(box.slice(place.start, place.end)).toBe('無料')
})

test('no place is marked in a text that was written on since', () => {
  expect(placeInBox('あ健診', '健診', { start: 0, end: 2 })).toBeNull()
})
