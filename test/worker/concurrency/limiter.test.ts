import { expect, test } from '@jest/globals'

import { createLimiter, forEachAtOnce } from '../../../worker/concurrency/limiter'

/** A work that ends when it is told to. */
function openWork() {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { work: () => ended, end }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a heavy work waits until there is room for all of it, and light ones behind it wait too', async () => {
  const limiter = createLimiter(3)
  const begun: string[] = []
  const [first, second] = [openWork(), openWork()]
  const begin = (name: string, work: () => Promise<void>) => () => {
    begun.push(name)
    return work()
  }
  const done = [
    limiter(begin('first', first.work), 2),
    limiter(begin('heavy', second.work), 2),
    limiter(
      begin('light', async () => undefined),
      1,
    ),
  ]
  await turn()
  expect(begun).toEqual(['first'])
  first.end()
  await turn()
  expect(begun).toEqual(['first', 'heavy', 'light'])
  second.end()
  await Promise.all(done)
})

test('a work that fails makes room for the next', async () => {
  const limiter = createLimiter(1)
  await expect(limiter(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
  await expect(limiter(async () => 'next')).resolves.toBe('next')
})

test('a work that could never start is refused', async () => {
  await expect(createLimiter(2)(async () => undefined, 3)).rejects.toThrow(RangeError)
})

test('items are begun in their order, never more than allowed at once', async () => {
  const begun: number[] = []
  let running = 0
  let most = 0
  await forEachAtOnce([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item)
    running += 1
    most = Math.max(most, running)
    await turn()
    running -= 1
  })
  expect(begun).toEqual([1, 2, 3, 4, 5])
  expect(most).toBe(2)
})

test('when one item fails none is begun any more, and what runs is waited for', async () => {
  const [failing, running] = [openWork(), openWork()]
  const begun: number[] = []
  let hasEnded = false
  const all = forEachAtOnce([1, 2, 3, 4], 2, async (item) => {
    begun.push(item)
    if (item === 2) return running.work()
    await failing.work()
    throw new Error('lost')
  }).finally(() => (hasEnded = true))
  const outcome = expect(all).rejects.toThrow('lost')
  failing.end()
  await turn()
  expect([begun, hasEnded]).toEqual([[1, 2], false])
  running.end()
  await outcome
  expect(begun).toEqual([1, 2])
})
