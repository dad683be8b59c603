import { escapeHtml } from '../../src/release/escape'

/** Text with its web addresses as links that open in a new tab. *Pure.* */
export function autoLink(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>「」『』（）、。]+)/)
    .map((part, index) => {
      const safe = escapeHtml(part)
      return index % 2 === 1
        ? `<a href="${safe}" target="_blank" rel="noreferrer">${safe}</a>`
        : safe
    })
    .join('')
}

/** Where a picture may be: at https, and in the practice, which has no certificate, on this machine. */
export const PICTURE_ADDRESS = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/)/

/** An address a link or a picture may have, or null. *Pure.* */
export function safeUrl(url: unknown, schemes = /^(https?|tel|line):/): string | null {
  return typeof url === 'string' && schemes.test(url) ? url : null
}
