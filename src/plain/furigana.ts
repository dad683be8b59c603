import { graphemes } from '../release/graphemes'
import { composeMarks } from '../release/plainText'

/** A reading in brackets behind a word: 漢字(かんじ). Positions count UTF-16 units. */
export interface Furigana {
  /** Where the word ends, in the text without readings. */
  at: number
  /** The reading in hiragana. */
  kana: string
}

/** A text without its readings, and the way back to the text as it was written. */
export interface ReadableText {
  written: string
  /**
   * The text as one reads it aloud once: no readings, each `{{variable}}` as a word, marks composed,
   * no variation selectors and nothing that shows nothing.
   */
  text: string
  /** As long as `text`, with an unknown sign for what the dictionary trips over. */
  dictionaryText: string
  /** For each unit of `text`: where in `written` the sign it belongs to begins and ends. */
  places: readonly Place[]
  /** Where a `{{variable}}` stands in `text`; its value is not the writer's. */
  variables: readonly Place[]
  readings: readonly Furigana[]
}

/** UTF-16 units, the end not included. */
interface Place {
  start: number
  end: number
}

const KANJI = /[\p{Script=Han}々〆ヶ]/u

/**
 * A reading in half-width or full-width brackets, also mixed; or a variable. A reading follows a
 * kanji or the kana that belong to the word: 引き出し(ひきだし). Its kana may be in pieces (か and a
 * mark) or of half width.
 */
const PART =
  /[(\uff08]((?:[ぁ-ゖァ-ヶー・ \u3000\uff65-\uff9f]|\u3099|\u309a)+)[)\uff09]|\{\{([^{}]*)\}\}/gu

/** Stand for what is in no dictionary: a sign such as an emoji, and a rare kanji. */
export const UNKNOWN = { sign: '\uE000', kanji: '\uE001' } as const

/** One unit of text that is a whole sign, or the end of a line. */
const SIMPLE = /^(?:[^\uD800-\uDFFF]|\r\n)$/

/** Whether a text holds a kanji. *Pure.* */
export function hasKanji(text: string): boolean {
  return KANJI.test(text)
}

/** A text in hiragana, katakana turned into it. *Pure.* */
export function inHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
}

/** Takes the readings out of a text; half-width and full-width brackets are read. *Pure.* */
export function readFurigana(written: string): ReadableText {
  const signs = signsOf(written)
  const found = { text: '', dictionaryText: '', places: [] as Place[] }
  const variables: Place[] = []
  const readings: Furigana[] = []
  const take = (from: number, to: number, whole?: Place) => {
    const start = found.text.length
    for (const { sign, place } of signs.between(from, to)) {
      found.text += sign
      found.dictionaryText += SIMPLE.test(sign) ? sign : unknown(sign)
      for (let unit = 0; unit < sign.length; unit += 1) found.places.push(whole ?? place)
    }
    return { start, end: found.text.length }
  }
  let last = 0
  for (const part of written.matchAll(PART)) {
    const [{ length }, kana, variable] = part
    const place = { start: part.index, end: part.index + length }
    const name = { start: place.start + 2, end: place.end - 2 }
    if (![place, ...(variable === undefined ? [] : [name])].every(signs.areWhole)) continue
    take(last, place.start)
    last = place.end
    if (variable !== undefined) variables.push(take(name.start, name.end, place))
    else if (kana && followsWord(found.text)) {
      readings.push({ at: found.text.length, kana: kanaOf(kana) })
    } else take(place.start, place.end)
  }
  take(last, written.length)
  return { written, ...found, variables, readings }
}

/** The signs of a text and where they stand, so that no place is ever inside one. */
function signsOf(written: string) {
  const signs: { sign: string; place: Place }[] = []
  const indexes = new Map<number, number>()
  let start = 0
  for (const segment of graphemes(written)) {
    indexes.set(start, signs.length)
    signs.push({ sign: readSign(segment), place: { start, end: start + segment.length } })
    start += segment.length
  }
  indexes.set(start, signs.length)
  return {
    areWhole: ({ start, end }: Place) => indexes.has(start) && indexes.has(end),
    between: (from: number, to: number) => signs.slice(indexes.get(from), indexes.get(to)),
  }
}

const SHOWS_NOTHING = /^[\p{Cf}\p{Default_Ignorable_Code_Point}]+$/u

function unknown(sign: string): string {
  return UNKNOWN[hasKanji(sign) ? 'kanji' : 'sign'].repeat(sign.length)
}

/** A sign as the dictionary has it: か and its mark as one, no selector, kana of full width. */
function readSign(sign: string): string {
  if (SHOWS_NOTHING.test(sign)) return ''
  const bare = composeMarks(sign.replace(/\p{Variation_Selector}/gu, ''))
  return /^[\uff65-\uff9f]+$/.test(bare) ? bare.normalize('NFKC') : bare
}

function kanaOf(written: string): string {
  return inHiragana(written.normalize('NFKC')).replace(/[・ ]/g, '')
}

/** Brackets with kana are a reading only behind a word with a kanji: 〇〇(おやつ) is none. */
function followsWord(text: string): boolean {
  return /[\p{Script=Han}々〆ヶ][ぁ-ゖ]{0,4}$/u.test(text.slice(-MAX_WORD_END))
}

/** Units of a kanji and the kana behind it. */
const MAX_WORD_END = 6

/** The place in the written text right behind a unit of the text without readings. *Pure.* */
export function writtenEnd({ places }: ReadableText, end: number): number {
  return end === 0 ? 0 : (places[end - 1]?.end ?? 0)
}

/** The place in the written text of a unit of the text without readings. *Pure.* */
export function writtenStart({ places, written }: ReadableText, start: number): number {
  return places[start]?.start ?? written.length
}

/** A stretch of the text as it was written, without the readings in it. *Pure.* */
export function asWritten({ places, written }: ReadableText, { start, end }: Place): string {
  const signs = new Map(places.slice(start, end).map((place) => [place.start, place]))
  return Array.from(signs.values(), (place) => written.slice(place.start, place.end)).join('')
}
