import type { Composition } from './compose'
import { escapeHtml } from './escape'
import { mailHtml } from './mailHtml'
import { mailText } from './mailText'
import { UNSUBSCRIBE_URL_TOKEN } from './unsubscribe'

export { UNSUBSCRIBE_URL_TOKEN }

/** A mail for everybody who gets the same; only the token still differs from reader to reader. */
export interface RenderedMail {
  /** One line. */
  subject: string
  /** text/plain. */
  text: string
  /** A whole HTML document. */
  html: string
}

/** The mail of a delivery; both bodies hold `UNSUBSCRIBE_URL_TOKEN`. *Pure.* */
export function renderMail(composition: Composition): RenderedMail {
  const { subject } = composition
  return { subject, text: mailText(composition), html: mailHtml(composition) }
}

/** The mail with one reader's own address in place of the token. *Pure.* */
export function withUnsubscribeUrl(mail: RenderedMail, url: string): RenderedMail {
  return {
    subject: mail.subject,
    text: mail.text.replaceAll(UNSUBSCRIBE_URL_TOKEN, () => url),
    html: mail.html.replaceAll(UNSUBSCRIBE_URL_TOKEN, () => escapeHtml(url)),
  }
}
