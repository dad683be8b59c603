/** LINE forgets a retry key after 24 h; one hour is kept for slow clocks. */
export const MAX_SAME_KEY_MS = 23 * 3_600_000

/** First wait; each further one is twice as long. */
const FIRST_WAIT_MS = 1000

/** Longest wait between two attempts. */
const LONGEST_WAIT_MS = 5 * 60_000

/** What is known when an attempt was not settled. */
export interface Attempt {
  /** `unsure`: it may have been taken. `deferred`: it certainly was not. */
  state: 'unsure' | 'deferred'
  /** Attempts so far, this one included. */
  tries: number
  firstTriedAt: Date
  now: Date
  /** End of the channel's hours; nothing is sent from then on. */
  closesAt: Date
  /** What the provider asked to wait. */
  retryAfterMs?: number
}

/** Try again at an instant, or stop: `unknown` for what may have been taken, else `expired`. */
export type RetryDecision =
  { isAgain: true; at: Date } | { isAgain: false; state: 'unknown' | 'expired' }

/**
 * Whether and when to try again: with growing waits, only while the hours last, and with the same
 * key at most 23 h. *Pure.*
 */
export function decideRetry(attempt: Attempt): RetryDecision {
  const { state, tries, firstTriedAt, now, closesAt, retryAfterMs = 0 } = attempt
  const wait = Math.max(Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS), retryAfterMs)
  const at = now.getTime() + wait
  const keyEnds = firstTriedAt.getTime() + MAX_SAME_KEY_MS
  const end = state === 'unsure' ? Math.min(closesAt.getTime(), keyEnds) : closesAt.getTime()
  if (at < end) return { isAgain: true, at: new Date(at) }
  return { isAgain: false, state: state === 'unsure' ? 'unknown' : 'expired' }
}
