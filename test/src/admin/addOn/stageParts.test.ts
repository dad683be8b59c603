import { expect, test } from '@jest/globals'

import { codeOf, partsOf } from '../../../../src/admin/addOn/stageParts'

test.each([
  ['24w3d', 'week', { week: '24', day: '3' }],
  ['day45', 'day', { days: '45' }],
  ['month4', 'month', { years: '0', months: '4' }],
  ['month18', 'month', { years: '1', months: '6' }],
  ['entry-84', 'entry', { days: '84' }],
])('%s is shown in fields and comes back', (code, kind, numbers) => {
  expect(partsOf(code)).toEqual({ kind, numbers })
  expect(codeOf({ kind, numbers } as never)).toBe(code)
})

test.each(['month18+3', 'entry+10', 'entry+1y-30', '', null, 'そのうち'])(
  '%s has no fields and is left as it is',
  (code) => expect(partsOf(code)).toBeNull(),
)

test('0歳0か月 is the day of birth', () => {
  expect(codeOf({ kind: 'month', numbers: { years: '0' } })).toBe('day0')
  expect(codeOf({ kind: 'month', numbers: { years: '0', months: '0' } })).toBe('day0')
})

test('nothing typed is nothing, a missing number is 0', () => {
  expect(codeOf({ kind: 'week', numbers: {} })).toBe('')
  expect(codeOf({ kind: 'month', numbers: { years: '1' } })).toBe('month12')
})
