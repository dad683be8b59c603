import type { AddOnBlock } from '../../release/content'

/** The parts of an example as other municipalities see them. */
export function ExampleBlocks({ blocks }: { blocks: readonly AddOnBlock[] }) {
  return blocks.map((block, index) => <Block key={index} block={block} />)
}

function Block({ block }: { block: AddOnBlock }) {
  switch (block.blockType) {
    case 'text':
      return <p className="kizuna-library__text">{block.text}</p>
    case 'link':
      return null
    case 'book':
      return (
        <p className="kizuna-library__text">
          絵本「{block.title}」{[block.author, block.publisher].filter(Boolean).join('・')}
          {block.description && `\n${block.description}`}
        </p>
      )
    case 'group':
      return (
        <p className="kizuna-library__text">
          {block.name}
          {block.description && `\n${block.description}`}
        </p>
      )
  }
}
