import { readSlot } from '../fields/slotField'
import type { Edition } from '../plugin/options'
import type { ManuscriptContent } from '../release/content'
import type { LatestRelease } from '../review/rules/decide'
import { slotLabel, slotSortKey } from '../stage/slot'

/** A manuscript as far as the comparison of editions needs it. */
export interface PairedText {
  id: string
  title: string
  /** Id of the series. */
  series: string
  content: ManuscriptContent
  /** Hash of the newest draft or version. */
  contentHash: string
  release: LatestRelease | null
}

/** What the standard edition said when an easy text was last brought in line. */
export interface Alignment {
  standardHash: string
  /** Whether somebody compared the two; not so of what is only written against it. */
  isCompared: boolean
  /** ISO instant. */
  at: string
}

/**
 * How a text in plain Japanese stands to its standard one: `changed` since it was written or brought
 * in line, `unchecked` (nobody has compared the two), `missing` for a standard text that readers get,
 * `withdrawn` standard text, `alone` without any, `ended` where both are withdrawn, or `inLine`.
 */
export type PairState =
  'changed' | 'unchecked' | 'missing' | 'withdrawn' | 'alone' | 'ended' | 'inLine'

/** The states in Japanese, in the order of what to do first. */
export const PAIR_STATE_LABELS: Readonly<Record<PairState, string>> = {
  changed: '標準版が変わった',
  withdrawn: '標準版が取り下げられた',
  missing: '標準版だけがある',
  unchecked: '標準版と読み比べていない',
  alone: '標準版がない',
  ended: '標準版もこの版も取り下げ済み',
  inLine: '標準版と合っている',
}

/** Whether there is something to do about a pair. *Pure.* */
export function isToDo({ state }: Pick<PlainPair, 'state'>): boolean {
  return state !== 'inLine' && state !== 'ended'
}

/** One slot of a plain edition beside the standard one. */
export interface PlainPair {
  series: string
  slot: string
  slotLabel: string
  slotSortKey: number
  /** Code of the plain edition. */
  edition: string
  state: PairState
  standard: { id: string; title: string; isLive: boolean } | null
  plain: { id: string; title: string; isLive: boolean } | null
  /** ISO instant of the last time it was brought in line, or null. */
  alignedAt: string | null
}

/** Hash of what counts as the standard text: what readers get, else the newest draft. *Pure.* */
export function standardHashOf({ release, contentHash }: PairedText): string {
  return release?.action === 'publish' ? release.contentHash : contentHash
}

/** Every slot of each plain edition beside the first edition, in the order of the slots. *Pure.* */
export function pairsOf(
  texts: readonly PairedText[],
  editions: readonly Edition[],
  alignments: ReadonlyMap<string, Alignment>,
): PlainPair[] {
  const [first] = editions
  const standards = byPlace(texts.filter(({ content }) => content.edition === first?.code))
  return editions
    .filter(({ isPlain }) => isPlain)
    .flatMap(({ code }) => {
      const plains = byPlace(texts.filter(({ content }) => content.edition === code))
      return [...new Set([...standards.keys(), ...plains.keys()])].flatMap((place) => {
        const [standard, plain] = [standards.get(place) ?? null, plains.get(place) ?? null]
        const aligned = plain ? (alignments.get(plain.id) ?? null) : null
        const state = stateOf({ standard, plain, aligned })
        return state ? [asPair({ standard, plain, aligned, state, edition: code })] : []
      })
    })
    .toSorted((a, b) => a.slotSortKey - b.slotSortKey)
}

interface Sides {
  standard: PairedText | null
  plain: PairedText | null
  aligned: Alignment | null
}

/** Null where there is nothing to say: a standard text that readers do not get yet. */
function stateOf({ standard, plain, aligned }: Sides): PairState | null {
  if (!plain) return isLive(standard) ? 'missing' : null
  if (!standard) return 'alone'
  if (standard.release?.action === 'withdraw') {
    return plain.release?.action === 'withdraw' ? 'ended' : 'withdrawn'
  }
  if (!aligned) return 'unchecked'
  if (aligned.standardHash !== standardHashOf(standard)) return 'changed'
  return aligned.isCompared ? 'inLine' : 'unchecked'
}

function asPair(sides: Sides & { state: PairState; edition: string }): PlainPair {
  const { standard, plain, aligned, state, edition } = sides
  const { series = '', content } = plain ?? standard ?? {}
  const slot = content?.slot ?? ''
  return {
    series,
    slot,
    state,
    edition,
    ...placed(slot),
    standard: standard && { id: standard.id, title: standard.title, isLive: isLive(standard) },
    plain: plain && { id: plain.id, title: plain.title, isLive: isLive(plain) },
    alignedAt: aligned?.at ?? null,
  }
}

function isLive(text: PairedText | null): boolean {
  return text?.release?.action === 'publish'
}

function placed(code: string) {
  const slot = readSlot(code)
  return slot
    ? { slotLabel: slotLabel(slot), slotSortKey: slotSortKey(slot) }
    : { slotLabel: code, slotSortKey: 0 } // a draft whose slot cannot be read
}

/** By series, slot and kind: that is what two editions of one text have in common. */
function byPlace(texts: readonly PairedText[]): Map<string, PairedText> {
  return new Map(
    texts.map((text) => [`${text.series}|${text.content.slot}|${text.content.kind}`, text]),
  )
}
