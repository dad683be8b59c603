import { randomBytes, randomInt, scrypt, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'

import { RECOVERY_COUNT } from './words'

/** Digits and letters without I, L, O and U, which are read for others. Source: Crockford's Base32. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 50 bits: nobody guesses one at the door, nor from a stolen hash. */
const LENGTH = 10

const SALT_BYTES = 16
const HASH_BYTES = 32

/** 10 ms each: of 2^50 random codes nobody tries enough at that, and ten are made at once. */
const WORK: ScryptOptions = { N: 4096, r: 8, p: 1 }

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt)

/** Recovery codes as they are stored: hashed, under one salt for all of a set. */
export interface StoredRecovery {
  recoverySalt: string
  recoveryHashes: string[]
}

/** A new set: the codes as people write them down (`ABCDE-FGH23`), and what is stored of them. */
export async function newRecoveryCodes(): Promise<{ codes: string[]; stored: StoredRecovery }> {
  const plain = Array.from({ length: RECOVERY_COUNT }, newCode)
  const recoverySalt = randomBytes(SALT_BYTES).toString('hex')
  const recoveryHashes = await Promise.all(plain.map((code) => hashOf(code, recoverySalt)))
  const codes = plain.map((code) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`)
  return { codes, stored: { recoverySalt, recoveryHashes } }
}

/** Hash of a code as {@link typedCode} leaves it; null, without the work, for what is none. */
export async function recoveryHash(code: string, salt: string): Promise<string | null> {
  return code.length === LENGTH ? hashOf(code, salt) : null
}

function newCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

async function hashOf(code: string, salt: string): Promise<string> {
  return (await derive(code, salt, HASH_BYTES, WORK)).toString('hex')
}
