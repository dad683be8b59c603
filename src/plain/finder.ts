import type { ReadableText } from './furigana'
import type { Sentence, Word } from './word'

/** What all checks look at. */
export interface Reading extends ReadableText {
  words: readonly Word[]
  sentences: readonly Sentence[]
}

/** Something a reader of plain Japanese may stumble over; positions in the text without readings. */
export interface Found {
  start: number
  end: number
  /** Why it is hard, one sentence. */
  why: string
  /** What to do, one sentence. */
  advice: string
  /** Text to be put in, and where. */
  insert?: { at: number; text: string }
}

/** A check of our own. *Pure.* */
export type Finder = (reading: Reading) => Found[]

/** Whether a place belongs to a `{{variable}}`, whose words are not the writer's. *Pure.* */
export function isInVariable({ variables }: Reading, { start }: { start: number }): boolean {
  return variables.some((variable) => start >= variable.start && start < variable.end)
}
