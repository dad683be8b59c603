import type { AddOnBlock } from '../../release/content'

type BlockType = AddOnBlock['blockType']

/** What the parts of an add-on are called. */
export const BLOCK_LABELS: Readonly<Record<BlockType, string>> = {
  text: '文章',
  link: 'リンク',
  book: '絵本の紹介',
  group: '団体・ひろばの紹介',
}

/** The fields of each part, by name and label, in the order of the form. */
export const BLOCK_FIELDS: Readonly<Record<BlockType, readonly (readonly [string, string])[]>> = {
  text: [['text', '文章']],
  link: [
    ['label', '表示する文字'],
    ['url', 'アドレス'],
  ],
  book: [
    ['title', '絵本の題名'],
    ['author', '作者'],
    ['publisher', '出版社'],
    ['description', '紹介文'],
    ['imageUrl', '表紙の画像のアドレス'],
    ['url', '詳しいページ'],
  ],
  group: [
    ['name', '名前'],
    ['description', '紹介文'],
    ['place', '場所'],
    ['schedule', '日時'],
    ['contact', '連絡先'],
    ['url', '詳しいページ'],
  ],
}
