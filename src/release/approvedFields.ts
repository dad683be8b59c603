import { BLOCK_TYPES, blockOf, typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import type { Json } from './canonical'
import type { AddOnBlock, AddOnContent, ManuscriptContent, ReleaseContent } from './content'

/**
 * Exactly the fields of `ReleaseContent`, without what a store adds (row ids), areas and editions
 * in one order: what an approval is given for. *Pure.*
 */
export function approvedFields(content: ReleaseContent, types: BlockTypes = BLOCK_TYPES): Json {
  return content.type === 'manuscript' ? manuscript(content) : addOn(content, types)
}

function manuscript(content: ManuscriptContent): Json {
  const { type, series, slot, edition, kind, body, subject, ageBasis, monthRule } = content
  return { type, series, slot, edition, kind, body, subject, ageBasis, monthRule }
}

function addOn(content: AddOnContent, types: BlockTypes): Json {
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
    blocks: content.blocks.map((block) => approvedBlock(block, types)),
  }
}

/** Null for a type nobody knows, so that the hash is never that of what was approved. */
function approvedBlock(content: AddOnBlock, types: BlockTypes): Json {
  const type = typeOfBlock(content, types)
  return type && blockOf(type, (name) => content[name] ?? null)
}
