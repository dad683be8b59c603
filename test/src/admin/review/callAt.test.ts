import { expect, test } from '@jest/globals'

import {
  callAt,
  keepCalls,
  keptCalls,
  withName,
} from '../../../../src/admin/review/comments/callAt'

test.each([
  ['量は @佐', 5, '佐'],
  ['@', 1, ''],
  ['これは＠さとう', 7, 'さとう'],
  ['@佐藤 量は', 6, null],
  ['量は', 2, null],
  ['@佐藤', 2, '佐'],
])('a name is begun in 「%s」 at %i: %s', (text, caret, begun) => {
  expect(callAt(text, caret)?.begun ?? null).toBe(begun)
})

test('a chosen name stands where it was begun, and the caret behind it', () => {
  const call = callAt('量は @佐 でしょうか', 5)
  expect(call && withName('量は @佐 でしょうか', call, '佐藤(監修)')).toEqual({
    text: '量は @佐藤(監修)  でしょうか',
    caret: 11,
  })
})

test('who is called is there again after the page was read anew, and nobody else', () => {
  const people = [{ id: 'a', name: '佐藤(監修)' }]
  expect(keptCalls(keepCalls(people))).toEqual(people)
  expect(keepCalls([])).toBe('')
  for (const other of ['', '{', '{}', 'null', '[null, 1, {"id":1}]'])
    expect(keptCalls(other)).toEqual([])
})
