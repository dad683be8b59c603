import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import {
  batchStatesBefore,
  canBatchMove,
  canDeliveryMove,
  canRunMove,
  deliveryStatusesBefore,
  isTerminal,
  isWithdrawnUnsent,
  OPEN_BATCH_STATES,
  runStatesBefore,
  statusOf,
  type BatchState,
  type DeliveryStatus,
  type RunState,
} from '../../../worker/ledger/states'

const RUN: RunState[] = ['requested', 'planning', 'sending', 'done', 'held']
const BATCH: BatchState[] = [
  ...(['planned', 'sending', 'unsure', 'deferred', 'accepted', 'rejected'] as const),
  ...(['settled', 'expired', 'excluded', 'unknown'] as const),
]
const DELIVERY: DeliveryStatus[] = [
  ...(['planned', 'inFlight', 'deferred', 'accepted', 'rejected'] as const),
  ...(['unknown', 'expired', 'excluded'] as const),
]

test('accepted, rejected, expired and excluded are final', () => {
  for (const to of DELIVERY) {
    for (const from of ['accepted', 'rejected', 'expired', 'excluded'] as const) {
      expect(canDeliveryMove(from, to)).toBe(false)
    }
  }
  for (const from of BATCH.filter((state) => !OPEN_BATCH_STATES.includes(state))) {
    for (const to of BATCH) expect(canBatchMove(from, to)).toBe(false)
  }
})

test('unknown may only become what a late answer says', () => {
  expect(DELIVERY.filter((to) => canDeliveryMove('unknown', to))).toEqual(['accepted', 'rejected'])
})

test('what may have been taken never goes back to planned without having been marked', () => {
  expect(canBatchMove('unsure', 'planned')).toBe(false)
  expect(canBatchMove('unsure', 'expired')).toBe(false)
  expect(canBatchMove('unsure', 'excluded')).toBe(false)
})

test('a run is sent only after it was planned, and begins again only by being asked for', () => {
  expect(canRunMove('requested', 'sending')).toBe(false)
  expect(canRunMove('requested', 'done')).toBe(false)
  expect(runStatesBefore('requested')).toEqual(['sending', 'done', 'held'])
})

test('the filters of the writes are exactly the legal moves', () => {
  fc.assert(
    fc.property(fc.constantFrom(...BATCH), fc.constantFrom(...BATCH), (from, to) => {
      expect(batchStatesBefore(to).includes(from)).toBe(canBatchMove(from, to))
    }),
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
