import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import {
  blindIndex,
  generateKeyRing,
  open,
  parseKeyRing,
  seal,
  SealError,
} from '../../../src/secret/seal'

const ring = parseKeyRing(generateKeyRing())

test('any text comes back, and two seals of one text differ', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const sealed = seal(ring, text, 'identity:mail')
      expect(open(ring, sealed, 'identity:mail')).toBe(text)
      expect(seal(ring, text, 'identity:mail')).not.toBe(sealed)
    }),
  )
})

test('a value cannot be changed, moved to another context or opened with other keys', () => {
  const sealed = seal(ring, 'a@mail.example', 'identity:mail')
  const other = parseKeyRing(generateKeyRing())
  // Not the last letter: base64 leaves bits of it unused.
  const [before, letter, after] = [sealed.slice(0, -6), sealed.at(-6), sealed.slice(-5)]
  const changed = `${before}${letter === 'A' ? 'B' : 'A'}${after}`
  expect(() => open(ring, sealed, 'identity:line')).toThrow(SealError)
  expect(() => open(other, sealed, 'identity:mail')).toThrow(SealError)
  expect(() => open(ring, sealed.replace('k1.', 'k9.'), 'identity:mail')).toThrow(SealError)
  expect(() => open(ring, changed, 'identity:mail')).toThrow(SealError)
  expect(() => open(ring, 'not sealed', 'identity:mail')).toThrow(SealError)
})

test('after a rotation the new key seals and the old one still opens', () => {
  const spec = generateKeyRing()
  const old = parseKeyRing(spec)
  const sealed = seal(old, 'text', 'c')
  const fresh = generateKeyRing().split(',')[1]!.replace('k1:', 'k2:')
  const [index, k1] = spec.split(',')
  const rotated = parseKeyRing([index, fresh, k1].join(','))
  expect(open(rotated, sealed, 'c')).toBe('text')
  expect(seal(rotated, 'text', 'c')).toMatch(/^k2\./)
  expect(blindIndex(rotated, 'x', 'c')).toBe(blindIndex(old, 'x', 'c'))
})

test('the blind index is stable, and separate for each context and key ring', () => {
  const other = parseKeyRing(generateKeyRing())
  expect(blindIndex(ring, 'x', 'mail')).toBe(blindIndex(ring, 'x', 'mail'))
  expect(blindIndex(ring, 'x', 'mail')).not.toBe(blindIndex(ring, 'x', 'line'))
  expect(blindIndex(ring, 'x', 'mail')).not.toBe(blindIndex(other, 'x', 'mail'))
})

test.each(['', 'index:AAAA', 'k1:AAAA', generateKeyRing().split(',')[0]!])(
  'a key ring like "%s" is refused',
  (spec) => {
    expect(() => parseKeyRing(spec)).toThrow(/KIZUNA_KEYS/)
  },
)
