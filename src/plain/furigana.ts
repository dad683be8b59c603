/** A reading in brackets behind a word: 漢字(かんじ). Positions count UTF-16 units. */
export interface Furigana {
  /** Where the word ends, in the text without readings. */
  at: number
  /** The reading in hiragana. */
  kana: string
}

/** A text without its readings, and the way back to the text as it was written. */
export interface ReadableText {
  /** The text as one reads it aloud once: no readings, each `{{variable}}` as a word. */
  text: string
  /** For each unit of `text` and its end: where it was written. */
  origins: readonly number[]
  /** Where a `{{variable}}` stands in `text`; its value is not the writer's. */
  variables: readonly { start: number; end: number }[]
  readings: readonly Furigana[]
}

const KANJI = /[\p{Script=Han}々〆ヶ]/u

/**
 * A reading in half-width or full-width brackets, also mixed; or a variable. A reading follows a
 * kanji or the kana that belong to the word: 引き出し(ひきだし).
 */
const PART = /[(\uff08]([ぁ-ゖァ-ヶー・ \u3000]+)[)\uff09]|\{\{([^{}]*)\}\}/gu

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
  const found = { text: '', origins: [] as number[] }
  const variables: { start: number; end: number }[] = []
  const readings: Furigana[] = []
  const take = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) found.origins.push(index)
    found.text += written.slice(from, to)
  }
  let last = 0
  for (const part of written.matchAll(PART)) {
    const [whole, kana, variable] = part
    take(last, part.index)
    last = part.index + whole.length
    const start = found.text.length
    if (variable !== undefined) {
      take(part.index + 2, last - 2)
      found.origins.splice(start, 1, part.index)
      if (found.text.length > start) found.origins.splice(-1, 1, last - 1)
      variables.push({ start, end: found.text.length })
    } else if (kana && followsWord(found.text)) {
      readings.push({ at: start, kana: inHiragana(kana).replace(/[・ \u3000]/g, '') })
    } else take(part.index, last)
  }
  take(last, written.length)
  return { text: found.text, origins: [...found.origins, written.length], variables, readings }
}

/** Brackets with kana are a reading only behind a word with a kanji: 〇〇(おやつ) is none. */
function followsWord(text: string): boolean {
  return /[\p{Script=Han}々〆ヶ][ぁ-ゖ]{0,4}$/u.test(text)
}

/** The place in the written text right behind a unit of the text without readings. *Pure.* */
export function writtenEnd({ origins }: ReadableText, end: number): number {
  return end === 0 ? 0 : (origins[end - 1] ?? 0) + 1
}

/** The place in the written text of a unit of the text without readings. *Pure.* */
export function writtenStart({ origins }: ReadableText, start: number): number {
  return origins[start] ?? origins.at(-1) ?? 0
}
