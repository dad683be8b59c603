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

/** Letters of what stayed that are shown on each side of a change. */
const AROUND = 40

/** A difference without the long stretches that stayed; `…` stands for them. *Pure.* */
export function aroundChanges(parts: readonly DiffPart[]): DiffPart[] {
  const last = parts.length - 1
  return parts.map((part, index) => {
    const letters = [...part.text]
    const shown = (index === 0 ? 0 : AROUND) + (index === last ? 0 : AROUND)
    if (part.kind !== 'same' || last === 0 || letters.length <= shown + 1) return part
    const start = index === 0 ? [] : letters.slice(0, AROUND)
    const end = index === last ? [] : letters.slice(-AROUND)
    return { kind: 'same', text: [...start, '…', ...end].join('') }
  })
}

function wordsOf(text: string): string[] {
  return [...words.segment(text.replace(/\r\n?/g, '\n'))].map(({ segment }) => segment)
}
