import { randomBytes } from 'node:crypto'

/** Signs that nobody takes for another one, read aloud or written by hand. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const GROUPS = 6
const GROUP = 5

/**
 * Words that open an archive, from 30 bytes that nobody can guess: six groups of five signs, 150 bits,
 * since the form of archive lets somebody who has the file try as often as they like. *Pure.*
 */
export function passphraseOf(bytes: Uint8Array): string {
  const signs = Array.from(bytes.subarray(0, GROUPS * GROUP), (byte) => SIGNS[byte % SIGNS.length])
  return Array.from({ length: GROUPS }, (_, at) =>
    signs.slice(at * GROUP, (at + 1) * GROUP).join(''),
  ).join('-')
}

/** Fresh words. */
export function newPassphrase(): string {
  return passphraseOf(randomBytes(GROUPS * GROUP))
}

/** What was typed as {@link newPassphrase} shows it, whatever case, width or spaces it has. *Pure.* */
export function readPassphrase(typed: string): string {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  return signs.match(/.{1,5}/g)?.join('-') ?? ''
}
