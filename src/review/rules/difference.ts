import { diffArrays } from 'diff'

import { graphemes, segments } from '../../release/graphemes'
import { SENTENCE_BORDER } from '../../release/splitText'

/** A piece of a text that stayed, came or went. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Japanese has no spaces between words; the platform's own dictionary knows where they end. */
const words = new Intl.Segmenter('ja', { granularity: 'word' })

/**
 * What changed from one text to another: which sentences, and word by word what in them. Where next
 * to nothing stayed, the old stands before the new as a whole. *Pure.*
 */
export function differenceOf(before: string, after: string): DiffPart[] {
  return difference(before, after, (text) => [...segments(text, { segmenter: words, unsure: 2 })])
}

/**
 * {@link differenceOf} letter by letter, for what is compared on the server and in the browser: they
 * need not agree on where a word ends. *Pure.*
 */
export function letterDifferenceOf(before: string, after: string): DiffPart[] {
  return difference(before, after, (text) => [...graphemes(text)])
}

type Split = (text: string) => string[]

/**
 * The work of comparing grows with the square of how many pieces came and went, so that is bounded:
 * for the sentences of a text, for the words of a stretch, and for all of them by the length of the
 * texts.
 */
const MAX_SENTENCES = 400
const MAX_WORDS = 400
const WORK_PER_UNIT = 15
const LEAST_WORK = 10_000

function difference(before: string, after: string, split: Split): DiffPart[] {
  const sentences = compared(sentencesOf(before), sentencesOf(after), MAX_SENTENCES)
  let work = Math.max(LEAST_WORK, (before.length + after.length) * WORK_PER_UNIT)
  const parts = stretchesOf(sentences.runs).flatMap((stretch) => {
    if ('same' in stretch) return { kind: 'same' as const, text: stretch.same.join('') }
    return pairsOf(stretch).flatMap(([removed, added]) => {
      const most = Math.floor(Math.min(MAX_WORDS, Math.sqrt(work)))
      const { runs, edits } = compared(split(removed), split(added), most)
      work = Math.max(0, work - edits ** 2)
      return runs.map(({ kind, pieces }) => ({ kind, text: pieces.join('') }))
    })
  })
  return joined(parts)
}

interface Run {
  kind: DiffPart['kind']
  pieces: string[]
}

/** The difference of two lists; as a whole when more than `most` pieces came and went. */
function compared(before: string[], after: string[], most: number): { runs: Run[]; edits: number } {
  const isOneSided = before.length === 0 || after.length === 0
  const found = diffArrays(before, after, {
    maxEditLength: isOneSided ? before.length + after.length : most,
  }) ?? [
    { value: before, count: most, removed: true, added: false },
    { value: after, count: 0, removed: false, added: true },
  ]
  const changed = isOneSided ? [] : found.filter(({ added, removed }) => added || removed)
  const runs = found.map(({ added, removed, value }): Run => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', pieces: value }
  })
  return { runs, edits: changed.reduce((sum, { count }) => sum + count, 0) }
}

/** Sentences that stayed, or between those what went and what came. */
type Stretch = { same: string[] } | Changed

interface Changed {
  removed: string[]
  added: string[]
}

function stretchesOf(runs: readonly Run[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const { kind, pieces } of runs) {
    const last = stretches.at(-1)
    if (kind === 'same') stretches.push({ same: pieces })
    else if (last && !('same' in last)) last[kind].push(...pieces)
    else stretches.push({ removed: [], added: [], [kind]: [...pieces] })
  }
  return stretches
}

/** Each sentence beside the one in its place when there are as many, else all beside all. */
function pairsOf({ removed, added }: Changed): [string, string][] {
  if (removed.length !== added.length) return [[removed.join(''), added.join('')]]
  return removed.map((sentence, index) => [sentence, added[index] ?? ''])
}

/** Neighbours of one kind are one part. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const found: DiffPart[] = []
  for (const { kind, text } of parts.filter(({ text }) => text !== '')) {
    const last = found.at(-1)
    if (last?.kind === kind) found[found.length - 1] = { kind, text: last.text + text }
    else found.push({ kind, text })
  }
  return found
}

function sentencesOf(text: string): string[] {
  const lines = text.replace(/\r\n?/g, '\n').split(/(?<=\n)/)
  return lines.flatMap((line) => line.split(SENTENCE_BORDER))
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
    const letters = part.kind === 'same' ? [...graphemes(part.text)] : []
    const shown = (index === 0 ? 0 : AROUND) + (index === last ? 0 : AROUND)
    if (part.kind !== 'same' || last === 0 || letters.length <= shown + 1) return part
    const start = index === 0 ? [] : letters.slice(0, AROUND)
    const end = index === last ? [] : letters.slice(-AROUND)
    return { kind: 'same', text: [...start, '…', ...end].join('') }
  })
}
