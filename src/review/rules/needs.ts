import type { ContentKind } from '../../release/contentKind'
import type { LatestRelease, Verdict } from './decide'
import { needsOf, type Need, type ReviewPolicy } from './policy'

/** What decides who must approve a document. */
export interface Deciding {
  type: ContentKind
  topics: readonly string[]
  release: LatestRelease | null
  /** All verdicts ever given on it. */
  verdicts: readonly Verdict[]
}

/**
 * Whose approval a document needs: what its topics ask for, and what those of its newest release
 * asked for. A discipline that would be dropped so gives its consent by approving; with the next
 * release it is gone. *Pure.*
 */
export function needsFor(policy: ReviewPolicy, deciding: Deciding): Need[] {
  const { type, topics, release } = deciding
  const now = needsOf(policy, { type, topics })
  if (release === null) return now
  const before = release.topics
    ? needsOf(policy, { type, topics: release.topics })
    : approvedBefore(policy, deciding, release)
  return largest([...now, ...before])
}

/**
 * A release that is older than the list of its topics: whoever approved it is asked again, as long
 * as the policy knows their discipline.
 */
function approvedBefore(
  policy: ReviewPolicy,
  { verdicts }: Deciding,
  release: LatestRelease,
): Need[] {
  const known = new Set(policy.disciplines.map(({ code }) => code))
  return verdicts.flatMap(({ verdict, discipline, contentHash, at }) => {
    const isIn = verdict === 'approve' && contentHash === release.contentHash && at <= release.at
    return isIn && discipline !== null && known.has(discipline) ? [{ discipline, quorum: 1 }] : []
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
