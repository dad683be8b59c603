import type { Composition } from './compose'
import { escapeHtml } from './escape'
import { mailHtml } from './mailHtml'
import { mailText } from './mailText'
import { fillReaderLinks, type ReaderLinks } from './readerLinks'

/** A mail for everybody who gets the same; only the tokens still differ from reader to reader. */
export interface RenderedMail {
  /** One line. */
  subject: string
  /** text/plain. */
  text: string
  /** A whole HTML document. */
  html: string
}

/** The mail of a delivery; both bodies hold the tokens of `readerLinks`. *Pure.* */
export function renderMail(composition: Composition): RenderedMail {
  const { subject } = composition
  return { subject, text: mailText(composition), html: mailHtml(composition) }
}

/** The mail with one reader's own addresses in place of the tokens. *Pure.* */
export function withReaderLinks(mail: RenderedMail, links: ReaderLinks): RenderedMail {
  const escaped = {
    unsubscribeUrl: escapeHtml(links.unsubscribeUrl),
    myPageUrl: escapeHtml(links.myPageUrl),
  }
  return {
    subject: mail.subject,
    text: fillReaderLinks(mail.text, links),
    html: fillReaderLinks(mail.html, escaped),
  }
}
