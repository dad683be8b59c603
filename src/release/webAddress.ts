/**
 * Longest address a LINE action takes.
 * https://developers.line.biz/en/reference/messaging-api/#uri-action
 */
export const MAX_ADDRESS_LENGTH = 1000

/** What is wrong with a web address. */
export type AddressFault =
  'not-an-address' | 'not-https' | 'has-credentials' | 'too-long' | 'half-code'

/** A web address ready to be sent, or why it is none. */
export type WebAddress = { href: string } | { fault: AddressFault }

/**
 * Reads a public https address that somebody types: like {@link readWebAddress}, but half a code is a
 * fault, because what was copied is probably not whole. *Pure.*
 */
export function readTypedAddress(text: string): WebAddress {
  const read = readWebAddress(text)
  return 'href' in read && hasHalfCode(text.trim()) ? { fault: 'half-code' } : read
}

/** Whether a `%` begins no code, or the last letter of an address lacks its end. *Pure.* */
export function hasHalfCode(address: string): boolean {
  return LONE_PERCENT.test(address) || endsWithinLetter(address)
}

/** What stands before tells whether the codes are UTF-8: an old page's may be Shift_JIS or EUC. */
function endsWithinLetter(address: string): boolean {
  const cut = CUT_LETTER.exec(address)
  return cut !== null && isUtf8(address.slice(0, cut.index))
}

function isUtf8(codes: string): boolean {
  try {
    return decodeURIComponent(codes) !== ''
  } catch {
    return false
  }
}

/**
 * Reads a public https address; `href` is ASCII only, without braces, brackets, quotes and spaces,
 * at which mail programs and LINE cut addresses off. *Pure.*
 */
export function readWebAddress(text: string): WebAddress {
  const typed = text.trim()
  if (typed.length > MAX_ADDRESS_LENGTH) return { fault: 'too-long' }
  if (!URL.canParse(typed)) return { fault: 'not-an-address' }
  const url = new URL(typed)
  if (url.protocol !== 'https:') return { fault: 'not-https' }
  if (url.username !== '' || url.password !== '') return { fault: 'has-credentials' }
  const href = url.origin + encodeMarks(url.href.slice(url.origin.length))
  return href.length > MAX_ADDRESS_LENGTH ? { fault: 'too-long' } : { href }
}

const LONE_PERCENT = /%(?![0-9a-f]{2})/i

// The first bytes of a letter in UTF-8, and then the address ends: %E3%81 of %E3%81%82.
const CUT_LETTER =
  /%(?:[cd][0-9a-f]|e[0-9a-f](?:%[89ab][0-9a-f])?|f[0-7](?:%[89ab][0-9a-f]){0,2})$/i

// What the URL standard leaves alone in some parts, and HTML, LINE or our own tokens do not.
function encodeMarks(path: string): string {
  return path.replace(/[{}"'<>\\^`|()[\]\s]|%(?![0-9a-f]{2})/gi, (mark) => {
    const code = mark.charCodeAt(0).toString(16).toUpperCase()
    return `%${code.padStart(2, '0')}`
  })
}
