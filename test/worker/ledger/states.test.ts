import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import {
  BATCH_STATES,
  batchStatesBefore,
  canBatchMove,
  canDeliveryMove,
  canRunMove,
  DELIVERY_STATUSES,
  deliveryStatusesBefore,
  isTerminal,
  isWithdrawnUnsent,
  OPEN_BATCH_STATES,
  RUN_STATES,
  runStatesBefore,
  statusOf,
} from '../../../worker/ledger/states'

const RUN = RUN_STATES
const BATCH = BATCH_STATES
const DELIVERY = DELIVERY_STATUSES
const CHANNELS = ['line', 'mail'] as const

test('accepted, rejected, expired and excluded are final', () => {
  for (const to of DELIVERY) {
    for (const from of ['accepted', 'rejected', 'expired', 'excluded'] as const) {
      expect(canDeliveryMove(from, to)).toBe(false)
    }
  }
  for (const from of BATCH.filter((state) => !OPEN_BATCH_STATES.includes(state))) {
    for (const to of BATCH) {
      for (const channel of CHANNELS) expect(canBatchMove(channel, from, to)).toBe(false)
    }
  }
})

test('unknown may only become what a late answer says', () => {
  expect(DELIVERY.filter((to) => canDeliveryMove('unknown', to))).toEqual(['accepted', 'rejected'])
})

test('what may have been taken never goes back to planned without having been marked', () => {
  expect(canBatchMove('line', 'unsure', 'planned')).toBe(false)
  expect(canBatchMove('line', 'unsure', 'expired')).toBe(false)
  expect(canBatchMove('line', 'unsure', 'excluded')).toBe(false)
})

test('a LINE batch that may have been taken is never recorded as certainly unsent', () => {
  expect(canBatchMove('line', 'sending', 'excluded')).toBe(false)
  expect(canBatchMove('line', 'sending', 'settled')).toBe(false)
  expect(canBatchMove('mail', 'sending', 'excluded')).toBe(true) // each mail has its own status
})

test('a run is sent only after it was planned, and begins again only by being asked for', () => {
  expect(canRunMove('requested', 'sending')).toBe(false)
  expect(canRunMove('requested', 'done')).toBe(false)
  expect(runStatesBefore('requested')).toEqual(['sending', 'done', 'held'])
})

test('the filters of the writes are exactly the legal moves', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CHANNELS),
      fc.constantFrom(...BATCH),
      fc.constantFrom(...BATCH),
      (channel, from, to) => {
        expect(batchStatesBefore(channel, to).includes(from)).toBe(canBatchMove(channel, from, to))
      },
    ),
  )
  for (const from of DELIVERY) {
    for (const to of DELIVERY) {
      expect(deliveryStatusesBefore(to).includes(from)).toBe(canDeliveryMove(from, to))
    }
  }
  for (const from of RUN)
    expect(runStatesBefore(from).every((one) => canRunMove(one, from))).toBe(true)
})

test.each([
  [{}, 'planned', 'planned'],
  [{}, 'sending', 'inFlight'],
  [{}, 'unsure', 'inFlight'],
  [{}, 'accepted', 'accepted'],
  [{}, 'unknown', 'unknown'],
  [{ status: 'excluded', reason: 'stopped' }, 'accepted', 'excluded'],
  [{ status: 'accepted' }, 'unknown', 'accepted'],
] as const)('a delivery with %j in a batch that is %s is %s', (own, state, expected) => {
  expect(statusOf(own, { state }).status).toBe(expected)
})

test('every status of a closed batch is terminal', () => {
  for (const state of BATCH) {
    const { status } = statusOf({}, { state })
    const isOpen = OPEN_BATCH_STATES.includes(state) || state === 'settled'
    expect([state, isTerminal(status)]).toEqual([state, !isOpen])
  }
})

test('only what ended by a withdrawal before it went out may be planned again', () => {
  const own = [undefined, ...DELIVERY].flatMap((status) =>
    ([undefined, 'withdrawn', 'stopped'] as const).map((reason) => ({ status, reason })),
  )
  const open = own.flatMap((one) =>
    BATCH.flatMap((state) =>
      (['withdrawn', 'paused'] as const)
        .filter((reason) => isWithdrawnUnsent(one, { state, reason }))
        .map((reason) => `${one.status ?? 'silent'} ${one.reason} in ${state} ${reason}`),
    ),
  )
  const excluded = BATCH.flatMap((state) =>
    ['withdrawn', 'paused'].map((reason) => `excluded withdrawn in ${state} ${reason}`),
  )
  const silent = ['undefined', 'withdrawn', 'stopped'].map(
    (reason) => `silent ${reason} in excluded withdrawn`,
  )
  expect(open.sort()).toEqual([...excluded, ...silent].sort())
  expect(isWithdrawnUnsent({ status: 'excluded', reason: 'withdrawn', code: 'crash' }, null)).toBe(
    false,
  )
})
