import type { FieldColumn } from '../column'
import type { AddOnBlock } from '../content'
import type { LineCard } from '../lineParts'
import type { WordsField } from '../words'

/** Most UTF-16 units of a name, title or label on a card; longer ones push the rest off a phone. */
export const MAX_NAME = 100

/** Most UTF-16 units of place, schedule and contact of a group. */
export const MAX_DETAIL = 200

/** Most UTF-16 units of a description on a card. */
export const MAX_DESCRIPTION = 1000

/** How a field stands in the form. */
interface InForm {
  /** What stands under it. */
  help?: string
  /** It shares a line with the half one beside it. */
  isHalf?: boolean
  /** What asks for it in place of an input. */
  component?: string
  /** A hook writes it, and nobody types it. */
  isFilled?: boolean
}

/** Words of a block. */
export interface BlockWords extends WordsField, InForm {
  /** Lines of the input in the form; without them it is an input of one line. */
  rows?: number
  /** Name of the chosen picture these words stand for: asked, shown and kept with it alone. */
  altOf?: string
}

/**
 * An https address of a page or of a picture; null when a field that may be empty is. A picture's is
 * of texts from before pictures were chosen: it is shown and asked where there is one.
 */
export interface AddressField extends InForm {
  kind: 'address' | 'picture'
  label: string
  nameInProblems: string
  isRequired?: boolean
  column: FieldColumn
}

/**
 * A picture of the library: in a content the name of its file ({@link pictureName} of ../picture), which
 * says exactly which bytes; where a channel shows it, its address there. Absent where there is none.
 */
export interface ChosenField extends InForm {
  kind: 'chosen'
  label: string
  nameInProblems: string
  isRequired?: false
  column: FieldColumn
}

/** One field of a block: all that is asked of it, and where it is written and read. */
export type BlockField = BlockWords | AddressField | ChosenField

/** The fields of a type, in the order of the form. */
export type BlockFields<Block extends AddOnBlock> = {
  readonly [Name in Exclude<keyof Block, 'blockType'>]: BlockField
}

/**
 * What LINE shows of a block: words in the message, a card of its own, or a part of a card that the
 * blocks of this type share.
 */
export type LineForm<Block extends AddOnBlock> =
  | { as: 'words'; words(block: Block): string }
  | { as: 'card'; card(block: Block, heading: string, colour: string): LineCard }
  | {
      as: 'sharedCard'
      perCard: number
      card(blocks: readonly Block[], heading: string, colour: string): LineCard
    }

/** What becomes of a block when another municipality copies its add-on. */
export interface ExampleForm<Block extends AddOnBlock> {
  /**
   * The block without what is its owner's alone, or null when nothing is left; its words are free
   * of contacts already, its addresses gone. Without this the block stays so.
   */
  kept?(block: Block): Block | null
  /** What the copier is told of it, or null. */
  note: string | null
  /** The words of the block as others see them before they copy it. */
  words(block: Block): string
}

/**
 * A type of block: the one place that says what it is. Checks, freezing, the hash, comparing, import
 * and export are read from its fields; what only this type does are its functions, all *pure*.
 */
export interface BlockType<Block extends AddOnBlock = AddOnBlock> {
  blockType: Block['blockType']
  /** Its name in the form and for reviewers. */
  label: string
  /** What a sentence about a problem calls it. */
  nameInProblems: string
  /** Its name in an import file. */
  nameInCells: string
  /** Whether contributors may propose it. */
  isProposable: boolean
  fields: BlockFields<Block>
  /** The block to send, its words in place and its addresses encoded; null when nothing is left. */
  completed?(filled: Block): Block | null
  line: LineForm<Block>
  /** HTML that needs no pictures and no style sheet. */
  mailHtml(block: Block): string
  /** For the text/plain body. */
  mailText(block: Block): string
  example: ExampleForm<Block>
}
