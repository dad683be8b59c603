import type { FieldColumn } from '../column'

/** Column of the words of any block. */
export const TEXT_COLUMN: FieldColumn = {
  name: 'text',
  aliases: ['文章', '説明'],
  description: '文章、または絵本・団体の説明',
  example: 'ゆっくり読んで…',
}

/** Column of what any block is called. */
export const NAME_COLUMN: FieldColumn = {
  name: 'name',
  aliases: ['名前'],
  description: 'リンクの文字、絵本の題名、団体の名前',
  example: 'どんぐりひろば',
}

/** Column of a cover: chosen, or typed in texts from before. */
export const COVER_COLUMN: FieldColumn = {
  name: 'imageUrl',
  aliases: ['表紙', '画像URL'],
  description:
    '絵本の表紙。ライブラリの画像のファイル名(picture- で始まる)。以前の原稿では https アドレス',
  example: '',
}

/** Column of the page any block leads to. */
export const URL_COLUMN: FieldColumn = {
  name: 'url',
  aliases: ['URL', 'リンク先'],
  description: 'https:// で始まるアドレス',
  example: 'https://example.jp/',
}
