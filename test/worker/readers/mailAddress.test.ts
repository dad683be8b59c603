import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { checkMailAddress } from '../../../worker/readers/mailAddress'

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
  ])('%j is %s', (typed, code) => {
    const checked = checkMailAddress(typed)
    expect(checked).toMatchObject({ isValid: false, code })
    expect(checked).toHaveProperty('message', expect.stringMatching(/。|例/))
  })
})

test('nothing that passes can end a header, start a comment or name a second recipient', () => {
  const hostile = fc.string({ unit: fc.constantFrom(...'ab.@,;<>"()\\ \t\r\n\0：，；\u2028') })
  fc.assert(
    fc.property(hostile, fc.string(), (local, tail) => {
      const checked = checkMailAddress(`${local}@example.jp${tail}`)
      if (checked.isValid) expect(checked.address).toMatch(/^[^\s,;:<>"()\\[\]@]+@[A-Za-z0-9.-]+$/)
    }),
  )
})
