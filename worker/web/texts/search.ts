import type { SentWords } from '../../../src/release/sentWords'

/** Reading of a kanji, as やさしい日本語 writes it: 漢字(かんじ). */
const READING = /\([\p{sc=Hiragana}\p{sc=Katakana}ー]+\)/gu

/** Spaces, and the word joiner that is copied along from our pages. */
const UNSEEN = /[\s\u2060]+/g

/**
 * Whether all words that were typed are said in a text: in whatever width and case, and whether or not
 * the text gives readings. *Pure.*
 */
export function isSaidIn({ title, paragraphs, cards }: SentWords, typed: string): boolean {
  const text = [title, ...paragraphs, ...cards.flatMap(({ lines }) => lines)].join('\n')
  const said = [folded(text), folded(text.normalize('NFKC').replace(READING, ''))]
  const wanted = typed.split(/\s+/).map(folded).filter(Boolean)
  return wanted.every((word) => said.some((one) => one.includes(word)))
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(UNSEEN, '')
}
