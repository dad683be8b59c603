import { tokenize } from 'kuromojin'

import { readFurigana, writtenEnd, writtenStart } from './furigana'
import type { Reading } from './finder'
import { lint, type LintResult, type PlainRule } from './lint'
import { sentencesOf, textForDictionary, wordsOf, type Sentence } from './word'

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
export async function checkPlain(written: string): Promise<PlainFinding[]> {
  const readable = readFurigana(written)
  const { text } = readable
  if (!text.trim()) return []
  const dictionaryText = textForDictionary(text)
  const words = wordsOf(text, await tokenize(dictionaryText))
  const reading = { ...readable, dictionaryText, words, sentences: sentencesOf(text, words) }
  const found = await lint(reading)
  return found
    .filter((result) => !isSaidAlready(result, found))
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
    .map((result) => findingOf(result, reading))
}

/** A sentence with too many words is too long in characters as well: once is enough. */
function isSaidAlready({ rule, start }: LintResult, found: readonly LintResult[]): boolean {
  if (rule !== 'many-characters') return false
  return found.some((other) => other.rule === 'long-sentence' && Math.abs(other.start - start) < 3)
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
