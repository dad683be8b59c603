import { hasHalfCode, readWebAddress } from './webAddress'

// The letters of an address, and what of a page's name in Japanese may follow a mark of it. A name
// glued to a word (https://example.jp/aへ), or that ends like a sentence, is the sentence going on.
const PLAIN = "[\\w\\-.~:/?#[\\]@!$&*+,;=%()']"
const WORDS = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\u30fc]'
const address = new RegExp(
  `https://(?:${PLAIN}|(?<=[/?#=&_])(?![をへ])${WORDS}+(?<!ください|下さい|です|ます)(?=$|[\\s\\w/?#=&_.\\-%()」』】〉》)]))+`,
  'gu',
)

/**
 * The text with the https addresses in it encoded whole, Japanese names, brackets and apostrophes
 * too: mail programs and LINE end a link at any of them. What is no address, or too long to be one,
 * stays. *Pure.*
 */
export function encodeLinks(text: string): string {
  return text.replace(address, (found) => {
    const written = withoutSentence(found)
    const read = readWebAddress(written)
    if ('fault' in read || (isPlain(written) && !hasHalfCode(written))) return found
    return read.href + found.slice(written.length)
  })
}

/** The https addresses in a text, as they are written. *Pure.* */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(address)].map(([found]) => withoutSentence(found))
}

/** Nothing in it at which a link is cut: it goes out as it was written. */
function isPlain(written: string): boolean {
  return /^[\w\-.~:/?#@!$&*+,;=%]*$/.test(written)
}

/** Up to a bracket that was opened before the address, without the marks of the sentence. */
function withoutSentence(found: string): string {
  let depth = 0
  let end = 0
  for (const character of found) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth < 0) break
    end += character.length
  }
  let last = end
  while (last > 0 && ".,;:!?'".includes(found[last - 1] ?? ' ')) last -= 1
  return found.slice(0, last)
}
