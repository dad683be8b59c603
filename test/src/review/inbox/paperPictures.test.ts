import { expect, test } from '@jest/globals'

import type { ReleaseContent } from '../../../../src/release/content'
import { picturesOf } from '../../../../src/review/inbox/paperPictures'

const hash = 'a'.repeat(64)
const cover = `${'b'.repeat(64)}.png`
const picture = { hash, type: 'jpeg', width: 1, height: 1, alt: '絵' }

test('on paper stand the picture and the covers, each once, and no typed address', () => {
  const blocks = [
    { blockType: 'book', title: '本', picture: cover, pictureAlt: '表紙' },
    { blockType: 'book', title: '本', picture: cover, pictureAlt: '表紙' },
    { blockType: 'book', title: '前の本', imageUrl: 'https://x.example/a.png' },
    { blockType: 'text', text: '文' },
  ]
  const content = { type: 'addOn', picture, blocks } as unknown as ReleaseContent
  expect(picturesOf(content)).toEqual([
    { name: `${hash}.jpg`, alt: '絵' },
    { name: cover, alt: '表紙' },
  ])
  expect(picturesOf({ type: 'manuscript' } as ReleaseContent)).toEqual([])
})
