import type { RunHold, RunNumbers } from '../ledger/documents'

/** Share of the audience that may be missing between two ways of counting it. */
export const MAX_DRIFT = 0.01

/** How many times the deliveries of the last day that ran (or what part of them) is odd. */
export const ODD_FACTOR = 2

/** Differences below this are normal for a small municipality. */
export const DRIFT_FLOOR = 100

/** What is compared before a run is sent. */
export interface DriftInput {
  plan: Pick<RunNumbers, 'deliveries' | 'audience'>
  /** The audience counted by the database on its own. */
  counted: number
  /** Deliveries of the last day before that ran, or null when there is none to compare with. */
  before: number | null
}

/**
 * Whether a plan looks odd: it lost or gained more than 1 % of its audience on the way, or it is
 * less than half or more than twice of the last day's that ran. *Pure.*
 *
 * @returns why a person must look at it, or null.
 */
export function driftOf({ plan, counted, before }: DriftInput): Omit<RunHold, 'at'> | null {
  const lost = Math.abs(plan.audience - counted)
  if (lost > DRIFT_FLOOR && lost > counted * MAX_DRIFT) {
    return {
      code: 'audience-drift',
      detail: `対象を数えると ${counted} 件ですが、計画に入ったのは ${plan.audience} 件です。`,
    }
  }
  if (before === null || Math.abs(plan.deliveries - before) <= DRIFT_FLOOR) return null
  const isOdd = plan.deliveries > before * ODD_FACTOR || plan.deliveries * ODD_FACTOR < before
  if (!isOdd) return null
  return {
    code: 'yesterday-drift',
    detail: `前に配信した日は ${before} 件、きょうの計画は ${plan.deliveries} 件です。`,
  }
}
