import { diffArrays } from 'diff'

/** A piece of a text: kept, put in, or taken out. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })

/** What changed between two Japanese texts, word by word. *Pure.* */
export function textDiff(before: string, after: string): DiffPart[] {
  return diffArrays(wordsIn(before), wordsIn(after)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

function wordsIn(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}
