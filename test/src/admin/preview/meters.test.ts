// What the preview says of lengths: words are counted as words, cards as cards.
import { expect, test } from '@jest/globals'

import { metersOf } from '../../../../src/admin/preview/meters'
import { previewFor } from '../../../../src/release/preview'
import { addOn, BOOK, manuscript } from '../../release/sampleContent'

const text = { blockType: 'text' as const, text: '五文字です' }

function meters(blocks: Parameters<typeof addOn>[0] extends infer _ ? object[] : never) {
  const content = addOn({ blocks: blocks as never })
  const shown = previewFor({ manuscripts: [manuscript()], addOns: [content] })
  return metersOf(content, shown)
    .filter(({ label }) => label.includes('この原稿'))
    .map(({ label, value, unit }) => `${label} ${value} ${unit}`)
}

test.each([
  [[text], ['LINE この原稿の文章 5 文字']],
  [[BOOK, BOOK], ['LINE この原稿のカード 2 枚']],
  [
    [text, BOOK],
    ['LINE この原稿の文章 5 文字', 'LINE この原稿のカード 1 枚'],
  ],
  [[], ['LINE この原稿の文章 0 文字']],
])('%j', (blocks, said) => {
  expect(meters(blocks)).toEqual(said)
})
