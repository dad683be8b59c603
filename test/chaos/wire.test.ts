import { expect, test } from '@jest/globals'
import { BSON, Long } from 'mongodb'

import { mongoReader } from './wire'

/** A request as the driver sends it: header, flags, one section with the command. */
function message(command: object): Buffer {
  const body = BSON.serialize(command)
  const head = Buffer.alloc(21)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(2013, 12)
  return Buffer.concat([head, body])
}

const insert = { insert: 'deliveries', documents: [{ _id: '1' }], $db: 'kizuna' }

test.each([
  ['insert deliveries', insert],
  ['find batches', { find: 'batches', filter: {} }],
  ['getMore pairs', { getMore: Long.fromNumber(2 ** 40), collection: 'pairs' }],
  ['getMore pairs', { getMore: 7, collection: 'pairs' }],
  ['commitTransaction', { commitTransaction: 1, $db: 'admin' }],
  [null, { hello: 1, helloOk: true }],
  [null, { createIndexes: 'runs' }],
])('a command is known by its first words: %s', (event, command) => {
  expect(mongoReader()(message(command))).toEqual([{ bytes: message(command), event }])
})

test('a command that comes in parts is one piece, and two that come together are two', () => {
  const [one, two] = [message(insert), message({ find: 'runs' })]
  const read = mongoReader()
  expect(read(one.subarray(0, 30))).toEqual([])
  expect(read(Buffer.concat([one.subarray(30), two])).map(({ event }) => event)).toEqual([
    'insert deliveries',
    'find runs',
  ])
})
