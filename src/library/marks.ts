import type { Example } from './example'

/** A municipality as far as its texts may name it. */
export interface NamedMunicipality {
  name: string
  senderName: string
  contact: { department: string }
  areas?: readonly { name: string }[] | null
}

/** What may still be somebody's address or number, in half width: exampleOf takes away the usual. */
const SUSPECTS: readonly RegExp[] = [
  /\d{2,4}[-\u2010-\u2015\u2212\u30fc]\d{3,4}(?!\d)/g, // a number without its area code, a postcode
  /内線\s*\d+/g,
  /@[\w.-]+/g, // an account of LINE, X or Instagram
  /[^\s、。]{1,8}(丁目|番地|番\d+号)/g,
]

/**
 * What points to the owner in a text that others are about to see: its own names, and what looks
 * like a number or an address. Each once, in the order of the text. *Pure.*
 */
export function marksIn(
  { title, blocks }: Pick<Example, 'title' | 'blocks'>,
  municipality: NamedMunicipality,
) {
  const words = [title, ...blocks.flatMap((block) => Object.values(block) as unknown[])]
  const text = words
    .filter((word) => typeof word === 'string')
    .join('\n')
    .normalize('NFKC')
  const { name, senderName, contact, areas } = municipality
  const names = [senderName, name, contact.department, ...(areas ?? []).map((area) => area.name)]
  const own = names.map((word) => word.normalize('NFKC').trim()).filter((word) => word !== '')
  const suspects = SUSPECTS.flatMap((pattern) => text.match(pattern) ?? [])
  const found = [...own, ...suspects].filter((word) => text.includes(word))
  return [...new Set(found)].sort((a, b) => text.indexOf(a) - text.indexOf(b))
}
