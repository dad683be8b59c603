import type { ReviewInput } from './decide'
import { outOfPeriod, type OutOfPeriod } from '../../release/period'
import type { LocalDay } from '../../stage/day'

/** Where a manuscript or add-on stands; computed, never stored. */
export type ReviewState =
  | 'draft'
  | 'in_review'
  | 'needs_changes'
  | 'approved'
  | 'published'
  | 'review_overdue'
  | 'withdrawn'

/** The states in Japanese, as lists and badges show them. */
export const REVIEW_STATE_LABELS: Readonly<Record<ReviewState, string>> = {
  draft: '下書き',
  in_review: '監修中',
  needs_changes: '修正依頼あり',
  approved: '承認済み',
  published: '公開中',
  review_overdue: '公開中(見直し期限切れ)',
  withdrawn: '取り下げ済み',
}

/** A state that another wording goes through after a release. */
type Rewriting = 'draft' | 'in_review' | 'needs_changes' | 'approved'

/**
 * The state of a document and that of what readers get of it, in one code: every list, count, map
 * and form says it by this.
 */
export type ShownState = ReviewState | OutOfPeriod | `${LastRelease}_${Rewriting}`

/** What became of a document's last release: of an add-on's, also that its period has not begun, or is over. */
type LastRelease = 'live' | OutOfPeriod | 'withdrawn'

/** What is counted and filtered by: a document's own state, and what became of its last release. */
export interface StateAndLive {
  state: ReviewState
  /** Whether its newest release is out, and would be sent in its period. */
  isLive: boolean
  /** Whether its newest release withdraws it. */
  isWithdrawn: boolean
  /** Of a release that is live: nobody gets it today. Absent: its period goes on, or it has none. */
  outOfPeriod?: OutOfPeriod
}

/** All shown states with their word, in the order in which they are counted. */
export const SHOWN_STATES: readonly { code: ShownState; label: string }[] = [
  { code: 'draft', label: REVIEW_STATE_LABELS.draft },
  { code: 'in_review', label: REVIEW_STATE_LABELS.in_review },
  { code: 'needs_changes', label: REVIEW_STATE_LABELS.needs_changes },
  { code: 'approved', label: REVIEW_STATE_LABELS.approved },
  { code: 'published', label: REVIEW_STATE_LABELS.published },
  ...rewritings('live', REVIEW_STATE_LABELS.published),
  ...outOf('ahead', '掲載前'),
  ...outOf('over', '掲載期間終了'),
  { code: 'review_overdue', label: REVIEW_STATE_LABELS.review_overdue },
  { code: 'withdrawn', label: REVIEW_STATE_LABELS.withdrawn },
  ...rewritings('withdrawn', REVIEW_STATE_LABELS.withdrawn),
]

/** Another wording on its way, in words after those of the release before; a new draft is 下書き. */
function rewritings(before: LastRelease, label: string) {
  const states: readonly Rewriting[] = ['draft', 'in_review', 'needs_changes', 'approved']
  return states.map((state) => ({
    code: `${before}_${state}` as const,
    label: `${label}・${state === 'draft' ? '直しかけ' : REVIEW_STATE_LABELS[state]}`,
  }))
}

/** What is out and nobody gets, by its period; it is no 公開中, which says that families get it. */
function outOf(period: OutOfPeriod, label: string) {
  return [{ code: period, label }, ...rewritings(period, label)]
}

const LABELS = new Map(SHOWN_STATES.map(({ code, label }) => [code, label]))

/** What became of a document's last release on a day; nothing where it has none. *Pure.* */
export function lastReleaseOf(
  { release }: Pick<ReviewInput, 'release'>,
  day: LocalDay,
): Omit<StateAndLive, 'state'> {
  const isLive = release?.action === 'publish'
  const out = isLive && release.period ? outOfPeriod(release.period, day) : null
  return {
    isLive,
    isWithdrawn: release?.action === 'withdraw',
    ...(out && { outOfPeriod: out }),
  }
}

const LAST_RELEASES: readonly LastRelease[] = ['live', 'ahead', 'over', 'withdrawn']

/** What became of the release before, where another wording is on its way; null where none is. *Pure.* */
export function rewritingOf(state: string): LastRelease | null {
  return LAST_RELEASES.find((last) => state.startsWith(`${last}_`)) ?? null
}

/** Whether a shown state is one of a period that has not begun or is over: of add-ons alone. *Pure.* */
export function isOfPeriod(state: string): boolean {
  return /^(ahead|over)(_|$)/.test(state)
}

/** Part of the name of a shown state's colour: what nobody gets is not of the colour of what is out. *Pure.* */
export function stateLook(document: StateAndLive): string {
  const shown = shownStateOf(document)
  return shown === document.outOfPeriod ? shown : document.state
}

/** Whether a shown state is named where nothing is in it; the rarer ones are not. *Pure.* */
export function isAlwaysNamed(state: string): boolean {
  return Object.hasOwn(REVIEW_STATE_LABELS, state)
}

/** The one code for a document's state and what became of its last release. *Pure.* */
export function shownStateOf({
  state,
  isLive,
  isWithdrawn,
  outOfPeriod: out,
}: StateAndLive): ShownState {
  if (!isLive && !isWithdrawn) return state
  const last = isLive ? (out ?? 'live') : 'withdrawn'
  const rewriting = `${last}_${state as Rewriting}` as const
  if (LABELS.has(rewriting)) return rewriting
  return isLive && out ? out : state
}

/** One word for a document's state and what became of its last release. *Pure.* */
export function stateLabel(document: StateAndLive): string {
  return LABELS.get(shownStateOf(document)) ?? document.state
}

/**
 * How many documents stand where; what is live and being changed is counted apart from drafts nobody
 * gets, and named only where there is any. *Pure.*
 */
export function countShownStates(
  documents: readonly StateAndLive[],
): { code: ShownState; label: string; count: number }[] {
  const codes = documents.map(shownStateOf)
  return SHOWN_STATES.map(({ code, label }) => ({
    code,
    label,
    count: codes.filter((one) => one === code).length,
  })).filter(({ code, count }) => count > 0 || isAlwaysNamed(code))
}
