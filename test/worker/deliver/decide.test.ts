import { expect, test } from '@jest/globals'

import type { LineSendResult, Receipt } from '../../../worker/channel/channel'
import { decideBatch, fingerprintOf, retryKeyFor } from '../../../worker/deliver/decide'
import { readLineResult } from '../../../worker/deliver/lineOutcome'
import type { ReadyBatch } from '../../../worker/deliver/page'
import type { Recipient } from '../../../worker/deliver/recipients'
import type { Batch } from '../../../worker/ledger/documents'
import type { Identity } from '../../../worker/readers/reader'
import { TODAY, TOWN } from '../../src/plan/town'

const NINE = new Date(`${TODAY}T09:00:00+09:00`)
const TRIED = new Date(`${TODAY}T08:59:00+09:00`)
const KEY = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'

function batch(changed: Partial<Batch> = {}): Batch {
  return {
    _id: 'b',
    run: `${TOWN}:${TODAY}`,
    municipality: TOWN,
    date: TODAY,
    attempt: 1,
    channel: 'line',
    account: 'L1',
    payload: 'p',
    recipients: ['花子', '次郎', '三葉'],
    retryKey: KEY,
    state: 'planned',
    epoch: 1,
    tries: 0,
    notBefore: null,
    ...changed,
  }
}

function identity(index: string): Identity {
  return { channel: 'line', account: 'みなと町', sealed: '', index, status: 'active' }
}

function recipient(id: string, changed: Partial<Recipient> = {}): Recipient {
  return {
    id,
    reader: id,
    reason: null,
    address: `U-${id}`,
    isBlocked: false,
    choseWith: null,
    identity: identity(id),
    ...changed,
  }
}

const everybody = ['花子', '次郎', '三葉'].map((id) => recipient(id))
const withoutHanako = [
  recipient('花子', { reason: 'stopped', address: null }),
  ...everybody.slice(1),
]
const moved = [recipient('花子', { choseWith: 9 }), ...everybody.slice(1)]
const readdressed = [recipient('花子', { identity: identity('別') }), ...everybody.slice(1)]
const asked = { state: 'unsure', toHash: fingerprintOf(everybody) } as const

test.each([
  ['fresh', {}, everybody, null, 'send 3, key kept'],
  ['fresh, Hanako’s child was lost', {}, withoutHanako, null, 'send 2, other key'],
  ['fresh, withdrawn', {}, everybody, 'withdrawn', 'excluded'],
  ['without an answer', { state: 'unsure' }, everybody, null, 'send 3, key kept'],
  ['without an answer, a loss since', { state: 'unsure' }, withoutHanako, null, 'unknown'],
  ['without an answer, withdrawn since', { state: 'unsure' }, everybody, 'withdrawn', 'unknown'],
  ['without an answer, new address since', { state: 'unsure' }, moved, null, 'unknown'],
  ['whose list is known, as it was', asked, everybody, null, 'send 3, key kept'],
  ['whose list is known, a change of no address', asked, moved, null, 'send 3, key kept'],
  ['whose list is known, another address', asked, readdressed, null, 'unknown'],
  ['left by a crash', { state: 'sending' }, everybody, null, 'send 3, key kept'],
  ['left by a crash, a loss since', { state: 'sending' }, withoutHanako, null, 'unknown'],
  [
    'refused for now, a loss since',
    { state: 'deferred' },
    withoutHanako,
    null,
    'send 2, other key',
  ],
  ['refused for now, new address since', { state: 'deferred' }, moved, null, 'send 3, key kept'],
] as const)('a batch %s is: %5$s', (...row) => {
  const [, changed, recipients, contentReason, expected] = row
  const one = batch({ ...changed, firstTriedAt: TRIED, firstTriedWith: 8 })
  const decision = decideBatch({
    batch: one,
    recipients: [...recipients],
    contentReason,
    now: NINE,
  })
  const text =
    decision.action === 'settle'
      ? decision.outcome.set.state
      : `send ${decision.to.length}, ${retryKeyFor(one, decision.left) === KEY ? 'key kept' : 'other key'}`
  expect(text).toBe(expected)
})

test('a batch whose people all left is excluded without a send', () => {
  const gone = everybody.map(({ id }) => recipient(id, { reason: 'stopped', address: null }))
  const decision = decideBatch({ batch: batch(), recipients: gone, contentReason: null, now: NINE })
  expect(decision).toMatchObject({ action: 'settle', outcome: { set: { state: 'excluded' } } })
  expect(decision.dropped).toHaveLength(3)
})

test('the derived key depends on who is left out, not on the order', () => {
  const of = (...left: string[]) => retryKeyFor(batch(), left)
  expect(of('a', 'b')).toBe(of('b', 'a'))
  expect(new Set([of(), of('a'), of('b'), of('a', 'b')]).size).toBe(4)
})

const accepted: Receipt = { status: 'accepted' }
const rejected: Receipt = { status: 'rejected', code: 'line-bad-id', isAddressFault: true }
const deferred: Receipt = { status: 'deferred', code: 'line-rate', isDefinite: true }
const unknown: Receipt = { status: 'unknown', code: 'line-cut' }

test.each([
  ['all taken', [accepted, accepted, accepted], 'accepted', []],
  ['one bad id', [accepted, rejected, accepted], 'accepted', ['次郎 rejected']],
  ['all bad', [rejected, rejected, rejected], 'rejected', []],
  ['all refused for now', [deferred, deferred, deferred], 'deferred', []],
  ['a part refused for now', [accepted, deferred, deferred], 'deferred', ['花子 accepted']],
  ['no answer', [unknown, unknown, unknown], 'unsure', []],
  [
    ...(['no answer for a part', [accepted, unknown, rejected], 'unsure'] as const),
    ['花子 accepted', '三葉 rejected'],
  ],
] as const)('%s: the batch is %3$s', (...row) => {
  const [, answers, state, own] = row
  const ready = { batch: batch(), to: everybody, left: [] } as unknown as ReadyBatch
  const receipts = new Map(
    answers.map((answer, at) => [everybody[at]!.address!, answer as Receipt]),
  )
  const result: LineSendResult = { receipts, stop: null }
  const closesAt = new Date(`${TODAY}T20:00:00+09:00`)
  const read = readLineResult({ ready, result, now: NINE, closesAt })
  expect(read.batch.set.state).toBe(state)
  expect(read.deliveries.map(({ id, status }) => `${id} ${status}`)).toEqual(own)
  expect(read.faults).toHaveLength(answers.filter(({ status }) => status === 'rejected').length)
  if (state === 'deferred') expect(read.batch.set.left).toEqual(own.map((one) => one.split(' ')[0]))
  if (state === 'unsure') expect(read.batch.set.left).toEqual([])
})

test.each([
  ['unsure', 22, 'send'],
  ['unsure', 23, 'unknown'],
  ['sending', 23, 'unknown'],
  ['deferred', 23, 'send'],
] as const)('a batch that is %s %d hours after its first attempt: %s', (state, hours, expected) => {
  const one = batch({ state, firstTriedAt: new Date(NINE.getTime() - hours * 3_600_000) })
  const recipients = everybody
  const decision = decideBatch({ batch: one, recipients, contentReason: null, now: NINE })
  expect(decision.action === 'settle' ? decision.outcome.set.state : 'send').toBe(expected)
})

test('who was left out before stays out of the key when somebody else leaves', () => {
  const one = batch({ state: 'deferred', left: ['三葉'] })
  const recipients = withoutHanako.slice(0, 2)
  const decision = decideBatch({ batch: one, recipients, contentReason: null, now: NINE })
  expect(decision).toMatchObject({ action: 'send', left: ['三葉', '花子'] })
})
