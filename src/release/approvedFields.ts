import type { Json } from './canonical'
import type { AddOnBlock, AddOnContent, ManuscriptContent, ReleaseContent } from './content'

/**
 * Exactly the fields of `ReleaseContent`, without what a store adds (row ids), areas and editions
 * in one order: what an approval is given for. *Pure.*
 */
export function approvedFields(content: ReleaseContent): Json {
  return content.type === 'manuscript' ? manuscript(content) : addOn(content)
}

function manuscript(content: ManuscriptContent): Json {
  const { type, series, slot, edition, kind, body, subject, ageBasis, monthRule } = content
  return { type, series, slot, edition, kind, body, subject, ageBasis, monthRule }
}

function addOn(content: AddOnContent): Json {
  const { type, municipality, title, from, to, isEndIncluded, timing } = content
  const { validFrom, validTo, monthRule, order } = content
  return {
    type,
    municipality,
    title,
    from,
    to,
    isEndIncluded,
    timing,
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
    monthRule,
    order,
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
