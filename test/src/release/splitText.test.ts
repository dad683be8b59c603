import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { splitText } from '../../../src/release/splitText'
import { text } from './arbitrary'
import { boundariesOf, oddText } from './oddText'

test.each([
  { label: 'short texts stay whole', given: 'ああ\n\nいい', limit: 10, pieces: ['ああ\n\nいい'] },
  { label: 'between paragraphs', given: 'ああ\n\nい\nい', limit: 5, pieces: ['ああ', 'い\nい'] },
  { label: 'between lines', given: 'あああ\nいい', limit: 4, pieces: ['あああ', 'いい'] },
  {
    label: 'between sentences',
    given: 'ああ。いい!うう',
    limit: 5,
    pieces: ['ああ。', 'いい!うう'],
  },
  {
    label: 'anywhere, if there is no border',
    given: 'ああああ',
    limit: 3,
    pieces: ['あああ', 'あ'],
  },
  { label: 'not inside an emoji', given: 'あ👶👶', limit: 4, pieces: ['あ👶', '👶'] },
  {
    label: 'a long paragraph does not tear the others apart',
    given: 'あ\n\nいいい。ううう。\n\nえ',
    limit: 6,
    pieces: ['あ', 'いいい。', 'ううう。', 'え'],
  },
])('$label', ({ given, limit, pieces }) => {
  expect(splitText(given, limit)).toEqual(pieces)
})

test('no piece is too long or empty, and no word is lost', () => {
  fc.assert(
    fc.property(text(500, ['\n', '\n\n']), fc.integer({ min: 20, max: 200 }), (given, limit) => {
      const pieces = splitText(given, limit)
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(limit)
        expect(piece.trim()).not.toBe('')
        expect(piece).not.toMatch(/\p{Cs}/u)
      }
      expect(pieces.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''))
    }),
  )
})

test('a line end of two characters before a mark is not cut in two', () => {
  expect(splitText('\r\n\ufe0fあ', 20)).toEqual(['\r\n\ufe0fあ'])
  expect(splitText('\r\n\n あ', 20)).toEqual(['あ'])
})

test('a cut is never inside a sign, and only blanks at the cuts are lost', () => {
  fc.assert(
    fc.property(oddText(), fc.integer({ min: 20, max: 60 }), (given, limit) => {
      const boundaries = boundariesOf(given)
      let at = 0
      for (const piece of splitText(given, limit)) {
        const start = given.indexOf(piece, at)
        expect(given.slice(at, start).trim()).toBe('')
        at = start + piece.length
        expect([start, at].filter((place) => !boundaries.has(place))).toEqual([])
        expect(piece.length).toBeLessThanOrEqual(limit)
      }
      expect(given.slice(at).trim()).toBe('')
    }),
  )
})
