import { setImmediate } from 'node:timers/promises'

import { tokenize } from 'kuromojin'

import { readFurigana, writtenEnd, writtenStart } from './furigana'
import type { Reading } from './finder'
import { lint, type LintResult, type PlainRule } from './lint'
import { sentencesOf, tokensOf, wordsOf, type Sentence, type Tokenize } from './word'

/** Advice on one place of a text in plain Japanese; positions count UTF-16 units as written. */
export interface PlainFinding {
  rule: PlainRule
  start: number
  end: number
  /** The sentence it stands in. */
  sentence: string
  why: string
  advice: string
  /** A reading that can be put in with one click. */
  insert?: { at: number; text: string }
}

/**
 * Everything a reader of plain Japanese may stumble over, in the order of the text. Advice only:
 * the writer decides. The dictionary is loaded by the first call (about a second).
 */
export async function checkPlain(
  written: string,
  pause: () => Promise<void> = setImmediate,
): Promise<PlainFinding[]> {
  const readable = readFurigana(written)
  const { text } = readable
  if (!text.trim()) return []
  const lookUp = pausing(pause)
  const words = wordsOf(text, await tokensOf(readable.dictionaryText, lookUp))
  const reading = { ...readable, words, sentences: sentencesOf(text, words) }
  const found = await lint(reading, pause)
  const long = new Set(
    found.filter(({ rule }) => rule === 'long-sentence').map(({ start }) => start),
  )
  return found
    .filter((result) => !isSaidAlready(result, long))
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((result) => findingOf(result, reading))
}

/** Units of text that are looked up in one go: some ten milliseconds of work. */
const UNITS_A_TURN = 500

/** Asks the dictionary, and waits for the others' turn now and then. */
function pausing(pause: () => Promise<void>): Tokenize {
  let units = 0
  return async (text) => {
    units += text.length
    if (units >= UNITS_A_TURN) {
      units = 0
      await pause()
    }
    return tokenize(text)
  }
}

/** A sentence with too many words is too long in characters as well: once is enough. */
function isSaidAlready({ rule, start }: LintResult, long: ReadonlySet<number>): boolean {
  if (rule !== 'many-characters') return false
  return [-2, -1, 0, 1, 2].some((distance) => long.has(start + distance))
}

function findingOf(
  { rule, start, end, why, advice, insert }: LintResult,
  reading: Reading,
): PlainFinding {
  return {
    rule,
    why,
    advice,
    sentence: sentenceAt(reading.sentences, start)?.text ?? '',
    start: writtenStart(reading, start),
    end: writtenEnd(reading, end),
    ...(insert && { insert: { at: writtenEnd(reading, insert.at), text: insert.text } }),
  }
}

function sentenceAt(sentences: readonly Sentence[], start: number): Sentence | undefined {
  return sentences.find((sentence) => start >= sentence.start && start < sentence.end)
}
