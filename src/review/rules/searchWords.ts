import type { ReleaseContent } from '../../release/content'
import { asHiragana } from '../../release/hiragana'
import { pictureOfName } from '../../release/picture'

const SMALL = 'ぁぃぅぇぉっゃゅょゎゕゖ'
const LARGE = 'あいうえおつやゆよわかけ'
const SMALL_TO_LARGE = new Map([...SMALL].map((small, place) => [small, LARGE[place] ?? small]))

/**
 * Text as it is searched: width, case, katakana or hiragana, small or large kana, long marks, spaces
 * and punctuation make no difference, so 「ロタウィルス」 finds 「ろたウイルス」. *Pure.*
 */
export function asSearched(text: string): string {
  return asHiragana(text.normalize('NFKC').toLowerCase())
    .replace(/[ぁ-ゖ]/gu, (kana) => SMALL_TO_LARGE.get(kana) ?? kana)
    .replace(/[^\p{L}\p{N}]|ー/gu, '')
}

/**
 * What an index finds a text by, each once: the pairs of neighbouring letters, and letters that tell
 * something alone, which kana do not. *Pure.*
 */
export function pairsOf(parts: readonly string[]): string[] {
  return [
    ...new Set(
      parts.flatMap((part) => {
        const letters = [...asSearched(part)]
        return [...pairs(letters), ...letters.filter((letter) => !isKana(letter))]
      }),
    ),
  ]
}

/** What is asked of that index, and of what it finds. */
export interface SearchedWords {
  /** All of these are in the text's index. */
  pairs: string[]
  /** What has to be in the text, as it is searched. */
  words: string[]
}

/** More pairs than these narrow nothing further down. */
const MOST_PAIRS = 40

/** What is searched for the words between the spaces of a question. *Pure.* */
export function searchedWords(question: string): SearchedWords {
  const words = question.split(/\s+/u).map(asSearched).filter(Boolean)
  const found = words.flatMap((word) => {
    const letters = [...word]
    return letters.length > 1 ? pairs(letters) : letters.filter((letter) => !isKana(letter))
  })
  // Kanji and Latin letters are in fewer texts than kana: what narrows most comes first.
  const inOrder = [...new Set(found)].toSorted((a, b) => kanaIn(a) - kanaIn(b))
  return { words, pairs: inOrder.slice(0, MOST_PAIRS) }
}

/** What of a text is looked at: its name, its place, and all that readers see of it. *Pure.* */
export function searchedParts(content: ReleaseContent, named: readonly string[]): string[] {
  if (content.type === 'manuscript') return [...named, content.subject, content.body]
  const inBlocks = content.blocks.flatMap(({ blockType: _type, ...texts }) =>
    Object.values(texts).filter(
      (text) => text !== null && !/^https?:/u.test(text) && pictureOfName(text) === null,
    ),
  )
  return [...named, content.title, ...(inBlocks as string[])]
}

function pairs(letters: readonly string[]): string[] {
  return letters.slice(1).map((letter, place) => `${letters[place]}${letter}`)
}

function kanaIn(pair: string): number {
  return [...pair].filter(isKana).length
}

function isKana(letter: string): boolean {
  return /[ぁ-ゖ]/u.test(letter)
}
