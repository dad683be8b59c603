import { composeMarks } from '../../src/release/plainText'

/** Octets of text in one encoded word: with `=?UTF-8?B?…?=` it stays under 75 (RFC 2047 2). */
const WORD_OCTETS = 45

/**
 * A header value in printable ASCII: as it is, or as RFC 2047 words folded over lines. Control
 * characters, line breaks among them, become spaces. *Pure.*
 */
export function encodeHeaderText(text: string): string {
  const clean = composeMarks(text)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ') // eslint-disable-line no-control-regex
    .trim()
  if (/^[\x20-\x7e]*$/.test(clean) && !clean.includes('=?')) return clean
  return splitOctets(clean)
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join('\r\n ')
}

/** A display name for a mailbox: encoded, or quoted when it holds specials. *Pure.* */
export function encodeDisplayName(name: string): string {
  const encoded = encodeHeaderText(name)
  if (encoded.startsWith('=?')) return encoded
  return /^[A-Za-z0-9 ]*$/.test(encoded) ? encoded : `"${encoded.replace(/["\\]/g, '\\$&')}"`
}

/** Bytes as base64 in lines of 76 characters, each ended by CRLF. *Pure.* */
export function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n')
}

function splitOctets(text: string): string[] {
  const parts: string[] = []
  let part = ''
  for (const character of text) {
    if (Buffer.byteLength(part + character) > WORD_OCTETS) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}
