import { expect, test } from '@jest/globals'

import { createSharedRead } from '../../../worker/concurrency/joined'

/** A store whose reads are answered when it is told to, with what it holds at that moment. */
function openStore() {
  const values = new Map([
    ['a', 1],
    ['b', 2],
  ])
  const reads: { keys: string[]; answer: () => void; fail: () => void }[] = []
  const read = createSharedRead<number>(
    (keys) =>
      new Promise((resolve, reject) => {
        const held = new Map(keys.flatMap((key) => [[key, values.get(key) ?? 0] as const]))
        reads.push({ keys, answer: () => resolve(held), fail: () => reject(new Error('gone')) })
      }),
  )
  return { values, reads, read }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what is asked for in one turn is one read, each key once', async () => {
  const { reads, read } = openStore()
  const asked = [read('a'), read('b'), read('a')]
  await turn()
  expect(reads.map(({ keys }) => keys)).toEqual([['a', 'b']])
  reads[0]?.answer()
  expect(await Promise.all(asked)).toEqual([1, 2, 1])
})

test('who asks while a read is under way gets what is there after they asked', async () => {
  const { values, reads, read } = openStore()
  const early = read('a')
  await turn()
  values.set('a', 5)
  const late = [read('a'), read('b')]
  await turn()
  expect(reads).toHaveLength(1)
  reads[0]?.answer()
  expect(await early).toBe(1)
  await turn()
  expect(reads.map(({ keys }) => keys)).toEqual([['a'], ['a', 'b']])
  reads[1]?.answer()
  expect(await Promise.all(late)).toEqual([5, 2])
})

test('a read that fails is told to those who asked for it, and the next one goes on', async () => {
  const { reads, read } = openStore()
  const [early, late] = [read('a').catch(String), turn().then(() => read('b'))]
  await turn()
  reads[0]?.fail()
  expect(await early).toBe('Error: gone')
  await turn()
  reads[1]?.answer()
  expect(await late).toBe(2)
})

test('what is not there is undefined', async () => {
  const read = createSharedRead(async () => new Map<string, number>())
  expect(await read('c')).toBeUndefined()
})
