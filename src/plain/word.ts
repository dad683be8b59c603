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

/** The dictionary's tokens as words, our own words whole; together they cover the text. *Pure.* */
export function wordsOf(tokens: readonly KuromojiToken[]): Word[] {
  let start = 0
  const words = tokens.map((token) => {
    const surface = token.surface_form
    const word = { surface, start, end: start + surface.length }
    start = word.end
    const isKnown = token.basic_form !== '*' && token.reading !== undefined
    return {
      ...word,
      basic: isKnown ? token.basic_form : surface,
      pos: token.pos,
      detail: token.pos_detail_1,
      reading: token.reading && token.reading !== '*' ? inHiragana(token.reading) : null,
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
  const first = words[index]
  if (!first) return null
  let surface = ''
  for (let count = 1; count <= LONGEST_OWN && index + count <= words.length; count += 1) {
    const last = words[index + count - 1] ?? first
    surface += last.surface
    const reading = OWN_READINGS[surface]
    if (!reading) continue
    const whole = { surface, basic: surface, reading, start: first.start, end: last.end }
    return { word: { ...whole, pos: '名詞', detail: '一般' }, count }
  }
  return null
}

/** Most pieces the dictionary cuts one of our words into. */
const LONGEST_OWN = 4

const SENTENCE = /[^。!?\uff01\uff1f\n]+[。!?\uff01\uff1f」』)\uff09]*/g

/** The sentences of a text: up to 。!? or the end of the line. *Pure.* */
export function sentencesOf(text: string, words: readonly Word[]): Sentence[] {
  const sentences: Sentence[] = []
  let next = 0
  for (const match of text.matchAll(SENTENCE)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const first = firstFrom(words, next, start)
    next = firstFrom(words, first, end)
    const inside = words.slice(first, next)
    if (match[0].trim()) sentences.push({ text: match[0].trim(), start, end, words: inside })
  }
  return sentences
}

/** Index of the first word at or behind a place, looked for from an index on. */
function firstFrom(words: readonly Word[], from: number, place: number): number {
  let index = from
  while (index < words.length && (words[index]?.start ?? place) < place) index += 1
  return index
}
