import { typeOfBlock } from '../../release/blocks/blockTypes'
import type { AddOnBlock } from '../../release/content'

/** The parts of an example as other municipalities see them. */
export function ExampleBlocks({ blocks }: { blocks: readonly AddOnBlock[] }) {
  return blocks.map((block, index) => (
    <p key={index} className="kizuna-library__text">
      {typeOfBlock(block)?.example.words(block)}
    </p>
  ))
}
