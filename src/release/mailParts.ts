import { COLOUR } from './colour'
import { escapeHtml } from './escape'
import { INLINE, pictureName, type TextPicture } from './picture'
import { htmlLines, htmlLink, htmlParagraphs } from './mailParagraph'

const NAME_STYLE = 'margin:0 0 4px 0;font-size:17px;font-weight:bold'
const DETAIL_STYLE = `margin:0 0 4px 0;font-size:16px;color:${COLOUR['neutral-solid-gray-700']}`

/** A framed table of cells, HTML. *Pure.* */
export function mailCard(cells: readonly string[]): string {
  const border = `1px solid ${COLOUR['neutral-solid-gray-200']}`
  return [
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"',
    ` style="border:${border};margin:0 0 16px 0"><tr>`,
    ...cells,
    '</tr></table>',
  ].join('')
}

/** A cell of a card with what there is of these words. *Pure.* */
export function mailCell(words: readonly string[]): string {
  return `<td valign="top" style="padding:12px">${words.filter(Boolean).join('\n')}</td>`
}

/** What a card is about; empty without words, as all that follows. *Pure.* */
export function mailName(text: string): string {
  return text && `<p style="${NAME_STYLE}">${escapeHtml(text)}</p>`
}

/** A paragraph of a card. *Pure.* */
export function mailDetail(text: string): string {
  return text && htmlParagraphs(text, DETAIL_STYLE)
}

/** A detail of a card with its label. *Pure.* */
export function mailLabelled(label: string, text: string): string {
  return text && `<p style="${DETAIL_STYLE}"><b>${label}</b> ${htmlLines(text)}</p>`
}

/** The link of a card to its page. *Pure.* */
export function mailMore(url: string | null): string {
  return url ? `<p style="${DETAIL_STYLE}">${htmlLink(url, 'くわしく見る')}</p>` : ''
}

/** What there is of these lines, for the text/plain body. *Pure.* */
export function linesOf(lines: readonly (string | null)[]): string {
  return lines.filter(Boolean).join('\n')
}

/** Width of a picture in a mail's column. */
const PICTURE_WIDTH = 520

/** A text's picture, which the mail carries; empty without. *Pure.* */
export function mailPicture(picture: TextPicture | undefined): string {
  if (!picture) return ''
  const width = Math.min(picture.width, PICTURE_WIDTH)
  const style = `display:block;width:100%;max-width:${width}px;height:auto;margin:0 0 16px 0`
  const source = `src="${INLINE}${pictureName(picture)}" alt="${escapeHtml(picture.alt)}"`
  return `<img ${source} width="${width}" style="${style}">`
}

/** The HTML without a picture that cannot go with it: no program shows a broken one. *Pure.* */
export function withoutMailPicture(html: string, name: string): string {
  const begin = html.indexOf(`<img src="${INLINE}${name}"`)
  return begin < 0 ? html : html.slice(0, begin) + html.slice(html.indexOf('>', begin) + 1)
}
