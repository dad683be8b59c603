import { expect, test } from '@jest/globals'

import {
  createBatcher,
  MAX_LINE_RECIPIENTS,
  MAX_MAIL_RECIPIENTS,
  type BatchGroup,
} from '../../../worker/planning/batcher'

const NAMESPACE = '00000000-0000-4000-8000-000000000000'
const RUN = { _id: '999016:2026-11-23', municipality: '999016', date: '2026-11-23', attempts: 1 }
const LINE: BatchGroup = {
  channel: 'line',
  account: 'L1',
  payload: 'a',
  leftOut: 0,
  notBefore: null,
}
const MAIL: BatchGroup = { ...LINE, channel: 'mail', account: 'mail' }

const open = () => createBatcher({ run: RUN, namespace: NAMESPACE })
const some = (count: number, name = 'r') => Array.from({ length: count }, (_, at) => `${name}${at}`)

test.each([
  [LINE, MAX_LINE_RECIPIENTS],
  [MAIL, MAX_MAIL_RECIPIENTS],
])('no batch of $channel is larger than it may be, and everybody is in one', (group, most) => {
  const batcher = open()
  const ids = some(2 * most + 1)
  batcher.add(group, ids)
  const closed = batcher.takeClosed()
  expect(closed.map(({ recipients }) => recipients.length)).toEqual([most, most])
  const rest = batcher.takeAll()
  expect([...closed, ...rest].flatMap(({ recipients }) => recipients)).toEqual(ids)
  expect([...batcher.takeClosed(), ...batcher.takeAll()]).toEqual([])
})

test('those who come later join the batch that is open', () => {
  const batcher = open()
  batcher.add(LINE, ['one'])
  batcher.add(LINE, ['two'])
  expect(batcher.takeAll().map(({ recipients }) => recipients)).toEqual([['one', 'two']])
})

test.each<[string, Partial<BatchGroup>]>([
  ['another account', { account: 'L2' }],
  ['another text', { payload: 'b' }],
  ['an add-on that did not fit', { leftOut: 1 }],
  ['an hour that its readers chose', { notBefore: new Date('2026-11-23T18:00:00+09:00') }],
])('%s is another batch', (_, other) => {
  const batcher = open()
  batcher.add(LINE, ['one'])
  batcher.add({ ...LINE, ...other }, ['two'])
  expect(batcher.takeAll().map(({ recipients }) => recipients)).toEqual([['one'], ['two']])
})

test('each batch has a key of its own, the same one when it is planned again', () => {
  const keysOf = (run = RUN) => {
    const batcher = createBatcher({ run, namespace: NAMESPACE })
    batcher.add(LINE, some(MAX_LINE_RECIPIENTS + 1))
    batcher.add(MAIL, ['one'])
    return [...batcher.takeClosed(), ...batcher.takeAll()].map(({ retryKey }) => retryKey)
  }
  expect(new Set(keysOf()).size).toBe(3)
  expect(keysOf()).toEqual(keysOf())
  const again = keysOf({ ...RUN, attempts: 2 })
  expect(again.filter((key) => keysOf().includes(key))).toEqual([])
})
