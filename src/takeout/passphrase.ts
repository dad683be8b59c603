import { randomInt } from 'node:crypto'

/** Signs that nobody takes for another one, read aloud or written by hand. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

const GROUPS = 6
const GROUP = 5

/**
 * Fresh words that open an archive: six groups of five signs, 150 bits, since the form of archive
 * lets somebody who has the file try as often as they like.
 */
export function newPassphrase(): string {
  const sign = () => SIGNS[randomInt(SIGNS.length)] ?? ''
  const group = () => Array.from({ length: GROUP }, sign).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** What was typed as {@link newPassphrase} shows it, whatever case, width or spaces it has. *Pure.* */
export function readPassphrase(typed: string): string {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  return signs.match(/.{1,5}/g)?.join('-') ?? ''
}
