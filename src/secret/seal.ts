import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Keys by id: one for the blind index, one that seals now, older ones that only open. */
export interface KeyRing {
  index: Buffer
  /** Index keys from before, the newest first: {@link blindIndex} goes through all of them. */
  olderIndexes?: readonly Buffer[]
  currentId: string
  keys: ReadonlyMap<string, Buffer>
}

/** A key, a sealed value or their match is wrong; the message never contains either. */
export class SealError extends Error {
  readonly code = 'SEAL_FAILED'
}

/** `index`, and what an index key from before is called: `index-1`. */
const INDEX_NAME = /^index(-\w+)?$/

/**
 * Reads `index:BASE64,k2:BASE64,k1:BASE64` (32 bytes each); the first key that is no index key seals.
 * Index keys from before stand behind `index`, the newest first: `index:…,index-1:…,k1:…`. *Pure.*
 *
 * @throws SealError when a key is missing, repeated or not 32 bytes long.
 */
export function parseKeyRing(spec: string): KeyRing {
  const entries = spec.split(',').map((part) => part.trim().split(':') as [string, string?])
  const keys = new Map(entries.map(([id, base64]) => [id, Buffer.from(base64 ?? '', 'base64')]))
  const index = keys.get('index')
  const currentId = entries.find(([id]) => !INDEX_NAME.test(id))?.[0]
  const isSound = [...keys.values()].every((key) => key.length === 32)
  if (!index || !currentId || !isSound || keys.size !== entries.length) {
    throw new SealError(
      'KIZUNA_KEYS は「index:鍵,名前:鍵」の形で、鍵はどれも 32 バイトの base64 にしてください。',
    )
  }
  const names = [...keys.keys()].filter((id) => INDEX_NAME.test(id))
  const olderIndexes = names.filter((id) => id !== 'index').flatMap((id) => keys.get(id) ?? [])
  for (const id of names) keys.delete(id)
  return { index, ...(olderIndexes.length > 0 && { olderIndexes }), currentId, keys }
}

/** A fresh key ring in the notation of {@link parseKeyRing}. */
export function generateKeyRing(): string {
  const key = () => randomBytes(32).toString('base64')
  return `index:${key()},k1:${key()}`
}

/**
 * Encrypts a text with AES-256-GCM, bound to a context (such as `identity:mail`).
 *
 * @returns `keyId.iv.tag.ciphertext`, each part but the first in base64url.
 */
export function seal(ring: KeyRing, text: string, context: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', currentKey(ring), iv).setAAD(Buffer.from(context))
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const parts = [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'))
  return [ring.currentId, ...parts].join('.')
}

/**
 * Opens what {@link seal} made, with whichever key of the ring sealed it. *Pure.*
 *
 * @throws SealError when the key is gone, the value was changed or the context differs.
 */
export function open(ring: KeyRing, sealed: string, context: string): string {
  const [id = '', ...parts] = sealed.split('.')
  const [iv, tag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url'))
  const key = ring.keys.get(id)
  if (!key || !iv || tag?.length !== 16 || !ciphertext) {
    throw new SealError(
      '暗号化された値を開けません。KIZUNA_KEYS に使っていた鍵があるか確かめてください。',
    )
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
  } catch {
    throw new SealError('暗号化された値が書き換えられているか、別の場所の値です。')
  }
}

/** Name of the key that sealed a value; empty where nothing is sealed. *Pure.* */
export function sealedWith(sealed: string): string {
  return sealed.split('.', 1)[0] ?? ''
}

/**
 * Seals anew, with the key that seals now, what was sealed in one of these contexts; null for what no key
 * of the ring opens in any of them.
 */
export function reseal(ring: KeyRing, sealed: string, contexts: readonly string[]): string | null {
  for (const context of contexts) {
    try {
      return seal(ring, open(ring, sealed, context), context)
    } catch (error) {
      if (!(error instanceof SealError)) throw error
    }
  }
  return null
}

/** Tells a key from others, and nothing about it. *Pure.* */
export function markOfKey(key: Buffer): string {
  return createHmac('sha256', key).update('kizuna-key').digest('hex').slice(0, 32)
}

/** Keyed hash (hex) that finds equal values without storing them; separate for each context. *Pure.* */
export function blindIndex(ring: KeyRing, value: string, context: string): string {
  return createBlindIndex(ring, context)(value)
}

/** {@link blindIndex} of one context for many values: its key is derived once. *Pure.* */
export function createBlindIndex(ring: KeyRing, context: string): (value: string) => string {
  return createRehash(indexKeysOf(ring), context)
}

/** The index keys of a ring, the oldest first: each hashes what those before it have made. *Pure.* */
export function indexKeysOf({ index, olderIndexes = [] }: KeyRing): Buffer[] {
  return [...olderIndexes.toReversed(), index]
}

/**
 * Hashes with one key after another; what older keys have hashed goes on with newer ones, so that nobody
 * needs the value for it. *Pure.*
 */
export function createRehash(
  indexKeys: readonly Buffer[],
  context: string,
): (value: string) => string {
  const keys = indexKeys.map((key) => derivedKey(key, context))
  return (value) =>
    keys.reduce((made, key) => createHmac('sha256', key).update(made).digest('hex'), value)
}

/** What was derived of each key: looking it up is cheaper than deriving it at every visit. */
const derived = new WeakMap<Buffer, Map<string, Buffer>>()

/** Contexts of a key that are kept; there are as many as LINE providers, and a few more. */
const MOST_CONTEXTS = 4000

function derivedKey(key: Buffer, context: string): Buffer {
  const known = derived.get(key) ?? new Map<string, Buffer>()
  const found = known.get(context)
  if (found) return found
  const made = Buffer.from(hkdfSync('sha256', key, '', `blind-index:${context}`, 32))
  if (known.size < MOST_CONTEXTS) derived.set(key, known.set(context, made))
  return made
}

/** The ring with its first index key alone: for names that stay whatever key is added. *Pure.* */
export function withFirstIndex(ring: KeyRing): KeyRing {
  const { index, currentId, keys } = ring
  return { index: indexKeysOf(ring)[0] ?? index, currentId, keys }
}

function currentKey(ring: KeyRing): Buffer {
  const key = ring.keys.get(ring.currentId)
  if (!key) throw new SealError('KIZUNA_KEYS に鍵がありません。')
  return key
}
