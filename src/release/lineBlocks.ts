import { BLOCK_TYPES, typeOfBlock, type BlockTypes } from './blocks/blockTypes'
import type { BlockType } from './blocks/blockType'
import { withPicturesAt } from './blocks/chosenPictures'
import { accentOrDefault } from './colour'
import type { ComposedAddOn } from './compose'
import type { AddOnBlock } from './content'
import { pictureCard, type LineCard } from './lineParts'
import type { TextPicture } from './picture'

/** The words that blocks add to LINE's text, in order. *Pure.* */
export function lineWords(
  blocks: readonly AddOnBlock[],
  types: BlockTypes = BLOCK_TYPES,
): string[] {
  return blocks.flatMap((block) => {
    const form = typeOfBlock(block, types)?.line
    return form?.as === 'words' ? [form.words(block)] : []
  })
}

/** The cards of an add-on with its picture's before them. *Pure.* */
export function picturedCards(
  addOn: ComposedAddOn,
  { accent, types, pictures }: CardForm,
): LineCard[] {
  const blocks = addOn.blocks.map((block) => withPicturesAt(block, pictures, types))
  return [...pictureCards(addOn, pictures), ...lineCards({ ...addOn, blocks }, accent, types)]
}

/** How the cards of an add-on look, and what the address of a picture begins with. */
export interface CardForm {
  accent: string | null
  types: BlockTypes
  pictures: string | undefined
}

/** The card of a picture; none where there is none, or no place that serves it. *Pure.* */
export function pictureCards(
  { picture }: { picture?: TextPicture },
  pictures: string | undefined,
): LineCard[] {
  return picture && pictures !== undefined ? [pictureCard(picture, pictures)] : []
}

/**
 * The cards of an add-on's blocks. Blocks that share cards have their first card where the first of them
 * stands, and their others at the end. *Pure.*
 */
export function lineCards(
  { title, blocks }: ComposedAddOn,
  accent: string | null,
  types: BlockTypes = BLOCK_TYPES,
): LineCard[] {
  const colour = accentOrDefault(accent)
  const shared = new Map(
    types.map((type) => [type, sharedCards(type, { title, blocks }, colour)] as const),
  )
  const cards = blocks.flatMap((block) => {
    const type = typeOfBlock(block, types)
    if (!type) return []
    if (type.line.as === 'card') return [type.line.card(block, title, colour)]
    const isFirst = block === ofType(blocks, type)[0]
    return isFirst ? (shared.get(type) ?? []).slice(0, 1) : []
  })
  return [...cards, ...[...shared.values()].flatMap((pages) => pages.slice(1))]
}

/** How many cards these blocks make in LINE. *Pure.* */
export function countCards(blocks: readonly AddOnBlock[], types: BlockTypes): number {
  const counts = types.map((type) => {
    const count = ofType(blocks, type).length
    if (type.line.as === 'sharedCard') return Math.ceil(count / type.line.perCard)
    return type.line.as === 'card' ? count : 0
  })
  return counts.reduce((sum, count) => sum + count, 0)
}

function sharedCards(type: BlockType, { title, blocks }: ComposedAddOn, colour: string) {
  const { line } = type
  if (line.as !== 'sharedCard') return []
  return chunk(ofType(blocks, type), line.perCard).map((page) => line.card(page, title, colour))
}

function ofType(blocks: readonly AddOnBlock[], { blockType }: BlockType): AddOnBlock[] {
  return blocks.filter((block) => block.blockType === blockType)
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}
