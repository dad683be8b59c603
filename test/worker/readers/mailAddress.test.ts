import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { checkMailAddress, parseAddress } from '../../../src/release/mailAddress'
import { checkRow, type ImportChecks } from '../../../worker/readers/importedRow'
import { parseDraft } from '../../../worker/web/draft'
import { checkScreen, completeDraft } from '../../../worker/web/registrationCheck'
import { standard } from '../../../worker/web/words/standard'
import { settings } from './settings'

describe('registration, import and sending take and refuse the same addresses', () => {
  test.each([
    ['hanako@example.jp', 'hanako@example.jp'],
    ['Hanako.Sato@Example.JP', 'Hanako.Sato@example.jp'],
    ["o'hara+baby@mail.example.co.jp", "o'hara+baby@mail.example.co.jp"],
    ['hanako@example.xn--q9jyb4c', 'hanako@example.xn--q9jyb4c'],
    ['hanako@example.XN--Q9JYB4C', 'hanako@example.xn--q9jyb4c'],
    ['a..b.@ezweb.ne.jp', '"a..b."@ezweb.ne.jp'],
    // The next three could be registered before, but no mail was ever sent to them.
    ['a..b@t2.ezweb.ne.jp', '"a..b"@t2.ezweb.ne.jp'],
    ['-a..b@docomo.ne.jp', '"-a..b"@docomo.ne.jp'],
    ['a!b.@docomo.ne.jp', '"a!b."@docomo.ne.jp'],
  ])('%s is taken and written as %s', (typed, wire) => {
    expect(registered(typed)).toBe(typed)
    expect(imported(typed)).toBe(typed)
    expect(parseAddress(typed)?.wire).toBe(wire)
  })

  test.each([
    ['two dots in a row elsewhere', 'a..b@example.jp'],
    ['a dot at the start', '.a@docomo.ne.jp'],
    ['an ending that is not all letters', 'hanako@example.c0m'],
    ['an international ending with a hyphen last', 'hanako@example.xn--q9j-'],
    ['no ending', 'hanako@localhost'],
    ['a comma', 'a,b@example.jp'],
    ['a quote', '"a b"@example.jp'],
    ['two @', 'a@b@example.jp'],
    ['nothing', ''],
  ])('%s: %j is refused', (_label, typed) => {
    expect(registered(typed)).toBeNull()
    expect(imported(typed)).toBeNull()
    expect(parseAddress(typed)).toBeNull()
  })

  test('whatever is taken when it is typed can be sent to', () => {
    const piece = fc.constantFrom('a', 'B', '.', '@', '-', '!', "'", '＠', ' ', 'é', '9')
    const domain = fc.constantFrom('@docomo.ne.jp', '@x.au.com', '@m.example', '@m.xn--a-', '')
    let taken = 0
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), domain, (pieces, end) => {
        const checked = checkMailAddress(pieces.join('') + end)
        if (checked.isValid) taken += 1
        const sent = checked.isValid && parseAddress(checked.address)
        expect(sent).toEqual(
          checked.isValid && expect.objectContaining({ wire: expect.any(String) }),
        )
      }),
      { numRuns: 1000 },
    )
    expect(taken).toBeGreaterThan(0)
  })
})

/** The address a family's registration goes to, or null when it is refused. */
function registered(mail: string): string | null {
  const draft = parseDraft({ channel: 'mail', mail, relation: 'mother' })
  const known = { today: '2026-11-23', visitor: null, shared: null, words: standard }
  const context = { municipality: settings(), ...known }
  const { mail: mistake } = checkScreen('channel', draft, context)
  return mistake ? null : completeDraft(draft, context).address.address
}

/** The address a row of the readers' CSV goes to, or null when it is refused. */
function imported(address: string): string | null {
  const checks: ImportChecks = {
    municipalities: new Map([['999016', { settings: settings(), provider: null }]]),
    now: new Date('2026-11-23T00:00:00Z'),
    consent: { basis: '紙の申込書' },
  }
  const cells = {
    municipality: '999016',
    channel: 'mail',
    address,
    anchor: 'birthDate',
    date: '2024-02-29',
    consentedAt: '2026-11-01',
    consentVersion: '1',
  }
  const checked = checkRow({ line: 2, cells: new Map(Object.entries(cells)) }, checks)
  return 'row' in checked ? checked.row.address.address : null
}
