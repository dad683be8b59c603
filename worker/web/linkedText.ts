import { html, type HtmlValue } from '../../src/release/escape'
import { addressesIn } from '../../src/release/linksInText'
import { readWebAddress } from '../../src/release/webAddress'

/** A text whose addresses are links and whose lines end where they did. *Pure.* */
export function linked(text: string): HtmlValue[] {
  let rest = text
  const parts: HtmlValue[] = []
  for (const address of addressesIn(text)) {
    const at = rest.indexOf(address)
    if (at === -1) continue
    parts.push(...linesOf(rest.slice(0, at)), linkTo(address, address))
    rest = rest.slice(at + address.length)
  }
  return [...parts, ...linesOf(rest)]
}

function linesOf(text: string): HtmlValue[] {
  return text.split('\n').map((line, index) => (index === 0 ? line : html`<br />${line}`))
}

/** A link to a page or a telephone; of anything else only its words. *Pure.* */
export function linkTo(url: string, label: string): HtmlValue {
  if (url.startsWith('tel:')) return html`<a href="${url}">${label}</a>`
  const read = readWebAddress(url)
  return 'href' in read ? html`<a href="${read.href}" rel="noreferrer">${label}</a>` : label
}
