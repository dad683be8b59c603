import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Keys by id: one for the blind index, one that seals now, older ones that only open. */
export interface KeyRing {
  index: Buffer
  currentId: string
  keys: ReadonlyMap<string, Buffer>
}

/** A key, a sealed value or their match is wrong; the message never contains either. */
export class SealError extends Error {
  readonly code = 'SEAL_FAILED'
}

/**
 * Reads `index:BASE64,k2:BASE64,k1:BASE64` (32 bytes each); the first key after `index` seals. *Pure.*
 *
 * @throws SealError when a key is missing, repeated or not 32 bytes long.
 */
export function parseKeyRing(spec: string): KeyRing {
  const entries = spec.split(',').map((part) => part.trim().split(':') as [string, string?])
  const keys = new Map(entries.map(([id, base64]) => [id, Buffer.from(base64 ?? '', 'base64')]))
  const index = keys.get('index')
  const currentId = entries.find(([id]) => id !== 'index')?.[0]
  const isSound = [...keys.values()].every((key) => key.length === 32)
  if (!index || !currentId || !isSound || keys.size !== entries.length) {
    throw new SealError(
      'KIZUNA_KEYS は「index:鍵,名前:鍵」の形で、鍵はどれも 32 バイトの base64 にしてください。',
    )
  }
  keys.delete('index')
  return { index, currentId, keys }
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

/** Keyed hash (hex) that finds equal values without storing them; separate for each context. *Pure.* */
export function blindIndex(ring: KeyRing, value: string, context: string): string {
  return createBlindIndex(ring, context)(value)
}

/** {@link blindIndex} of one context for many values: its key is derived once. *Pure.* */
export function createBlindIndex(ring: KeyRing, context: string): (value: string) => string {
  const key = Buffer.from(hkdfSync('sha256', ring.index, '', `blind-index:${context}`, 32))
  return (value) => createHmac('sha256', key).update(value).digest('hex')
}

function currentKey(ring: KeyRing): Buffer {
  const key = ring.keys.get(ring.currentId)
  if (!key) throw new SealError('KIZUNA_KEYS に鍵がありません。')
  return key
}
