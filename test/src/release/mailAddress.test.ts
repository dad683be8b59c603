import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { checkMailAddress, mailAddressKey, parseAddress } from '../../../src/release/mailAddress'

test.each([
  ['sakura@mail.example', 'sakura@mail.example'],
  ['Sakura.Aoki+kizuna@Mail.Example', 'Sakura.Aoki+kizuna@mail.example'],
  ['a_b-c/d?e@softbank.ne.jp', 'a_b-c/d?e@softbank.ne.jp'],
  ['ren..aoki@docomo.ne.jp', '"ren..aoki"@docomo.ne.jp'],
  ['ren.@ezweb.ne.jp', '"ren."@ezweb.ne.jp'],
  ['ren.@au.com', '"ren."@au.com'],
])('%s is written as %s', (text, wire) => {
  expect(parseAddress(text)?.wire).toBe(wire)
})

test.each([
  ['two dots elsewhere', 'ren..aoki@mail.example'],
  ['a dot before the @ elsewhere', 'ren.@mail.example'],
  ['a line break', 'ren@mail.example\r\nBcc: x@y.example'],
  ['a line break in the name', 'ren\r\n@mail.example'],
  ['a display name', 'Ren <ren@mail.example>'],
  ['two addresses', 'ren@mail.example,aoi@mail.example'],
  ['a space', 'ren aoki@mail.example'],
  ['a quoted name', '"ren aoki"@mail.example'],
  ['a quote for a carrier', 'a"..b@docomo.ne.jp'],
  ['an SMTP parameter', 'ren@mail.example> NOTIFY=NEVER'],
  ['no domain', 'ren'],
  ['no name', '@mail.example'],
  ['no dot in the domain', 'ren@localhost'],
  ['an address literal', 'ren@[127.0.0.1]'],
  ['full-width characters', '\uff52en@mail.example'],
  ['a long name', `${'a'.repeat(65)}@mail.example`],
  ['a null', 'ren\u0000@mail.example'],
])('refuses %s', (_label, text) => {
  expect(parseAddress(text)).toBeNull()
})

test('nothing that gets through can end a line or a bracket', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    'c',
    'a',
    'b',
    'c',
    '.',
    '@',
    '\r',
    '\n',
    '<',
    '>',
    '"',
    ' ',
    ',',
    '\u0000',
    'é',
  )
  const domain = fc.constantFrom('@docomo.ne.jp', '@mail.example', '')
  let through = 0
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), domain, (pieces, end) => {
      const parsed = parseAddress(pieces.join('') + end)
      if (!parsed) return
      through += 1
      expect(parsed.wire).toMatch(/^("[^"\s<>,]+"|[^"\s<>,@]+)@[a-z0-9.-]+$/)
    }),
    { numRuns: 1000 },
  )
  expect(through).toBeGreaterThan(0)
})

describe('addresses that are taken', () => {
  test.each([
    ['hanako@example.jp', 'hanako@example.jp'],
    [' hanako@example.jp\u3000', 'hanako@example.jp'],
    ['ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ', 'hanako@example.jp'],
    ["o'hara+baby@mail.example.co.jp", "o'hara+baby@mail.example.co.jp"],
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['a.@docomo.ne.jp', 'a.@docomo.ne.jp'],
    ['a..b.@ezweb.ne.jp', 'a..b.@ezweb.ne.jp'],
    ['a.@au.com', 'a.@au.com'],
    ['a..b@t2.ezweb.ne.jp', 'a..b@t2.ezweb.ne.jp'],
    ['-a_b?c/d@docomo.ne.jp', '-a_b?c/d@docomo.ne.jp'],
    ['"a..b"@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['"ab."@au.com', 'ab.@au.com'],
  ])('%s', (typed, address) => {
    expect(checkMailAddress(typed)).toEqual({ isValid: true, address })
  })
})

describe('addresses that are refused, with what to do', () => {
  test.each([
    ['', 'EMPTY'],
    ['hanako', 'NO_AT'],
    ['@example.jp', 'NO_AT'],
    ['a@b@example.jp', 'NO_AT'],
    ['a..b@example.jp', 'BAD_DOTS'],
    ['a.@example.jp', 'BAD_DOTS'],
    ['.a@docomo.ne.jp', 'BAD_DOTS'],
    ['a..b@docomo.ne.jp.example.com', 'BAD_DOTS'],
    ['a..b@notdocomo.ne.jp', 'BAD_DOTS'],
    ['hanako@example', 'BAD_DOMAIN'],
    ['hanako@-example.jp', 'BAD_DOMAIN'],
    ['hanako@example..jp', 'BAD_DOMAIN'],
    ['hanako@[127.0.0.1]', 'BAD_DOMAIN'],
    ['花子@example.jp', 'BAD_CHARACTER'],
    ['"a b"@example.jp', 'BAD_CHARACTER'],
    ['Hanako <hanako@example.jp>', 'BAD_CHARACTER'],
    ['a,b@example.jp', 'BAD_CHARACTER'],
    ['a@example.jp\r\nBcc: b@example.jp', 'NO_AT'],
    ['a\r\nBcc:b@example.jp', 'BAD_CHARACTER'],
    ['a@example.jp\nX: y', 'BAD_DOMAIN'],
    [`${'a'.repeat(65)}@example.jp`, 'TOO_LONG'],
    [`a@${'b.'.repeat(130)}jp`, 'TOO_LONG'],
    ['あ'.repeat(900_000), 'TOO_LONG'],
    ['"a..b"@example.jp', 'BAD_DOTS'],
    ['""@example.jp', 'NO_AT'],
    ['"a"b"@docomo.ne.jp', 'BAD_CHARACTER'],
  ])('%j is %s', (typed, code) => {
    const checked = checkMailAddress(typed)
    expect(checked).toMatchObject({ isValid: false, code })
    expect(checked).toHaveProperty('message', expect.stringMatching(/。|例/))
  })
})

test('a carrier’s address in quotes is the same as without', () => {
  expect(mailAddressKey('"A..b"@docomo.ne.jp')).toBe(mailAddressKey('a..b@docomo.ne.jp'))
})

test('nothing that passes can end a header, start a comment or name a second recipient', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(...'ababababab.@,;<>"()\\ \t\r\n\0：，；\u2028'),
  })
  const tails = fc.oneof(fc.constant(''), fc.string())
  let passed = 0
  fc.assert(
    fc.property(hostile, tails, (local, tail) => {
      const checked = checkMailAddress(`${local}@example.jp${tail}`)
      if (!checked.isValid) return
      passed += 1
      expect(checked.address).toMatch(/^[^\s,;:<>"()\\[\]@]+@[A-Za-z0-9.-]+$/)
    }),
    { numRuns: 1000 },
  )
  expect(passed).toBeGreaterThan(0)
})
