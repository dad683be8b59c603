import { timingSafeEqual } from 'node:crypto'

import { createBlindIndex, type KeyRing } from '../../src/secret/seal'
import { fromDayNumber, toDayNumber, type LocalDay } from '../../src/stage/day'

/** Whom a mail was sent to, as its envelope sender says: no address and no id of a reader. */
export interface ReturnReference {
  /** The first {@link INDEX_LETTERS} letters of the blind index of the address. */
  index: string
  /** Six-digit code of the municipality that sent it. */
  town: string
  /** Day of its text. */
  sentOn: LocalDay
}

/** Envelope senders of one installation, each of which tells whom its mail went to (VERP). */
export interface ReturnPaths {
  /** The envelope sender of one mail; `index` may be the whole blind index. *Pure.* */
  of: (reference: ReturnReference) => string
  /** What is named anywhere in a text, each once; what we have not made ourselves is nothing. *Pure.* */
  namedIn: (text: string) => ReturnReference[]
}

/** 128 bits of the blind index: no two addresses share them. */
export const INDEX_LETTERS = 32

/** 72 bits: as many tries as nobody has, each of them a mail. */
const MAC_LETTERS = 18

/** Index, municipality, day and MAC, in bytes: the letters of base32 come out even. */
const TOKEN_BYTES = 16 + 3 + 2 + 9
const TOKEN_LETTERS = 48

/** Day 0 of the two bytes for the day, which last until 2199. */
const FIRST_DAY = toDayNumber('2020-01-01')

/** RFC 4648 6 in small letters: a relay may write a local part in letters of either case. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * Envelope senders `local+token@domain` of at most 64 octets before the @, that read the same in
 * small and in capital letters. The token carries a MAC by a key derived from the index key.
 *
 * @param address `local@domain`, for which `isBounceAddress` of the settings holds.
 */
export function createReturnPaths({
  ring,
  address,
}: {
  ring: KeyRing
  address: string
}): ReturnPaths {
  const mac = createBlindIndex(ring, 'return-path')
  const [local = '', domain = ''] = address.toLowerCase().split('@')
  const named = new RegExp(
    `(?<![\\w.+-])${literal(local)}\\+([a-z2-7]{${TOKEN_LETTERS}})@${literal(domain)}(?![\\w-]|\\.\\w)`,
    'gi',
  )
  const read = (token: string): ReturnReference | null => {
    const hex = decode(token).toString('hex')
    const body = hex.slice(0, -MAC_LETTERS)
    const expected = Buffer.from(mac(body).slice(0, MAC_LETTERS))
    const isOurs = timingSafeEqual(expected, Buffer.from(hex.slice(-MAC_LETTERS)))
    return isOurs ? referenceOf(body) : null
  }
  return {
    of: (reference) => {
      const body = bodyOf(reference)
      const token = encode(Buffer.from(body + mac(body).slice(0, MAC_LETTERS), 'hex'))
      return `${local}+${token}@${domain}`
    },
    namedIn: (text) => {
      const tokens = new Set([...text.matchAll(named)].map(([, token = '']) => token.toLowerCase()))
      return [...tokens].flatMap((token) => read(token) ?? [])
    },
  }
}

function bodyOf({ index, town, sentOn }: ReturnReference): string {
  const day = toDayNumber(sentOn) - FIRST_DAY
  return [
    index.slice(0, INDEX_LETTERS),
    Number(town).toString(16).padStart(6, '0'),
    day.toString(16).padStart(4, '0'),
  ].join('')
}

function referenceOf(body: string): ReturnReference {
  return {
    index: body.slice(0, INDEX_LETTERS),
    town: String(parseInt(body.slice(INDEX_LETTERS, -4), 16)).padStart(6, '0'),
    sentOn: fromDayNumber(FIRST_DAY + parseInt(body.slice(-4), 16)),
  }
}

function encode(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{5}/g, (five) => ALPHABET[parseInt(five, 2)] ?? '')
}

function decode(token: string): Buffer {
  const bits = [...token].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.slice(0, TOKEN_BYTES).map((byte) => parseInt(byte, 2)))
}

function literal(text: string): string {
  return text.replace(/[.+-]/g, '\\$&')
}
