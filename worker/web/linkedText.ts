import { html, Html, type HtmlValue } from '../../src/release/escape'
import { addressesIn } from '../../src/release/linksInText'
import { withWholeReadings } from '../../src/release/readings'
import { readWebAddress } from '../../src/release/webAddress'

/** A writer's text: its addresses are links, its lines end where they did, its readings are whole. *Pure.* */
export function linked(text: string): Html {
  let rest = text
  const parts: HtmlValue[] = []
  for (const address of addressesIn(text)) {
    const at = rest.indexOf(address)
    if (at === -1) continue
    parts.push(...linesOf(rest.slice(0, at)), linkTo(address, address))
    rest = rest.slice(at + address.length)
  }
  const whole = html`${[...parts, ...linesOf(rest)]}`.text
  return new Html(withWholeReadings(whole, 'class="whole"'))
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
