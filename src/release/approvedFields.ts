import { approvedAlert } from './alert'
import {
  BLOCK_TYPES,
  blockOf,
  mayBeAbsent,
  typeOfBlock,
  type BlockTypes,
} from './blocks/blockTypes'
import type { Json } from './canonical'
import type { AddOnBlock, ReleaseContent } from './content'
import type { ContentField } from './contentField'
import { approvedFieldsOf } from './contentFields'
import { approvedPicture } from './picture'

/**
 * Exactly the fields of `ReleaseContent`, without what a store adds (row ids), areas and editions
 * in one order: what an approval is given for. *Pure.*
 */
export function approvedFields(content: ReleaseContent, types: BlockTypes = BLOCK_TYPES): Json {
  const { picture: _, ...words } = withoutAlert(content)
  const values: Readonly<Record<string, Json>> = { ...words }
  const own = approvedFieldsOf(content.type)
    .filter(([name, field]) => values[name] !== undefined || !isFirstAbsent(field))
    .map(([name]) => [name, inOrder(values[name])] as const)
  const picture = approvedPicture(content)
  const fields = { type: content.type, ...Object.fromEntries(own), ...picture }
  if (content.type === 'manuscript') return fields
  const blocks = content.blocks.map((block) => approvedBlock(block, types))
  return { ...fields, ...approvedAlert(content), blocks }
}

function withoutAlert(content: ReleaseContent) {
  if (content.type === 'manuscript') return content
  const { alert: _, ...own } = content
  return own
}

function isFirstAbsent(field: ContentField): boolean {
  return field.kind === 'choice' && field.isFirstAbsent === true
}

/** A list says which there are, in no order. */
function inOrder(value: Json | undefined): Json {
  return Array.isArray(value) ? value.toSorted() : (value ?? null)
}

/** Null for a type nobody knows, so that the hash is never that of what was approved. */
function approvedBlock(content: AddOnBlock, types: BlockTypes): Json {
  const type = typeOfBlock(content, types)
  return (
    type && blockOf(type, (name, field) => content[name] ?? (mayBeAbsent(field) ? undefined : null))
  )
}
