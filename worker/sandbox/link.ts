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

/** An address a link or a picture may have, or null. *Pure.* */
export function safeUrl(url: unknown, schemes = /^(https?|tel|line):/): string | null {
  return typeof url === 'string' && schemes.test(url) ? url : null
}
