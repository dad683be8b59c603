import { expect, test } from '@jest/globals'

import { commonRefusal } from '../../../worker/deliver/commonRefusal'

interface Seen {
  refused: Record<string, number>
  accepted?: number
  hasAcceptedBefore?: boolean
}

test.each<[string, Seen, string | null]>([
  ['nobody refused', { refused: {} }, null],
  ['one bad address of a small town', { refused: { 'smtp-550': 1 } }, null],
  ['two of a small town', { refused: { 'smtp-550': 2 } }, null],
  ['everybody, with a code that says little', { refused: { 'smtp-550': 3 } }, 'smtp-550'],
  ['four closed mailboxes', { refused: { 'smtp-550-5.1.1': 4 } }, null],
  ['hundreds of "closed" mailboxes', { refused: { 'smtp-550-5.1.1': 300 } }, 'smtp-550-5.1.1'],
  ['our own policy refused', { refused: { 'smtp-550-5.7.1': 3 } }, 'smtp-550-5.7.1'],
  ['different reasons', { refused: { 'smtp-550': 3, 'smtp-552-5.2.2': 3 } }, null],
  ['one beside them', { refused: { 'smtp-550': 30, 'smtp-552-5.2.2': 1 } }, 'smtp-550'],
  ['somebody was taken', { refused: { 'smtp-550': 3 }, accepted: 1 }, null],
  ['many refused, one of ours taken', { refused: { 'smtp-550': 300 }, accepted: 5 }, 'smtp-550'],
  ['a tenth refused', { refused: { 'smtp-550': 30 }, accepted: 300 }, null],
  ['a few after many were taken', { refused: { 'smtp-550': 9 }, hasAcceptedBefore: true }, null],
  ['from here on everybody', { refused: { 'smtp-550': 40 }, hasAcceptedBefore: true }, 'smtp-550'],
  ['the only text is none for LINE', { refused: { 'line-content': 1 } }, 'line-content'],
  ['ids of another provider', { refused: { 'line-bad-id': 400 } }, 'line-bad-id'],
  ['a few strange ids', { refused: { 'line-bad-id': 4 } }, null],
])('%s', (_label, { refused, accepted = 0, hasAcceptedBefore = false }, right) => {
  const counts = new Map(Object.entries(refused))
  expect(commonRefusal({ refused: counts, accepted, hasAcceptedBefore })).toBe(right)
})
