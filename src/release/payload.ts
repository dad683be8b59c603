import { createHash } from 'node:crypto'

import type { LineMessage } from './lineMessage'
import type { RenderedMail } from './mail'

/**
 * Hash (64 hex digits) of what is rendered, as it is; deliveries of one channel account with equal
 * hashes share their batches. What is rendered has its fields in one order, also after the
 * database, and texts that were normalised when they were composed. *Pure.*
 */
export function payloadHash(rendered: readonly LineMessage[] | RenderedMail): string {
  return createHash('sha256').update(JSON.stringify(rendered), 'utf8').digest('hex')
}
