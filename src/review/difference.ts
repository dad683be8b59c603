import { diffArrays } from 'diff'

/** A piece of a text that stayed, came or went. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Japanese has no spaces between words; the platform's own dictionary knows where they end. */
const words = new Intl.Segmenter('ja', { granularity: 'word' })

/** What changed from one text to another, word by word. *Pure.* */
export function differenceOf(before: string, after: string): DiffPart[] {
  return diffArrays(wordsOf(before), wordsOf(after)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

/** One side of a difference: what was there before, or what is there now. *Pure.* */
export function sideOf(parts: readonly DiffPart[], side: 'before' | 'after'): DiffPart[] {
  const other = side === 'before' ? 'added' : 'removed'
  return parts.filter(({ kind }) => kind !== other)
}

function wordsOf(text: string): string[] {
  return [...words.segment(text.replace(/\r\n?/g, '\n'))].map(({ segment }) => segment)
}
