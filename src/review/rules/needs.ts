import type { ContentKind } from '../../release/contentKind'
import type { LatestRelease, Verdict } from './decide'
import { needsOf, type Need, type ReviewPolicy } from './policy'

/** What decides who must approve a document. */
export interface Deciding {
  type: ContentKind
  topics: readonly string[]
  release: LatestRelease | null
  /** Where it has no release: the newest one of the text it was taken over from. */
  origin: OriginRelease | null
  /** All verdicts ever given on it. */
  verdicts: readonly Verdict[]
}

/** The newest release of another text that this one was copied from. */
export interface OriginRelease {
  /** Codes of the topics it was approved with; null in one older than this list. */
  topics: readonly string[] | null
  /** Disciplines it was approved in. */
  approvedIn: readonly string[]
}

/**
 * Whose approval a document needs: what its topics ask for, and what those of its newest release
 * asked for; of a copy that never went out, those of its origin. A discipline that would be dropped
 * so gives its consent by approving; with the next release it is gone. *Pure.*
 */
export function needsFor(policy: ReviewPolicy, deciding: Deciding): Need[] {
  const { type, topics, release, origin } = deciding
  const now = needsOf(policy, { type, topics })
  const last = release ?? origin
  if (last === null) return now
  const before = last.topics
    ? needsOf(policy, { type, topics: last.topics })
    : approvedBefore(policy, deciding)
  return largest([...now, ...before])
}

/**
 * A release that is older than the list of its topics: whoever approved it is asked again, as long
 * as the policy knows their discipline.
 */
function approvedBefore(policy: ReviewPolicy, deciding: Deciding): Need[] {
  const known = new Set(policy.disciplines.map(({ code }) => code))
  const approved = deciding.release
    ? approvedInRelease(deciding.release, deciding.verdicts)
    : (deciding.origin?.approvedIn ?? [])
  return approved
    .filter((discipline) => known.has(discipline))
    .map((discipline) => ({ discipline, quorum: 1 }))
}

function approvedInRelease(release: LatestRelease, verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap(({ verdict, discipline, contentHash, at }) => {
    const isIn = verdict === 'approve' && contentHash === release.contentHash && at <= release.at
    return isIn && discipline !== null ? [discipline] : []
  })
}

/** One entry a discipline, with the largest number; the chief stays last. */
function largest(needs: readonly Need[]): Need[] {
  const quorums = new Map<string, number>()
  for (const { discipline, quorum } of needs) {
    quorums.set(discipline, Math.max(quorum, quorums.get(discipline) ?? 0))
  }
  return [...quorums].map(([discipline, quorum]) => ({ discipline, quorum }))
}
