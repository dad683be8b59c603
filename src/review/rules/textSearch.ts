import { isContentCollection, type ContentCollection } from '../../release/contentKind'
import { SHOWN_STATES, type ShownState } from './state'

/** What somebody looks for among the texts they may read. */
export interface TextQuestion {
  collection: ContentCollection
  /** Empty looks at all. */
  state: ShownState | ''
  /** Parts of a title or a text, between spaces; all of them must be in it. */
  words: string
  /** From 1 on. */
  page: number
}

/** Longer than anything that is looked for. */
const MAX_WORDS = 200

/**
 * The question in an address; what cannot be read is left out, and a collection that is not among
 * these falls to the first of them. *Pure.*
 */
export function readTextQuestion(
  params: Readonly<Record<string, unknown>>,
  collections: readonly ContentCollection[],
): TextQuestion {
  const { kind, state, words, page } = params
  const asked = isContentCollection(kind) && collections.includes(kind) ? kind : collections[0]
  return {
    collection: asked ?? 'kizuna-add-ons',
    state: SHOWN_STATES.find(({ code }) => code === state)?.code ?? '',
    words: typeof words === 'string' ? words.slice(0, MAX_WORDS).trim() : '',
    page: Math.max(1, Math.floor(Number(page)) || 1),
  }
}

/** The question as an address asks it, with the page left out when it is the first. *Pure.* */
export function textAddress(question: Partial<TextQuestion>): string {
  const { collection, state, words, page = 1 } = question
  const named = { kind: collection, state, words, page: page > 1 ? String(page) : '' }
  const said = Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return `/texts?${new URLSearchParams(said).toString()}`
}
