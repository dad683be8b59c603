import type { KuromojiToken } from 'kuromojin'

import { inHiragana } from './furigana'
import { OWN_READINGS } from './wordList'

/** One word of a sentence as the dictionary knows it. */
export interface Word {
  surface: string
  /** Dictionary form: 食べ → 食べる. */
  basic: string
  /** Part of speech and its detail, e.g. 動詞 and 接尾. */
  pos: string
  detail: string
  /** In hiragana; null when the dictionary does not know it. */
  reading: string | null
  /** UTF-16 units in the text without readings. */
  start: number
  end: number
}

/** A sentence with its words; `end` is behind its full stop. */
export interface Sentence {
  text: string
  start: number
  end: number
  words: readonly Word[]
}

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** A sign that is in no dictionary. */
const UNKNOWN = '\uE000'

/** One unit of text that is a whole sign, or the end of a line. */
const SIMPLE = /^(?:[^\uD800-\uDFFF]|\r\n)$/

/**
 * The text as the dictionary may see it, each sign as long as it is: kuromoji counts emoji wrong,
 * drops words behind them and ends on half a surrogate pair, so it gets unknown signs instead. *Pure.*
 */
export function textForDictionary(text: string): string {
  return Array.from(graphemes.segment(text), ({ segment }) =>
    SIMPLE.test(segment) ? segment : UNKNOWN.repeat(segment.length),
  ).join('')
}

/**
 * The dictionary's tokens of {@link textForDictionary} as words of the text, our own words whole;
 * together they cover the text. *Pure.*
 */
export function wordsOf(text: string, tokens: readonly KuromojiToken[]): Word[] {
  let end = 0
  const words = tokens.map((token) => {
    const start = end
    end = start + token.surface_form.length
    const surface = text.slice(start, end)
    const isKnown = token.basic_form !== '*' && token.reading !== undefined
    return {
      surface,
      basic: isKnown ? token.basic_form : surface,
      pos: token.pos,
      detail: token.pos_detail_1,
      reading: token.reading && token.reading !== '*' ? inHiragana(token.reading) : null,
      start,
      end,
    }
  })
  return withOwnWords(words)
}

function withOwnWords(words: readonly Word[]): Word[] {
  const joined: Word[] = []
  for (let index = 0; index < words.length;) {
    const own = ownWordAt(words, index)
    const word = own?.word ?? words[index]
    if (word) joined.push(word)
    index += own?.count ?? 1
  }
  return joined
}

/** One of our own words that the dictionary has cut into several. */
function ownWordAt(words: readonly Word[], index: number): { word: Word; count: number } | null {
  for (let count = 1; count <= LONGEST_OWN; count += 1) {
    const pieces = words.slice(index, index + count)
    const surface = pieces.map((piece) => piece.surface).join('')
    const reading = OWN_READINGS[surface]
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (!reading || !first || !last) continue
    const word = {
      surface,
      basic: surface,
      pos: '名詞',
      detail: '一般',
      reading,
      start: first.start,
      end: last.end,
    }
    return { word, count }
  }
  return null
}

/** Most pieces the dictionary cuts one of our words into. */
const LONGEST_OWN = 4

const SENTENCE = /[^。!?\uff01\uff1f\n]+[。!?\uff01\uff1f」』)\uff09]*/g

/** The sentences of a text: up to 。!? or the end of the line. *Pure.* */
export function sentencesOf(text: string, words: readonly Word[]): Sentence[] {
  return [...text.matchAll(SENTENCE)]
    .filter(([sentence]) => sentence.trim())
    .map(({ 0: sentence, index: start }) => {
      const end = start + sentence.length
      const inside = words.filter((word) => word.start >= start && word.start < end)
      return { text: sentence.trim(), start, end, words: inside }
    })
}
