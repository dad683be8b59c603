import { expect, test } from '@jest/globals'
import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from 'mongodb'

import { untilKnown } from '../../../worker/database/untilKnown'

const serverError = (code: number) => new MongoServerError({ message: 'no', code })

/** Time that passes while it is waited for. */
function openTime() {
  let passed = 0
  return {
    elapsed: () => passed,
    wait: async (ms: number) => {
      passed += ms
    },
  }
}

test.each([
  ['a cut connection', new MongoNetworkError('connection closed')],
  ['a primary that stepped down', serverError(189)],
  ['a server that is no primary', serverError(10_107)],
  ['a shutdown', serverError(91)],
  ['a majority that did not answer in time', serverError(64)],
  [
    'a bulk write that was cut short',
    new MongoBulkWriteError({ message: 'cut' } as never, {} as never),
  ],
])('after %s the write is made again, and told so', async (_, error) => {
  const told: boolean[] = []
  const outcome = await untilKnown(async (isRepeated) => {
    told.push(isRepeated)
    if (told.length < 3) throw error
    return 'written'
  }, openTime())
  expect([outcome, told]).toEqual(['written', [false, true, true]])
})

test.each([
  ['a key that is there already', serverError(11_000)],
  ['a document that is refused', serverError(121)],
  ['a surprise of our own', new TypeError('undefined')],
])('%s is an answer', async (_, error) => {
  let tries = 0
  const write = async () => {
    tries += 1
    throw error
  }
  await expect(untilKnown(write, openTime())).rejects.toBe(error)
  expect(tries).toBe(1)
})

test('after a minute without an answer the write is given up', async () => {
  const time = openTime()
  const write = () => Promise.reject(new MongoNetworkError('gone'))
  await expect(untilKnown(write, time)).rejects.toThrow('gone')
  expect(time.elapsed()).toBeGreaterThanOrEqual(60_000)
  expect(time.elapsed()).toBeLessThan(65_000)
})
