// What passes between a worker and the outside, cut into pieces that mean something.
import { randomUUID } from 'node:crypto'

import { BSON } from 'mongodb'

/** Bytes on their way out, and what they ask for if it is something a worker can be killed at. */
export interface Piece {
  bytes: Buffer
  event: string | null
}

/** Cuts what one connection sends into pieces. */
export type Reader = (chunk: Buffer) => Piece[]

/** `OP_MSG`, the only kind of request the driver sends after its greeting. */
const OP_MSG = 2013

/** Header, flags and kind of the first section. */
const BODY_AT = 21

/** MongoDB: whole messages; each command that writes is an event such as `insert deliveries`. */
export function mongoReader(): Reader {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const pieces: Piece[] = []
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const bytes = rest.subarray(0, rest.readInt32LE(0))
      rest = rest.subarray(bytes.length)
      pieces.push({ bytes, event: commandOf(bytes) })
    }
    return pieces
  }
}

const WRITES = ['insert', 'update', 'delete', 'findAndModify']

function commandOf(message: Buffer): string | null {
  if (message.readInt32LE(12) !== OP_MSG || message[BODY_AT - 1] !== 0) return null
  const body = BSON.deserialize(message.subarray(BODY_AT), {
    allowObjectSmallerThanBufferSize: true,
  })
  const [command = '', collection] = Object.entries(body)[0] ?? []
  return WRITES.includes(command) ? `${command} ${String(collection)}` : null
}

/** LINE: each multicast is an event. */
export function lineReader(): Reader {
  return (bytes) => [{ bytes, event: isMulticast(bytes) ? 'line multicast' : null }]
}

function isMulticast(bytes: Buffer): boolean {
  return bytes.subarray(0, 40).toString('latin1').startsWith('POST /v2/bot/message/multicast')
}

/** A LINE whose requests never carry the same retry key twice: what the checker must notice. */
export function forgetfulLineReader(): Reader {
  const read = lineReader()
  return (chunk) =>
    read(chunk).map(({ bytes, event }) => ({ event, bytes: event ? withOtherKey(bytes) : bytes }))
}

function withOtherKey(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const changed = text.replace(/(x-line-retry-key: )[0-9a-f-]{36}/i, `$1${randomUUID()}`)
  return Buffer.from(changed, 'latin1')
}

/** SMTP: the end of each message's body is an event. */
export function smtpReader(): Reader {
  return (bytes) => [{ bytes, event: isEndOfBody(bytes) ? 'mail data' : null }]
}

function isEndOfBody(bytes: Buffer): boolean {
  const end = bytes.subarray(-5).toString('latin1')
  return end.endsWith('\r\n.\r\n') || end === '.\r\n'
}
