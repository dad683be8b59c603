import { hasHalfCode, MAX_ADDRESS_LENGTH, readWebAddress } from './webAddress'

// What may stand in an address: the letters it is sent with, and those of a page's name in Japanese.
const PLAIN = "[\\w\\-.~:/?#[\\]@!$&*+,;=%()']"
const LETTER =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\u30fc\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a]'
const BETWEEN = '[\\u30fb\\u301c\\uff5e]'
/** Wide brackets belong to a name only where the address plainly goes on: ガイド(令和8年度).pdf */
const BRACKETS = '\\uff08[^\\s\\uff08\\uff09、。「」]{1,40}\\uff09(?=\\.\\w|[/_?#])'
// What is longer is no address that can be sent: nothing behind is looked at.
const ADDRESS_SIGNS = `(?:${PLAIN}|${LETTER}|${BETWEEN}|${BRACKETS}){1,${MAX_ADDRESS_LENGTH}}`
const address = new RegExp(`https://${ADDRESS_SIGNS}`, 'gu')
const nameInIt = new RegExp(`(?:${LETTER}|${BETWEEN}|\\uff08[^\\uff08\\uff09]*\\uff09)+`, 'gu')

/**
 * The text with the https addresses in it encoded whole, Japanese names, brackets and apostrophes
 * too: mail programs and LINE end a link at any of them. What is no address, or too long to be one,
 * stays. *Pure.*
 */
export function encodeLinks(text: string): string {
  return text.replace(address, (found, at: number) => {
    const written = addressAt(text, at, found)
    const read = readWebAddress(written)
    if ('fault' in read || (isPlain(written) && !hasHalfCode(written))) return found
    return read.href + found.slice(written.length)
  })
}

/** The https addresses in a text, as they are written. *Pure.* */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(address)].map((match) => addressAt(text, match.index, match[0]))
}

/** Nothing in it at which a link is cut: it goes out as it was written. */
function isPlain(written: string): boolean {
  return /^[\w\-.~:/?#@!$&*+,;=%]*$/.test(written)
}

/** What of the letters found is the address, without the sentence that goes on behind it. */
function addressAt(text: string, at: number, found: string): string {
  const next = text.charAt(at + found.length)
  let nameEnd = 0
  for (const { 0: name, index } of found.matchAll(nameInIt)) {
    const end = index + name.length
    const isOfName = nameEnd > 0 && !found.slice(nameEnd, index).includes('/')
    const place = { before: found.slice(Math.max(0, index - 3), index), isOfName }
    const after = found.slice(end, end + 2) || next
    if (!isName(name, { ...place, after })) {
      return withoutSentence(found.slice(0, index))
    }
    nameEnd = end
  }
  return withoutSentence(found)
}

interface NamePlace {
  /** Up to three characters. */
  before: string
  /** Up to two. */
  after: string
  /** Whether a name in Japanese stands before it in the same part of the path. */
  isOfName: boolean
}

/**
 * Whether Japanese words in an address are a page's name. Those glued to a plain letter
 * (https://example.jp/aへ), or that begin or end like a sentence, are the sentence going on.
 */
function isName(words: string, { before, after, isOfName }: NamePlace): boolean {
  if (/^[\u30fb\u301c\uff5e]/.test(words)) return isOfName
  if (GOES_ON.test(after)) return true
  const isApart = /[/?#=&_+~-]$/.test(before) || (/_\($/.test(before) && after.startsWith(')'))
  // A sign that had to be written as its code: https://example.jp/100%25対策
  const isBehindPercent = /%25$/.test(before) && !LIKE_A_SENTENCE.test(words)
  if (!isApart && !isOfName && !isBehindPercent) return false
  if (/^[をへ]/.test(words) || /(?:ください|下さい|です|ます)$/.test(words)) return false
  if (after === '' || /^[\s\w+()」』】〉》]/.test(after)) return true
  return (
    /^[、。\uff0c\uff0e\uff1a\uff1b\uff08\uff09「『【〈《※→]/.test(after) &&
    !LIKE_A_SENTENCE.test(words)
  )
}

const GOES_ON = /^(?:[/?#=&_%-]|\.\w)/

/** Before a comma, a full stop or a remark a word may be the sentence's own. */
const LIKE_A_SENTENCE =
  /^(?:[はがにでともやの]|まで|から|より|など|等|内|宛|参照|確認|ご覧)|(?:まで|から|より|どうぞ)$/

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
  while (last > 0 && ".,;:!?'(".includes(found[last - 1] ?? ' ')) last -= 1
  return found.slice(0, last)
}
