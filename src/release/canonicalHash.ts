import { createHash } from 'node:crypto'

import { canonicalJson, type Json } from './canonical'

/** SHA-256 of the canonical JSON, 64 hex digits. *Pure.* */
export function canonicalHash(value: Json): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')
}
