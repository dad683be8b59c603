import { COLOUR } from './colour'
import type { AddOnBlock } from './content'
import { escapeHtml } from './escape'
import { htmlLines, htmlLink, htmlParagraphs } from './mailParagraph'

const COVER_WIDTH = 96
const NAME_STYLE = 'margin:0 0 4px 0;font-size:17px;font-weight:bold'
const DETAIL_STYLE = `margin:0 0 4px 0;font-size:16px;color:${COLOUR['neutral-solid-gray-700']}`

type Block<T extends AddOnBlock['blockType']> = Extract<AddOnBlock, { blockType: T }>

/** One block of an add-on as HTML that needs no pictures and no style sheet. *Pure.* */
export function mailBlock(block: AddOnBlock): string {
  switch (block.blockType) {
    case 'text':
      return htmlParagraphs(block.text)
    case 'link':
      return `<p style="margin:0 0 16px 0">・${htmlLink(block.url, block.label)}</p>`
    case 'book':
      return card([coverCell(block), cell(bookWords(block))])
    case 'group':
      return card([cell(groupWords(block))])
  }
}

function bookWords(book: Block<'book'>): string[] {
  const by = [book.author, book.publisher].filter(Boolean).join(' / ')
  const title = book.title && `『${book.title}』`
  return [name(title), detail(by), detail(book.description), more(book.url)]
}

function groupWords(group: Block<'group'>): string[] {
  return [
    name(group.name),
    detail(group.description),
    labelled('場所', group.place),
    labelled('日時', group.schedule),
    labelled('連絡先', group.contact),
    more(group.url),
  ]
}

function card(cells: readonly string[]): string {
  const border = `1px solid ${COLOUR['neutral-solid-gray-200']}`
  return [
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"',
    ` style="border:${border};margin:0 0 16px 0"><tr>`,
    ...cells,
    '</tr></table>',
  ].join('')
}

function cell(words: readonly string[]): string {
  return `<td valign="top" style="padding:12px">${words.filter(Boolean).join('\n')}</td>`
}

function coverCell({ imageUrl, title }: Block<'book'>): string {
  if (imageUrl === null) return ''
  const source = `src="${escapeHtml(imageUrl)}" alt="${escapeHtml(`『${title}』の表紙`)}"`
  const size = `width="${COVER_WIDTH}" style="display:block;width:${COVER_WIDTH}px;height:auto"`
  const style = 'padding:12px 0 12px 12px'
  return `<td valign="top" width="${COVER_WIDTH}" style="${style}"><img ${source} ${size}></td>`
}

function name(text: string): string {
  return text && `<p style="${NAME_STYLE}">${escapeHtml(text)}</p>`
}

function detail(text: string): string {
  return text && htmlParagraphs(text, DETAIL_STYLE)
}

function labelled(label: string, text: string): string {
  return text && `<p style="${DETAIL_STYLE}"><b>${label}</b> ${htmlLines(text)}</p>`
}

function more(url: string | null): string {
  return url ? `<p style="${DETAIL_STYLE}">${htmlLink(url, 'くわしく見る')}</p>` : ''
}
