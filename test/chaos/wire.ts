// What passes between a worker and the outside, cut into pieces that mean something.
import { randomUUID } from 'node:crypto'

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

/** MongoDB: whole messages; each command on data is an event such as `insert deliveries`. */
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
const READS = ['find', 'aggregate', 'getMore', 'count', 'distinct']

/** Only the first two elements of a command are read: the rest may be a thousand documents. */
function commandOf(message: Buffer): string | null {
  if (message.readInt32LE(12) !== OP_MSG || message[BODY_AT - 1] !== 0) return null
  const first = elementAt(message, BODY_AT + 4)
  const { name: command } = first
  if (command === 'commitTransaction') return command
  if (command === 'getMore') return `getMore ${elementAt(message, first.end).text}`
  const isMeant = WRITES.includes(command) || READS.includes(command)
  return isMeant ? `${command} ${first.text}` : null
}

/** Types of BSON elements that a command begins with, and the bytes of those of a fixed length. */
const TEXT = 2
const LENGTHS: Readonly<Record<number, number>> = { 1: 8, 8: 1, 16: 4, 17: 8, 18: 8 }

/** An element of a BSON document: https://bsonspec.org/spec.html */
function elementAt(bytes: Buffer, at: number): { name: string; text: string; end: number } {
  const nameEnd = bytes.indexOf(0, at + 1)
  const name = bytes.toString('latin1', at + 1, nameEnd)
  const value = nameEnd + 1
  const type = bytes[at] ?? 0
  if (type !== TEXT) return { name, text: '', end: value + (LENGTHS[type] ?? 0) }
  const end = value + 4 + bytes.readInt32LE(value)
  return { name, text: bytes.toString('utf8', value + 4, end - 1), end }
}

/** LINE: each multicast, and each asking for a token, is an event. */
export function lineReader(): Reader {
  return (bytes) => [{ bytes, event: lineEvent(bytes) }]
}

function lineEvent(bytes: Buffer): string | null {
  if (isMulticast(bytes)) return 'line multicast'
  return isToken(bytes) ? 'line token' : null
}

function isMulticast(bytes: Buffer): boolean {
  return bytes.subarray(0, 40).toString('latin1').startsWith('POST /v2/bot/message/multicast')
}

function isToken(bytes: Buffer): boolean {
  return bytes.subarray(0, 40).toString('latin1').startsWith('POST /oauth2/')
}

/** A LINE whose requests never carry the same retry key twice: what the checker must notice. */
export function forgetfulLineReader(): Reader {
  const read = lineReader()
  return (chunk) =>
    read(chunk).map(({ bytes, event }) => ({
      event,
      bytes: isMulticast(bytes) ? withOtherKey(bytes) : bytes,
    }))
}

/** What a LINE is told that forgets at some moment which keys it has seen. */
export interface KeyMemory {
  seen: Set<string>
  /** Whether those it has seen are forgotten. */
  isOver: boolean
}

/** A LINE that does not know a key of before any more: a repeat of it is another request. */
export function agingLineReader(memory: KeyMemory): () => Reader {
  return () => {
    const read = lineReader()
    return (chunk) =>
      read(chunk).map(({ bytes, event }) => ({
        event,
        bytes: isMulticast(bytes) && isForgotten(memory, bytes) ? withOtherKey(bytes) : bytes,
      }))
  }
}

function isForgotten({ seen, isOver }: KeyMemory, bytes: Buffer): boolean {
  const [, key = ''] = KEY.exec(bytes.toString('latin1')) ?? []
  if (!isOver) seen.add(key)
  return isOver && seen.has(key)
}

const KEY = /x-line-retry-key: ([0-9a-f-]{36})/i

function withOtherKey(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const changed = text.replace(/(x-line-retry-key: )[0-9a-f-]{36}/i, `$1${randomUUID()}`)
  return Buffer.from(changed, 'latin1')
}

/** SMTP: each step of a mail is an event; `mail data` is the end of its body. */
export function smtpReader(): Reader {
  return (bytes) => [{ bytes, event: isEndOfBody(bytes) ? 'mail data' : stepOf(bytes) }]
}

function stepOf(bytes: Buffer): string | null {
  const [, verb] = /^(EHLO|MAIL|RCPT|DATA)/i.exec(bytes.subarray(0, 4).toString('latin1')) ?? []
  return verb ? `mail ${verb.toLowerCase()}` : null
}

function isEndOfBody(bytes: Buffer): boolean {
  const end = bytes.subarray(-5).toString('latin1')
  return end.endsWith('\r\n.\r\n') || end === '.\r\n'
}
