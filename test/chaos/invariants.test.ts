// The control of the chaos test: a checker that finds nothing must be one that can find something.
import { expect, test } from '@jest/globals'

import type { DeliveryStatus } from '../../worker/ledger/states'
import { breaches } from './invariants'

const one = (status: DeliveryStatus) => [{ id: 'a', status }]

test.each<[DeliveryStatus, number, string[]]>([
  ['accepted', 1, []],
  ['accepted', 0, ['a: accepted, but 0 copies']],
  ['accepted', 2, ['a: accepted, but 2 copies', 'a: 2 copies']],
  ['rejected', 0, []],
  ['rejected', 1, ['a: rejected, but 1 copies']],
  ['expired', 0, []],
  ['expired', 1, ['a: expired, but 1 copies']],
  ['excluded', 0, []],
  ['excluded', 1, ['a: excluded, but 1 copies']],
  ['unknown', 0, []],
  ['unknown', 1, []],
  ['unknown', 2, ['a: unknown, but 2 copies', 'a: 2 copies']],
  ['inFlight', 1, ['a: inFlight is not terminal']],
  ['planned', 0, ['a: planned is not terminal']],
  ['deferred', 0, ['a: deferred is not terminal']],
])('%s with %d copies', (status, count, expected) => {
  const copies = Array<string>(count).fill('a')
  expect(breaches({ planned: new Set(['a']), ledger: one(status), copies })).toEqual(expected)
})

test('a delivery that is missing, doubled or of nobody is a breach', () => {
  const planned = new Set(['a', 'b'])
  const ledger = [...one('accepted'), ...one('accepted'), { id: 'c', status: 'rejected' as const }]
  expect(breaches({ planned, ledger, copies: ['a', 'd'] })).toEqual([
    'a: twice in the ledger',
    'b: not in the ledger',
    'c: not planned',
    'd: sent, not planned',
  ])
})

test('what a reader took back may come or not, but the ledger and the providers still agree', () => {
  const [planned, free] = [new Set<string>(), new Set(['a', 'b', 'c'])]
  const ledger = [...one('accepted'), { id: 'b', status: 'excluded' as const }]
  expect(breaches({ planned, free, ledger, copies: ['a'] })).toEqual([])
  expect(breaches({ planned, free, ledger, copies: ['b', 'c'] })).toEqual([
    'a: accepted, but 0 copies',
    'b: excluded, but 1 copies',
    'c: sent, not in the ledger',
  ])
})
