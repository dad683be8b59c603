import type { RoutedIdentity } from '../plan/route'
import type { MoveKind } from './movePlan'

/** Where one reader stands in a move: each is in exactly one. */
export const READER_STATES = [
  { value: 'linked', label: '新しい届け先に移った' },
  { value: 'fellBack', label: '移ったあとでブロックし、メールに戻った' },
  { value: 'blockedThere', label: '移ったあとでブロックした' },
  { value: 'asked', label: 'お知らせを送った(まだ移っていない)' },
  { value: 'unknown', label: 'お知らせを送れたか分からない(まだ移っていない)' },
  { value: 'refused', label: 'お知らせを送れなかった(まだ移っていない)' },
  { value: 'waiting', label: 'お知らせがまだ' },
  { value: 'blockedHere', label: '前の届け先に届かない(ブロックなど)' },
  { value: 'elsewhere', label: '自分でほかの届け先に変えた' },
  { value: 'stopped', label: '配信を止めた・終わった・転出した' },
] as const

/** Code of one of {@link READER_STATES}. */
export type ReaderState = (typeof READER_STATES)[number]['value']

/** What a state is called in a move of a kind: within a provider nobody moves, and some become friends. *Pure.* */
export function stateLabel(state: ReaderState, kind: MoveKind): string {
  const own = kind === 'sameProvider' ? WITHIN_PROVIDER[state] : undefined
  return own ?? READER_STATES.find(({ value }) => value === state)?.label ?? state
}

const WITHIN_PROVIDER: Partial<Record<ReaderState, string>> = {
  linked: '新しいアカウントから届く(友だち)',
  blockedThere: '新しいアカウントをブロックした',
  asked: 'お知らせを送った(まだ新しいアカウントの友だちでない)',
  unknown: 'お知らせを送れたか分からない(まだ友だちでない)',
  refused: 'お知らせを送れなかった(まだ友だちでない)',
}

/** What became of a letter about the move. */
export type LetterOutcome = 'accepted' | 'rejected' | 'unknown'

/** What a reader's state in a move follows from. */
export interface ReaderFacts {
  kind: MoveKind
  /** Provider of the account that is left and of the one that is moved to; `mail` of mail. */
  from: string
  to: string
  /** Texts of at least one child come to them, from this municipality. */
  isServed: boolean
  identities: readonly Pick<RoutedIdentity, 'account' | 'status'>[]
  /** Of a move within a provider: whether LINE says that the new account reaches them. */
  isThere?: boolean | undefined
  letters: readonly (LetterOutcome | null)[]
}

/** Where a reader stands. *Pure.* */
export function readerState(facts: ReaderFacts): ReaderState {
  const { kind, from, to, isServed, identities } = facts
  if (!isServed) return 'stopped'
  const here = identities.find(({ account }) => account === from)
  const there = kind === 'sameProvider' ? here : identities.find(({ account }) => account === to)
  const hasMoved = kind === 'sameProvider' ? facts.isThere === true : there !== undefined
  if (there && hasMoved) {
    if (there.status === 'active') return 'linked'
    return here && here !== there && here.status === 'active' ? 'fellBack' : 'blockedThere'
  }
  if (!here) return 'elsewhere'
  if (here.status !== 'active') return 'blockedHere'
  return letterState(facts.letters)
}

/** The best that is known of what was written to somebody. */
function letterState(letters: ReaderFacts['letters']): ReaderState {
  if (letters.includes('accepted')) return 'asked'
  if (letters.some((one) => one === null || one === 'unknown')) return 'unknown'
  return letters.length > 0 ? 'refused' : 'waiting'
}

/** How many stand where; every state has a number. */
export type MoveCounts = Record<ReaderState, number>

/** Counts states. *Pure.* */
export function countStates(states: Iterable<ReaderState>): MoveCounts {
  const counts = Object.fromEntries(READER_STATES.map(({ value }) => [value, 0])) as MoveCounts
  for (const state of states) counts[state] += 1
  return counts
}
