import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { parseAddress } from '../../../worker/channel/mailAddress'

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
  const piece = fc.constantFrom('a', '.', '@', '\r', '\n', '<', '>', '"', ' ', ',', '\u0000', 'é')
  const domain = fc.constantFrom('@docomo.ne.jp', '@mail.example', '')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), domain, (pieces, end) => {
      const parsed = parseAddress(pieces.join('') + end)
      if (parsed) expect(parsed.wire).toMatch(/^("[^"\s<>,]+"|[^"\s<>,@]+)@[a-z0-9.-]+$/)
    }),
  )
})
