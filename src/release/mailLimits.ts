import { fillReaderLinks } from './readerLinks'

/**
 * Gmail shows so many bytes of a mail's HTML and cuts off the rest, the way to stop with it. Google
 * does not document the number; senders measure 102 KB.
 */
export const GMAIL_MAX_HTML_BYTES = 102_000

/** As long as a reader's own links get. */
const LINK = `https://${'x'.repeat(300)}`

/** Bytes of a mail's HTML as a reader's program gets it, with the reader's own links. *Pure.* */
export function htmlBytes(html: string): number {
  const filled = fillReaderLinks(html, { unsubscribeUrl: LINK, myPageUrl: LINK })
  return new TextEncoder().encode(filled).length
}
