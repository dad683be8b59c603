import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import type { LineAnswer } from '../../../worker/channel/lineAnswer'
import { sendLineBatch, type LineRequest } from '../../../worker/channel/lineBatch'

const KEY = '123e4567-e89b-12d3-a456-426614174000'
const account = { channelId: '1', channelSecret: 's' }
const messages = [{ type: 'text', text: 'おはようございます' }]

/** A vendor that takes a request whole or, when it holds a foreign id, not at all. */
function vendor(foreign: ReadonlySet<string>, isNaming: boolean) {
  const taken: string[] = []
  const keys: string[] = []
  const multicast = async ({ to, retryKey }: LineRequest): Promise<LineAnswer> => {
    keys.push(retryKey)
    const bad = to.findIndex((id) => foreign.has(id))
    if (bad < 0) {
      taken.push(...to)
      return { kind: 'accepted' }
    }
    return isNaming ? { kind: 'badIds', indexes: [bad] } : { kind: 'badSomething', detail: '' }
  }
  return { multicast, taken, keys }
}

const batches = fc.uniqueArray(fc.nat(9999), { minLength: 1, maxLength: 500 }).chain((numbers) => {
  const to = numbers.map(String)
  return fc.record({
    to: fc.constant(to),
    foreign: fc.subarray(to, { maxLength: Math.floor(to.length / 3) }),
    isNaming: fc.boolean(),
  })
})

test('whoever is foreign, everybody else is sent to exactly once, and each has a receipt', async () => {
  let whole = 0
  await fc.assert(
    fc.asyncProperty(batches, async ({ to, foreign, isNaming }) => {
      const strangers = new Set(foreign)
      const { multicast, taken, keys } = vendor(strangers, isNaming)
      const { receipts, stop } = await sendLineBatch(multicast, {
        account,
        to,
        messages,
        retryKey: KEY,
      })
      // Eight ids from all over the list were foreign: rare, and nobody was sent to.
      if (stop) return expect(taken).toEqual([])
      whole += 1
      expect(taken.toSorted()).toEqual(to.filter((id) => !strangers.has(id)).toSorted())
      expect(new Set(keys).size).toBe(keys.length)
      for (const id of to) {
        const status = strangers.has(id) ? 'rejected' : 'accepted'
        expect(receipts.get(id)).toMatchObject({ status })
      }
    }),
  )
  expect(whole).toBeGreaterThan(50) // of a hundred
})

test('one stranger among 500 costs a handful of requests', async () => {
  const to = Array.from({ length: 500 }, (_, index) => String(index))
  const { multicast, keys } = vendor(new Set(['321']), false)
  await sendLineBatch(multicast, { account, to, messages, retryKey: KEY })
  expect(keys.length).toBeLessThanOrEqual(2 * 9 + 1)
})

test('nobody is called a stranger when all are refused', async () => {
  const to = Array.from({ length: 500 }, (_, index) => String(index))
  const { multicast, taken, keys } = vendor(new Set(to), false)
  const { receipts, stop } = await sendLineBatch(multicast, {
    account,
    to,
    messages,
    retryKey: KEY,
  })
  expect(stop).toMatchObject({ scope: 'content', code: 'line-400' })
  expect(taken).toEqual([])
  expect(keys.length).toBeLessThan(40)
  expect(
    [...receipts.values()].some((receipt) => 'isAddressFault' in receipt && receipt.isAddressFault),
  ).toBe(false)
  expect(receipts.size).toBe(500)
})
