import { escapeHtml } from './escape'

/**
 * Stands for the reader's own unsubscribe address in a rendered mail. ASCII, and never part of a
 * text of ours: composing refuses braces it does not know.
 */
export const UNSUBSCRIBE_URL_TOKEN = '{{unsubscribeUrl}}'

/** Stands for the address of the reader's own page, where dates are changed and births told. */
export const MY_PAGE_URL_TOKEN = '{{myPageUrl}}'

/** The addresses that differ from reader to reader in a mail that is otherwise the same. */
export interface ReaderLinks {
  unsubscribeUrl: string
  myPageUrl: string
}

/** A text with each token replaced in one pass, so that an address is never looked at. *Pure.* */
export function fillReaderLinks(text: string, links: ReaderLinks): string {
  return text.replace(TOKENS, (token) =>
    token === UNSUBSCRIBE_URL_TOKEN ? links.unsubscribeUrl : links.myPageUrl,
  )
}

/** The addresses as they are written into HTML. *Pure.* */
export function escapedLinks({ unsubscribeUrl, myPageUrl }: ReaderLinks): ReaderLinks {
  return { unsubscribeUrl: escapeHtml(unsubscribeUrl), myPageUrl: escapeHtml(myPageUrl) }
}

/** Where the first token of a text begins, or -1. *Pure.* */
export function firstReaderLink(text: string): number {
  return text.search(TOKENS)
}

const TOKENS = new RegExp(`${UNSUBSCRIBE_URL_TOKEN}|${MY_PAGE_URL_TOKEN}`, 'g')
