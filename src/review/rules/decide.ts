import { CHIEF, disciplineLabel, MUNICIPALITY, policyHash } from './policy'
import type { Need, ReviewPolicy } from './policy'

/** What somebody said about one exact content; inserted once, never changed. */
export interface Verdict {
  verdict: 'submit' | 'approve' | 'request-change'
  /** Discipline it was given for; null for `submit`. */
  discipline: string | null
  /** Id of the user. */
  reviewer: string
  /** The reviewer's name at that moment. */
  reviewerName?: string
  contentHash: string
  /** `policyHash` of the needs as they were. */
  policyHash: string
  /** ISO instant. */
  at: string
}

/** The newest release of a document, as far as its review is concerned. */
export interface LatestRelease {
  revision: number
  action: 'publish' | 'withdraw'
  contentHash: string
  /** ISO instant, or null. */
  reviewDueAt: string | null
  /** ISO instant of its insertion. */
  at: string
  /** Ids of all who ever wrote on it; none where a release is older than this list. */
  authors?: readonly string[]
}

/** Everything the review of one document is computed from. */
export interface ReviewInput {
  contentHash: string
  needs: readonly Need[]
  /** Ids of all whose own text this is to approve; see `authorsOf` in ./authors. */
  authors: readonly string[]
  /** All verdicts ever given on the document, in any order. */
  verdicts: readonly Verdict[]
  release: LatestRelease | null
}

/** How far one need is met. */
export interface NeedStanding extends Need {
  /** Ids of the people whose approval counts. */
  approvedBy: string[]
}

/** Verdicts on exactly this content, given after the last release, under today's needs. *Pure.* */
export function currentVerdicts(reviewInput: ReviewInput): Verdict[] {
  const given = reviewInput.verdicts
    .filter((verdict) => verdict.contentHash === reviewInput.contentHash)
    .filter((verdict) => reviewInput.release === null || verdict.at > reviewInput.release.at)
  if (given.length === 0) return [] // so it is for thousands that are out
  const hash = policyHash(reviewInput.needs)
  return given
    .filter((verdict) => verdict.verdict !== 'approve' || verdict.policyHash === hash)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** Whether readers get exactly this content now. *Pure.* */
export function isLiveAsIs({ release, contentHash }: ReviewInput): boolean {
  return release?.action === 'publish' && release.contentHash === contentHash
}

/** Requests for a change that the same person has not taken back by approving. *Pure.* */
export function openRequests(reviewInput: ReviewInput): Verdict[] {
  return latestVerdictByReviewer(reviewInput).filter(
    (verdict) => verdict.verdict === 'request-change',
  )
}

/** For each need, who has approved; what an author approved does not count. *Pure.* */
export function standings(reviewInput: ReviewInput): NeedStanding[] {
  const approvals = latestVerdictByReviewer(reviewInput).filter(
    (verdict) => verdict.verdict === 'approve' && !reviewInput.authors.includes(verdict.reviewer),
  )
  return reviewInput.needs.map((need) => ({
    ...need,
    approvedBy: approvals
      .filter((approval) => approval.discipline === need.discipline)
      .map((approval) => approval.reviewer),
  }))
}

/** What is missing before it may be published, one Japanese sentence each; empty: nothing. *Pure.* */
export function missingForPublish(reviewInput: ReviewInput, policy: ReviewPolicy): string[] {
  const lacking = standings(reviewInput).flatMap((need) => {
    const missing = need.quorum - need.approvedBy.length
    return missing > 0
      ? [`${disciplineLabel(policy, need.discipline)}の承認があと ${missing} 人必要です。`]
      : []
  })
  const requests = openRequests(reviewInput).map(
    ({ discipline }) =>
      `${disciplineLabel(policy, discipline ?? CHIEF)}の修正依頼が残っています。直してから、もう一度監修に出してください。`,
  )
  return [...lacking, ...(lacking.length > 0 ? explanations(reviewInput) : []), ...requests]
}

/** Whether the municipality's own approval is there, without which nobody else looks. *Pure.* */
export function isMunicipalityDone(reviewInput: ReviewInput): boolean {
  return standings(reviewInput)
    .filter((need) => need.discipline === MUNICIPALITY)
    .every((need) => need.approvedBy.length >= need.quorum)
}

/** Whether exactly this content is what readers get now, with nobody having looked since. *Pure.* */
export function isAlreadyPublished(reviewInput: ReviewInput): boolean {
  if (!isLiveAsIs(reviewInput)) return false
  return currentVerdicts(reviewInput).every((verdict) => verdict.verdict !== 'approve')
}

function explanations(reviewInput: ReviewInput): string[] {
  const approvals = reviewInput.verdicts.filter((verdict) => verdict.verdict === 'approve')
  const isOwn = latestVerdictByReviewer(reviewInput).some(
    (verdict) => verdict.verdict === 'approve' && reviewInput.authors.includes(verdict.reviewer),
  )
  const isStale = approvals.some(
    (approval) =>
      approval.contentHash !== reviewInput.contentHash &&
      (reviewInput.release === null || approval.at > reviewInput.release.at),
  )
  return [
    ...(isOwn ? ['原稿を書いた人の承認は数えません。'] : []),
    ...(isStale ? ['承認のあとで内容が変わったため、前の承認は数えません。'] : []),
  ]
}

/** The last verdict of each reviewer in each discipline. */
function latestVerdictByReviewer(reviewInput: ReviewInput): Verdict[] {
  const last = new Map<string, Verdict>()
  for (const verdict of currentVerdicts(reviewInput)) {
    if (verdict.verdict === 'submit') continue
    last.set(`${verdict.reviewer}:${verdict.discipline}`, verdict)
  }
  return [...last.values()]
}
