import { html, type Html, type HtmlValue } from '../../src/release/escape'
import { readPhone } from '../../src/release/phone'
import type { ContactFooter, MunicipalitySettings } from '../../src/plan/settings'

import { withWholeWords } from './wholeWords'
import { standard, type Words } from './words/standard'

/** A page before it is dressed. */
export interface Page {
  title: string
  body: HtmlValue
  /** Whose page it is; absent on pages of the service itself. */
  municipality?: MunicipalitySettings | null
  /**
   * The page for a loss: no colour, and of the town its name and telephone alone, since a sender's
   * name and a department's speak of children.
   */
  isQuiet?: boolean
  /** The body itself says whom to ask: no contact under it. */
  hasContact?: boolean
  /** Of the language it is written in. @default standard */
  words?: Words
  /** What is said while the product shows another time than the real one. */
  practiceClock?: string | undefined
}

/** A whole document. *Pure.* */
export function renderPage(page: Page): string {
  const { title, body, municipality, isQuiet = false, words = standard, practiceClock } = page
  const name = isQuiet ? municipality?.name : municipality?.senderName
  const contact = isQuiet ? quietContact : fullContact
  const document = html`<!doctype html>
    <html lang="${words.lang}" ${words.isSpaced && html`class="spaced"`}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no, date=no, address=no" />
        <title>${title}${name && ` | ${name}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style/tokens.css" />
        <link rel="stylesheet" href="/style/page.css" />
        ${!isQuiet && accentLink(municipality)}
      </head>
      <body class="${isQuiet ? 'quiet' : ''}">
        ${practiceClock && html`<p class="practice" role="note">${practiceClock}</p>`}
        ${name && header(name)}
        <main>${body}</main>
        ${municipality && !page.hasContact && contact(municipality, words)}
      </body>
    </html>`
  return `${withWholeWords(document.text.trim(), words.isSpaced)}\n`
}

function accentLink(municipality: MunicipalitySettings | null | undefined): Html | false {
  if (!municipality?.accent) return false
  return html`<link rel="stylesheet" href="/style/accent/${municipality.code}.css" />`
}

function header(name: string): Html {
  return html`<header><p class="sender">${name}</p></header>`
}

function quietContact({ name, contact }: MunicipalitySettings, { page }: Words): HtmlValue {
  if (!contact.phone) return null
  return html`<footer>
    <p>${name}</p>
    <p>${phone(contact, page)} ${page.hours(contact.hours)}</p>
  </footer>`
}

function fullContact({ name, contact }: MunicipalitySettings, { page }: Words): Html {
  return html`<footer>
    <p>${name} ${contact.department}</p>
    <p>${phone(contact, page)} ${page.hours(contact.hours)}</p>
    ${contact.url && html`<p><a href="${contact.url}">${page.site}</a></p>`}
  </footer>`
}

function phone({ phone }: ContactFooter, words: Words['page']): HtmlValue {
  if (!phone) return null
  const read = readPhone(phone)
  if (!read) return words.phone(phone)
  return html`<a href="${read.href}">${words.phone(read.number)}</a>${read.rest}`
}

/** A page of a heading and sentences. *Pure.* */
export function notice(heading: string, ...sentences: HtmlValue[]): Html {
  return html`<h1>${heading}</h1>
    ${sentences.map((sentence) => sentence && html`<p>${sentence}</p>`)}`
}
