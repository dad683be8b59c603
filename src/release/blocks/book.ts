import { escapeHtml } from '../escape'
import { bubble, button, cover, isPart, plain, small, strong, type LineCard } from '../lineParts'
import { mailCard, mailCell, mailDetail, mailMore, mailName, linesOf } from '../mailParts'
import { smallPictureAddress } from '../ourPicture'
import { MAX_PICTURE_ALT } from '../picture'
import { MAX_DESCRIPTION, MAX_DETAIL, MAX_NAME, type BlockType } from './blockType'
import { COVER_COLUMN, NAME_COLUMN, TEXT_COLUMN, URL_COLUMN } from './sharedColumns'

/** A picture book for children of an age. */
export type BookBlock = {
  blockType: 'book'
  title: string
  author: string
  publisher: string
  description: string
  /** The cover: a picture of the library. */
  picture?: string
  pictureAlt?: string
  /** Public https address of the cover, in texts from before it was chosen. */
  imageUrl: string | null
  url: string | null
}

/** A picture book. */
export const BOOK: BlockType<BookBlock> = {
  blockType: 'book',
  label: '絵本の紹介',
  nameInProblems: '絵本',
  nameInCells: '絵本',
  isProposable: true,
  fields: {
    title: {
      kind: 'line',
      label: '絵本の題名',
      nameInProblems: '絵本の書名',
      max: MAX_NAME,
      isRequired: true,
      column: NAME_COLUMN,
      help: '例: もりのおはなし',
    },
    author: {
      kind: 'line',
      label: '作者',
      nameInProblems: '絵本の作者',
      max: MAX_DETAIL,
      column: { aliases: ['作者'], description: '絵本の作者', example: '見本 たろう' },
      help: '文と絵の人が別なら、続けて書きます。',
      isHalf: true,
    },
    publisher: {
      kind: 'line',
      label: '出版社',
      nameInProblems: '絵本の出版社',
      max: MAX_DETAIL,
      column: { aliases: ['出版社'], description: '絵本の出版社', example: '見本出版' },
      isHalf: true,
    },
    description: {
      kind: 'lines',
      label: '紹介文',
      nameInProblems: '紹介文',
      max: MAX_DESCRIPTION,
      column: TEXT_COLUMN,
      rows: 4,
      help: 'どんな絵本か、この月齢でどう楽しめるかを 2〜3 文で書きます。',
    },
    picture: {
      kind: 'chosen',
      label: '表紙の画像',
      nameInProblems: '絵本の表紙',
      column: COVER_COLUMN,
      help: 'ライブラリから選ぶか、ここで入れます。使ってよい画像か、出版社に確かめてください。無ければ空のままにします。',
    },
    pictureAlt: {
      kind: 'line',
      label: '表紙の説明',
      nameInProblems: '絵本の表紙の説明',
      max: MAX_PICTURE_ALT,
      altOf: 'picture',
      column: {
        aliases: ['表紙の説明'],
        description: '画像が見えない人に読み上げる説明。空なら、画像に付けてある説明',
        example: '',
      },
      help: '画像が見えない人に、メールで読み上げられます。空のまま保存すると、画像に付けてある説明が入ります。',
    },
    imageUrl: {
      kind: 'picture',
      label: '表紙の画像のアドレス(以前の入れ方)',
      nameInProblems: '絵本の表紙',
      column: COVER_COLUMN,
      help: '上で表紙の画像を選んで保存すると、このアドレスは消えます。空にすると、表紙なしになります。',
    },
    url: {
      kind: 'address',
      label: '詳しいページ',
      nameInProblems: '絵本のリンク先',
      column: URL_COLUMN,
      help: '図書館の検索ページなど。無ければ空のままにします。',
    },
  },
  line: { as: 'card', card },
  mailHtml: (book) => mailCard([coverCell(book), mailCell(mailWords(book))]),
  mailText: (book) => linesOf([titled(book), makersOf(book), book.description, book.url]),
  example: {
    note: '絵本の詳しいページは外しました。自分の図書館のページを入れられます。ライブラリから選んだ表紙も外れます。',
    words: ({ title, author, publisher, description }) => {
      const makers = [author, publisher].filter(Boolean).join('・')
      return linesOf([`絵本「${title}」${makers}`, description])
    },
  },
}

function card(book: BookBlock, heading: string, colour: string): LineCard {
  const body = [
    small(heading || '絵本の紹介', colour),
    strong(book.title),
    plain(makersOf(book)),
    plain(book.description),
    book.url && button('くわしく見る', book.url, colour),
  ]
  const address = book.picture ?? book.imageUrl
  const hero = address === null ? {} : { hero: cover(address) }
  return { name: `『${book.title}』`, bubble: { ...bubble(body.filter(isPart)), ...hero } }
}

function mailWords(book: BookBlock): string[] {
  return [
    mailName(titled(book)),
    mailDetail(makersOf(book)),
    mailDetail(book.description),
    mailMore(book.url),
  ]
}

const COVER_WIDTH = 96

function coverCell({ picture, pictureAlt, imageUrl, title }: BookBlock): string {
  const address = picture ?? (imageUrl && smallPictureAddress(imageUrl))
  if (address === null) return ''
  const alt = pictureAlt ?? `『${title}』の表紙`
  const source = `src="${escapeHtml(address)}" alt="${escapeHtml(alt)}"`
  const size = `width="${COVER_WIDTH}" style="display:block;width:${COVER_WIDTH}px;height:auto"`
  const style = 'padding:12px 0 12px 12px'
  return `<td valign="top" width="${COVER_WIDTH}" style="${style}"><img ${source} ${size}></td>`
}

function titled({ title }: BookBlock): string {
  return title && `『${title}』`
}

function makersOf({ author, publisher }: BookBlock): string {
  return [author, publisher].filter(Boolean).join(' / ')
}
