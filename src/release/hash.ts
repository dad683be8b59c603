import { approvedFields } from './approvedFields'
import { BLOCK_TYPES, type BlockTypes } from './blocks/blockTypes'
import { canonicalHash } from './canonicalHash'
import type { ReleaseContent } from './content'

/**
 * The hash an approval is given for: SHA-256 (64 hex digits) over the canonical JSON of the
 * approved fields. Key order, NFC, CRLF, fields a store adds and the order of areas and editions do
 * not change it; anything a reader would see, or when, does. *Pure.*
 */
export function contentHash(content: ReleaseContent, types: BlockTypes = BLOCK_TYPES): string {
  return canonicalHash(approvedFields(content, types))
}
