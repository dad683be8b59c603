import type { AddOnBlock } from '../content'
import { pictureOfName, type NamedPicture } from '../picture'
import { BLOCK_TYPES, blockOf, fieldsOf, typeOfBlock, type BlockTypes } from './blockTypes'

/** The pictures of the library that a block shows, with their words. *Pure.* */
export function picturesIn(block: AddOnBlock, types: BlockTypes = BLOCK_TYPES): NamedPicture[] {
  const type = typeOfBlock(block, types)
  if (!type) return []
  return fieldsOf(type).flatMap(([name, { kind }]) => {
    const file = kind === 'chosen' ? (block[name] ?? '') : ''
    if (pictureOfName(file) === null) return []
    const words = fieldsOf(type).find(([, field]) => 'altOf' in field && field.altOf === name)
    return [{ name: file, alt: (words && block[words[0]]) ?? '' }]
  })
}

/**
 * The block as a channel shows it: the addresses of its pictures in place of their names; without a
 * beginning of addresses, without the pictures. *Pure.*
 */
export function withPicturesAt(
  block: AddOnBlock,
  beginning: string | undefined,
  types: BlockTypes = BLOCK_TYPES,
): AddOnBlock {
  const type = typeOfBlock(block, types)
  if (!type || picturesIn(block, types).length === 0) return block
  return blockOf(type, (name, field) => {
    const value = block[name]
    if (field.kind !== 'chosen' || !value) return value
    return beginning === undefined ? undefined : beginning + value
  })
}
