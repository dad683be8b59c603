import { COLOUR } from './colour'
import { escapeHtml } from './escape'
import { readWebAddress } from './webAddress'

const LINK_STYLE = `color:${COLOUR['primitive-blue-900']};text-decoration:underline`
const PARAGRAPH_STYLE = 'margin:0 0 16px 0'

// ASCII only, so that 「https://example.jp/。」 ends before the full stop.
const address = /https:\/\/[\w\-.~:/?#[\]@!$&*+,;=%]+/g

/** Paragraphs of HTML for a plain text; its https addresses become links. *Pure.* */
export function htmlParagraphs(text: string, style = PARAGRAPH_STYLE): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p style="${style}">${htmlLines(paragraph)}</p>`)
    .join('\n')
}

/** A plain text as inline HTML; line feeds become `<br>`, https addresses links. *Pure.* */
export function htmlLines(text: string): string {
  let html = ''
  let end = 0
  for (const match of text.matchAll(address)) {
    const url = match[0].replace(/(?<![.,;:!?])[.,;:!?]+$/, '')
    html += escapeHtml(text.slice(end, match.index)) + htmlLink(url, url)
    end = match.index + url.length
  }
  return (html + escapeHtml(text.slice(end))).replaceAll('\n', '<br>\n')
}

/** A link; only its words when the address is not https. *Pure.* */
export function htmlLink(url: string, label: string): string {
  const read = readWebAddress(url)
  if ('fault' in read) return escapeHtml(label)
  return `<a href="${escapeHtml(read.href)}" style="${LINK_STYLE}">${escapeHtml(label)}</a>`
}
