import { asWritten, hasKanji, type Furigana } from './furigana'
import { isInVariable, type Finder, type Found, type Reading } from './finder'
import type { Word } from './word'

/** A word with kanji, or several that make one: 母子 + 健康 + 手帳. */
interface Compound {
  surface: string
  words: Word[]
  start: number
  end: number
}

/** Words with kanji that have no reading the first time they come. *Pure.* */
export const findUnread: Finder = (reading) => {
  const read = new Set<string>()
  const found: Found[] = []
  const compounds = compoundsOf(reading.words.filter((word) => !isInVariable(reading, word)))
  for (const compound of compounds) {
    const own = reading.readings.filter(({ at }) => at > compound.start && at <= compound.end)
    const open = compound.words.filter((word) => isOpen(word, { compound, own, read }))
    if (open.length > 0)
      found.push(unread(reading, open.length < compound.words.length ? open : compound.words))
    for (const word of compound.words) read.add(word.basic)
  }
  return found
}

interface Context {
  compound: Compound
  own: readonly Furigana[]
  read: ReadonlySet<string>
}

function isOpen(word: Word, { compound, own, read }: Context): boolean {
  if (!hasKanji(word.surface) || read.has(word.basic)) return false
  return !own.some((furigana) => covers(furigana, word, compound))
}

/** A reading covers the word it stands behind, and as many words before as it has sounds for. */
function covers({ at, kana }: Furigana, word: Word, { words }: Compound): boolean {
  let rest = kana.length
  for (const candidate of words.toReversed()) {
    if (candidate.start >= at) continue
    if (candidate === word) return rest > 0
    rest -= candidate.reading?.length ?? candidate.surface.length
  }
  return false
}

/** Nouns of kanji alone that follow each other are read as one word. */
function compoundsOf(words: readonly Word[]): Compound[] {
  const compounds: Compound[] = []
  for (const word of words) {
    if (!hasKanji(word.surface)) continue
    const last = compounds.at(-1)
    if (last && isPartOf(last, word)) {
      last.words.push(word)
      last.end = word.end
      last.surface += word.surface
    } else compounds.push({ ...word, words: [word] })
  }
  return compounds
}

/** Longer than any word there is: the work of a compound grows with the cube of its words. */
const MAX_COMPOUND = 12

function isPartOf({ words, end }: Compound, word: Word): boolean {
  if (words.length === MAX_COMPOUND || end !== word.start) return false
  return isPart(word) && words.every(isPart)
}

function isPart({ pos, surface }: Word): boolean {
  return pos === '名詞' && /^[\p{Script=Han}々]+$/u.test(surface)
}

function unread(reading: Reading, words: readonly Word[]): Found {
  const [first, last] = [words[0], words.at(-1)]
  const surface = words.map((word) => word.surface).join('')
  const place = { start: first?.start ?? 0, end: last?.end ?? 0 }
  const why = `「${asWritten(reading, place)}」に読みがありません。`
  const kana = words.every(({ reading }) => reading)
    ? words.map((word) => word.reading).join('')
    : ''
  if (!kana) {
    return {
      ...place,
      why,
      advice: '初めて出てくるところに、漢字(かんじ)のように読みを入れてください。',
    }
  }
  const { length, text } = proposal(surface, kana)
  const at = place.start + length
  const [before, after] = [
    { ...place, end: at },
    { ...place, start: at },
  ]
  const shown = `${asWritten(reading, before)}${text}${asWritten(reading, after)}`
  return {
    ...place,
    why,
    advice: `「${shown}」のように、初めて出てくるところに読みを入れてください。`,
    insert: { at, text },
  }
}

/** The reading behind the kanji alone: 食べる → 食(た)べる, か月 → か月(げつ). *Pure.* */
function proposal(surface: string, kana: string): { length: number; text: string } {
  const before = /^[ぁ-ゖ]*/u.exec(surface)?.[0] ?? ''
  const rest = surface.slice(before.length)
  const after = /(?<![ぁ-ゖ])[ぁ-ゖ]+$/u.exec(rest)?.[0] ?? ''
  const core = rest.slice(0, rest.length - after.length)
  const isPlain =
    kana.startsWith(before) && kana.endsWith(after) && kana.length > before.length + after.length
  if (!isPlain || /[ぁ-ゖ]/.test(core)) return { length: surface.length, text: `(${kana})` }
  const sound = kana.slice(before.length, kana.length - after.length)
  return { length: before.length + core.length, text: `(${sound})` }
}
