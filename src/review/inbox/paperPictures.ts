import type { ReleaseContent } from '../../release/content'
import { pictureName, pictureOfName } from '../../release/picture'

/** A picture as it is put on paper. */
export interface PaperPicture {
  /** Of its file in the library. */
  name: string
  alt: string
}

/** The picture of a text and the covers of its books, each once. *Pure.* */
export function picturesOf(content: ReleaseContent): PaperPicture[] {
  const { picture } = content
  const own = picture ? [{ name: pictureName(picture), alt: picture.alt }] : []
  const blocks = content.type === 'manuscript' ? [] : content.blocks
  const covers = blocks.flatMap((block) => {
    if (block.blockType !== 'book' || !block.picture || !pictureOfName(block.picture)) return []
    return [{ name: block.picture, alt: block.pictureAlt ?? '' }]
  })
  return [...new Map([...own, ...covers].map((one) => [one.name, one])).values()]
}
