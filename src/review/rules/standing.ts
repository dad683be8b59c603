import type { Where } from 'payload'

import { outOfPeriod, type Period } from '../../release/period'
import type { LocalDay } from '../../stage/day'
import { rewritingOf, type ReviewState, type ShownState, type StateAndLive } from './state'

/**
 * Where a text stands as far as time does not move it, `<last release>:<state>`; with the three
 * instants below it says the state at any moment without anything being written when a day begins.
 */
export type Standing = `${'none' | 'live' | 'withdrawn'}:${Exclude<ReviewState, 'review_overdue'>}`

/** What is stored of where a text stands; ends that are not set lie before or after all days. */
export interface StoredStanding {
  standing: Standing
  /** Local days, of what is out. */
  validFrom: string
  validTo: string
  /** ISO instant, of what is out. */
  reviewDueAt: string
}

/** An instant, as a state is told at it. */
export interface Moment {
  now: Date
  day: LocalDay
}

const NEVER = '9999-12-31T00:00:00.000Z'
const LAST_DAY = '9999-12-31'

interface Kept {
  state: ReviewState
  release: {
    action: 'publish' | 'withdraw'
    period?: Period | null
    reviewDueAt: string | null
  } | null
}

/** What is stored of a text whose state was told at the beginning of time. *Pure.* */
export function standingOf({ state, release }: Kept): StoredStanding {
  const isLive = release?.action === 'publish'
  const last = isLive ? 'live' : release ? 'withdrawn' : 'none'
  const period = isLive ? release.period : null
  return {
    standing: `${last}:${state as Exclude<ReviewState, 'review_overdue'>}`,
    validFrom: period?.validFrom ?? '',
    validTo: period?.validTo ?? LAST_DAY,
    reviewDueAt: (isLive && release.reviewDueAt) || NEVER,
  }
}

/** The state of a stored standing at a moment. *Pure.* */
export function stateAt(stored: StoredStanding, { now, day }: Moment): StateAndLive {
  const [last, state] = stored.standing.split(':') as [string, ReviewState]
  const isLive = last === 'live'
  const isOverdue = state === 'published' && stored.reviewDueAt <= now.toISOString()
  const out = isLive ? outOfPeriod(stored, day) : null
  return {
    isLive,
    state: isOverdue ? 'review_overdue' : state,
    isWithdrawn: last === 'withdrawn',
    ...(out && { outOfPeriod: out }),
  }
}

/** The stored standings that show a state at a moment. *Pure.* */
export function whereShown(code: ShownState, moment: Moment): Where {
  const before = rewritingOf(code)
  if (before) {
    const state = code.slice(`${before}_`.length)
    if (before === 'withdrawn') return standing(`withdrawn:${state}`)
    return { and: [standing(`live:${state}`), inPeriod(before, moment)] }
  }
  const live = standing('live:published')
  switch (code) {
    case 'published':
      return { and: [live, inPeriod('live', moment), dueAfter(moment)] }
    case 'review_overdue':
      return { and: [live, inPeriod('live', moment), whereOverdue(moment)] }
    case 'ahead':
    case 'over':
      return { and: [live, inPeriod(code, moment)] }
    case 'withdrawn':
      return standing('withdrawn:withdrawn')
    default:
      return standing(`none:${code}`)
  }
}

/** What is in a state, whatever became of its last release. *Pure.* */
export function whereState(state: TimelessState): Where {
  return { standing: { in: standingsOf(state) } }
}

/** What is not in it. *Pure.* */
export function whereNotState(state: TimelessState): Where {
  return { standing: { not_in: standingsOf(state) } }
}

type TimelessState = Exclude<ReviewState, 'published' | 'review_overdue'>

function standingsOf(state: TimelessState): string[] {
  return ['none', 'live', 'withdrawn'].map((last) => `${last}:${state}`)
}

const NOT_OUT = (['none', 'withdrawn'] as const).flatMap((last) =>
  (['draft', 'in_review', 'needs_changes', 'approved', 'withdrawn'] as const).map(
    (state): Standing => `${last}:${state}`,
  ),
)

/** What nobody gets, whatever is written: nothing of it went out yet, or it was withdrawn. *Pure.* */
export function whereNotOut(): Where {
  return { standing: { in: NOT_OUT } }
}

/** What is out and past its review. *Pure.* */
export function whereOverdue(moment: Moment): Where {
  return {
    and: [
      standing('live:published'),
      { reviewDueAt: { less_than_equal: moment.now.toISOString() } },
    ],
  }
}

function dueAfter({ now }: Moment): Where {
  return { reviewDueAt: { greater_than: now.toISOString() } }
}

function standing(value: string): Where {
  return { standing: { equals: value } }
}

function inPeriod(part: 'live' | 'ahead' | 'over', { day }: Moment): Where {
  const isOver = { validTo: { less_than: day } }
  const isNotOver = { validTo: { greater_than_equal: day } }
  if (part === 'over') return isOver
  const isAhead = { validFrom: { greater_than: day } }
  const isBegun = { validFrom: { less_than_equal: day } }
  return { and: [isNotOver, part === 'ahead' ? isAhead : isBegun] }
}
