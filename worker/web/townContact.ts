import { html, type HtmlValue } from '../../src/release/escape'
import { readPhone } from '../../src/release/phone'
import type { MunicipalitySettings } from '../../src/plan/settings'

import type { Words } from './words/standard'

/** Whom to ask in a town, the telephone as a button. *Pure.* */
export function townContact({ name, contact }: MunicipalitySettings, words: Words): HtmlValue {
  const { page, quietRow } = words
  const { department, phone, hours, url } = contact
  const read = readPhone(phone)
  const call =
    read && html`<a class="button main" href="${read.href}">${page.phone(read.number)}</a>`
  return html`<p>${name} ${department}</p>
    ${call && html`<p>${call}</p>`}
    ${read ? read.rest && html`<p>${read.rest}</p>` : phone && html`<p>${page.phone(phone)}</p>`}
    ${hours && html`<p>${quietRow.hours(page.hours(hours))}</p>`}
    ${url && html`<p><a href="${url}">${page.site}</a></p>`}`
}
