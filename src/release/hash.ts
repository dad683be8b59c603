import { canonicalHash, type Json } from './canonical'
import type { AddOnBlock, AddOnContent, ManuscriptContent, ReleaseContent } from './content'

/**
 * The hash an approval is given for: SHA-256 (hex) over exactly the fields of `ReleaseContent`,
 * as canonical JSON. Key order, NFC, CRLF, fields a store adds (row ids) and the order of areas
 * and editions do not change it; anything a reader would see, or when, does. *Pure.*
 */
export function contentHash(content: ReleaseContent): string {
  return canonicalHash(content.type === 'manuscript' ? manuscript(content) : addOn(content))
}

function manuscript(content: ManuscriptContent): Json {
  const { type, series, slot, edition, kind, body, subject, ageBasis, monthRule } = content
  return { type, series, slot, edition, kind, body, subject, ageBasis, monthRule }
}

function addOn(content: AddOnContent): Json {
  const { type, municipality, title, from, to, isEndIncluded, timing } = content
  const { validFrom, validTo, monthRule, order } = content
  return {
    ...{ type, municipality, title, from, to, isEndIncluded, timing },
    ...{ validFrom: validFrom ?? null, validTo: validTo ?? null, monthRule, order },
    areas: [...content.areas].sort(),
    editions: [...content.editions].sort(),
    blocks: content.blocks.map(block),
  }
}

function block(content: AddOnBlock): Json {
  switch (content.blockType) {
    case 'text':
      return { blockType: 'text', text: content.text }
    case 'link':
      return { blockType: 'link', label: content.label, url: content.url }
    case 'book': {
      const { blockType, title, author, publisher, description, imageUrl, url } = content
      const addresses = { imageUrl: imageUrl ?? null, url: url ?? null }
      return { blockType, title, author, publisher, description, ...addresses }
    }
    case 'group': {
      const { blockType, name, description, place, schedule, contact, url } = content
      return { blockType, name, description, place, schedule, contact, url: url ?? null }
    }
  }
}
