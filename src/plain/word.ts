import type { KuromojiToken } from 'kuromojin'

import { inHiragana, UNKNOWN } from './furigana'
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

/** What a dictionary says of a stretch of text. */
type Token = Pick<KuromojiToken, 'surface_form' | 'basic_form' | 'pos' | 'pos_detail_1'> &
  Partial<Pick<KuromojiToken, 'reading'>>

/**
 * Where the dictionary begins anew, so that no word is changed by an emoji before it or by what
 * stands in another clause.
 */
const BETWEEN = new RegExp(`(${UNKNOWN.sign}+|${UNKNOWN.kanji}+|[\\r\\n]+|[、。!?\uff01\uff1f]+)`)

/** Units the dictionary gets at once: its work grows with the square of them. */
export const MAX_PIECE = 100

/** Looks a piece of text up in the dictionary. */
export type Tokenize = (text: string) => Promise<readonly Token[]>

/** The dictionary's tokens of a {@link ReadableText.dictionaryText}; together they are it. */
export async function tokensOf(dictionaryText: string, tokenize: Tokenize): Promise<Token[]> {
  const tokens: Token[] = []
  for (const [index, run] of dictionaryText.split(BETWEEN).entries()) {
    if (run !== '' && index % 2 === 1) tokens.push(signToken(run))
    else for (const piece of piecesOf(run)) tokens.push(...(await tokenize(piece)))
  }
  return tokens
}

function piecesOf(run: string): string[] {
  const count = Math.ceil(run.length / MAX_PIECE)
  return Array.from({ length: count }, (_, index) =>
    run.slice(index * MAX_PIECE, (index + 1) * MAX_PIECE),
  )
}

function signToken(surface_form: string): Token {
  const pos = surface_form.startsWith(UNKNOWN.kanji) ? '名詞' : '記号'
  return { surface_form, basic_form: '*', pos, pos_detail_1: '一般' }
}

/**
 * The dictionary's tokens as words of the text, our own words whole; together they cover the text. *Pure.*
 */
export function wordsOf(text: string, tokens: readonly Token[]): Word[] {
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
  let next = 0
  return [...text.matchAll(SENTENCE)]
    .filter(([sentence]) => sentence.trim())
    .map(({ 0: sentence, index: start }) => {
      const end = start + sentence.length
      const inside: Word[] = []
      for (let word = words[next]; word && word.start < end; word = words[(next += 1)]) {
        if (word.start >= start) inside.push(word)
      }
      return { text: sentence.trim(), start, end, words: inside }
    })
}
