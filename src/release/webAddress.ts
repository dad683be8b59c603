/**
 * Longest address a LINE action takes.
 * https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export const MAX_ADDRESS_LENGTH = 1000

/** What is wrong with a web address. */
export type AddressFault = 'not-an-address' | 'not-https' | 'has-credentials' | 'too-long'

/** A web address ready to be sent, or why it is none. */
export type WebAddress = { href: string } | { fault: AddressFault }

/**
 * Reads a public https address; `href` is ASCII only, without braces, quotes and spaces. *Pure.*
 */
export function readWebAddress(text: string): WebAddress {
  if (!URL.canParse(text.trim())) return { fault: 'not-an-address' }
  const url = new URL(text.trim())
  if (url.protocol !== 'https:') return { fault: 'not-https' }
  if (url.username !== '' || url.password !== '') return { fault: 'has-credentials' }
  const href = encodeMarks(url.href)
  return href.length > MAX_ADDRESS_LENGTH ? { fault: 'too-long' } : { href }
}

// What the URL standard leaves alone in some parts, and HTML, LINE or our own tokens do not.
function encodeMarks(href: string): string {
  return href.replace(/[{}"'<>\\^`|\s]/g, (mark) => {
    const code = mark.charCodeAt(0).toString(16).toUpperCase()
    return `%${code.padStart(2, '0')}`
  })
}
