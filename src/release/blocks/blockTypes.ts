import type { AddOnBlock } from '../content'
import type { BlockField, BlockType } from './blockType'
import { BOOK } from './book'
import { GROUP } from './group'
import { LINK } from './link'
import { SURVEY } from './survey'
import { TEXT } from './text'

/** Types of block that are known to whoever works with them. */
export type BlockTypes = readonly BlockType[]

/** The types of block an add-on is made of, in the order they are offered. */
export const BLOCK_TYPES: BlockTypes = [TEXT, LINK, BOOK, GROUP, SURVEY]

/** The type of a block, or null for one that is not known. *Pure.* */
export function typeOfBlock(
  { blockType }: { blockType?: unknown },
  types: BlockTypes = BLOCK_TYPES,
): BlockType | null {
  return types.find((type) => type.blockType === blockType) ?? null
}

/** The fields of a type by name, in the order of the form. *Pure.* */
export function fieldsOf({ fields }: BlockType): [name: string, field: BlockField][] {
  return Object.entries(fields)
}

/** Names of the fields that hold a picture's address, in whatever type. *Pure.* */
export function pictureFields(types: BlockTypes = BLOCK_TYPES): string[] {
  const fields = types.flatMap((type) => fieldsOf(type))
  return [...new Set(fields.filter(([, { kind }]) => kind === 'picture').map(([name]) => name))]
}

/** Whether a block may be without the field: contents from before pictures were chosen are. *Pure.* */
export function mayBeAbsent(field: BlockField): boolean {
  return field.kind === 'chosen' || ('altOf' in field && field.altOf !== undefined)
}

/**
 * What stands for nothing in a field: null for an address that may be missing, undefined for what is
 * left out. *Pure.*
 */
export function emptyValueOf(field: BlockField): '' | null | undefined {
  if (mayBeAbsent(field)) return undefined
  const { kind, isRequired = false } = field
  return kind === 'line' || kind === 'lines' || isRequired ? '' : null
}

/** A block of this type with each field's value as it is given, undefined left out. *Pure.* */
export function blockOf(
  type: BlockType,
  value: (name: string, field: BlockField) => string | null | undefined,
): AddOnBlock {
  const values = fieldsOf(type)
    .map(([name, field]) => [name, value(name, field)] as const)
    .filter(([, one]) => one !== undefined)
  return { blockType: type.blockType, ...Object.fromEntries(values) }
}

/** Names of the fields that hold a picture of the library, in whatever type. *Pure.* */
export function chosenFields(types: BlockTypes = BLOCK_TYPES): string[] {
  const fields = types.flatMap((type) => fieldsOf(type))
  return [...new Set(fields.filter(([, { kind }]) => kind === 'chosen').map(([name]) => name))]
}
