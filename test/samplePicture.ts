import { createHash } from 'node:crypto'

import { pictureName, type TextPicture } from '../src/release/picture'

/** A drawing as a release has it, and its name. */
export function samplePicture(bytes: Uint8Array = Buffer.from('見本')) {
  const picture: TextPicture = {
    hash: createHash('sha256').update(bytes).digest('hex'),
    type: 'png',
    width: 120,
    height: 80,
    alt: '【見本】眠る赤ちゃんの絵',
  }
  return { picture, name: pictureName(picture) }
}
