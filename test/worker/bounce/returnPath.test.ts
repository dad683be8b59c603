import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { fromDayNumber, toDayNumber } from '../../../src/stage/day'
import { createReturnPaths } from '../../../worker/bounce/returnPath'

const ring = parseKeyRing(generateKeyRing())
const paths = createReturnPaths({ ring, address: 'bounces@mail.example' })
const HEX = [...'0123456789abcdef']
const reference = fc.record({
  index: fc.array(fc.constantFrom(...HEX), { minLength: 32, maxLength: 32 }).map((h) => h.join('')),
  town: fc.integer({ min: 0, max: 999_999 }).map((code) => String(code).padStart(6, '0')),
  sentOn: fc
    .integer({ min: toDayNumber('2020-01-01'), max: toDayNumber('2199-01-01') })
    .map(fromDayNumber),
})

describe('the envelope sender of a mail', () => {
  test('tells whom it went to, in letters of any case, wherever it stands', () => {
    fc.assert(
      fc.property(reference, fc.boolean(), (sent, isLoud) => {
        const path = paths.of(sent)
        const [local = ''] = path.split('@')
        expect(local.length).toBeLessThanOrEqual(64)
        expect(path).toMatch(/^bounces\+[a-z2-7]{48}@mail\.example$/)
        const written = isLoud ? path.toUpperCase() : path
        expect(paths.namedIn(`To: <${written}>\r\nReturn-Path: <${path}>`)).toEqual([sent])
      }),
    )
  })

  test('is nobody’s once a letter is another one', () => {
    const other = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567')
    fc.assert(
      fc.property(reference, fc.nat(47), other, (sent, at, letter) => {
        const path = paths.of(sent)
        const start = 'bounces+'.length + at
        fc.pre(path[start] !== letter)
        expect(paths.namedIn(path.slice(0, start) + letter + path.slice(start + 1))).toEqual([])
      }),
    )
  })

  test('is nobody’s when it is cut, longer, of another domain or of another installation', () => {
    const sent = { index: 'ab'.repeat(16), town: '131016', sentOn: '2026-12-01' }
    const path = paths.of(sent)
    const other = createReturnPaths({
      ring: parseKeyRing(generateKeyRing()),
      address: 'bounces@mail.example',
    })
    expect(paths.namedIn(path)).toEqual([sent])
    for (const wrong of [
      path.replace('@', 'a@'),
      path.replace(/.@/, '@'),
      path.replace('mail.example', 'mail.example.org'),
      path.replace('mail.example', 'other.example'),
      `x${path}`,
      other.of(sent),
    ]) {
      expect(paths.namedIn(wrong)).toEqual([])
    }
  })

  test('names the whole index no further than what identifies it', () => {
    const index = '0123456789abcdef'.repeat(4)
    const [read] = paths.namedIn(paths.of({ index, town: '010006', sentOn: '2026-12-01' }))
    expect(read).toEqual({ index: index.slice(0, 32), town: '010006', sentOn: '2026-12-01' })
  })
})
