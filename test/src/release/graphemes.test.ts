import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { cutText, graphemes, segments, shorten } from '../../../src/release/graphemes'
import { boundariesOf, oddText } from './oddText'

const whole = new Intl.Segmenter('ja', { granularity: 'grapheme' })

test('read in windows, the signs are those of the whole text', () => {
  fc.assert(
    fc.property(oddText(), fc.integer({ min: 1, max: 60 }), (odd, times) => {
      const text = odd.repeat(times)
      expect([...graphemes(text)]).toEqual(Array.from(whole.segment(text), (one) => one.segment))
    }),
  )
})

test('a half of a sign at the end of a window leaves the next one whole', () => {
  const half = '👶'.slice(0, 1)
  const varied = `${half}${String.fromCodePoint(0xe0101)}`
  const text = `${'あ'.repeat(499)}${varied}い`
  expect([...graphemes(text)].slice(-2)).toEqual([varied, 'い'])
})

test('a sign longer than a window is one sign', () => {
  const long = `か${'\u3099'.repeat(3000)}`
  expect([...graphemes(`あ${long}👶🏻`)]).toEqual(['あ', long, '👶🏻'])
})

test('the platform never reads more than a window, and little of the text twice', () => {
  const text = '👶🏻'.repeat(20_000)
  const read: number[] = []
  const counting = { segment: (part: string) => (read.push(part.length), whole.segment(part)) }
  const found = [...segments(text, { segmenter: counting, unsure: 1 })]
  expect(found).toHaveLength(20_000)
  expect(Math.max(...read)).toBeLessThanOrEqual(501)
  expect(read.reduce((sum, length) => sum + length, 0)).toBeLessThan(text.length * 1.1)
})

test('a cut ends at a sign and is as long as it may be', () => {
  fc.assert(
    fc.property(oddText(), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const cut = cutText(text, limit)
      const places = [...boundariesOf(text)].filter((place) => place <= limit)
      expect(text.startsWith(cut)).toBe(true)
      expect(cut).toHaveLength(Math.max(...places))
    }),
  )
})

test('a shortened text says that it is one, and is never longer than it may be', () => {
  fc.assert(
    fc.property(oddText(), fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const short = shorten(text, limit)
      expect(short.length).toBeLessThanOrEqual(limit)
      if (text.length <= limit) expect(short).toBe(text)
      else expect(cutText(text, limit - 1).trimEnd()).toBe(short.slice(0, -1))
    }),
  )
})

test.each([
  ['ああ', 2, 'ああ'],
  ['あああ', 2, 'あ…'],
  ['👶👶', 3, '👶…'],
  ['👶👶', 2, '…'],
  ['👩🏽‍🍼離乳食', 8, '👩🏽‍🍼…'],
  ['葛󠄀城市', 3, '…'],
])('%s within %d is %s', (given, limit, short) => {
  expect(shorten(given, limit)).toBe(short)
})
