import type { Json } from './canonical'
import { canonicalHash } from './canonicalHash'
import type { LineMessage } from './lineMessage'
import type { RenderedMail } from './mail'

/**
 * Hash (64 hex digits) of what is rendered; deliveries of one channel account with equal hashes
 * share their batches. *Pure.*
 */
export function payloadHash(rendered: readonly LineMessage[] | RenderedMail): string {
  return canonicalHash(rendered as unknown as Json)
}
