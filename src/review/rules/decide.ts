import { isSameBeside, type Beside } from './beside'
import type { Period } from '../../release/period'
import { CHIEF, disciplineLabel, MUNICIPALITY, policyHash } from './policy'
import type { Need, ReviewPolicy } from './policy'
import { isOnThis, standingRequests, type StandingRequest } from './requests'

/** What somebody said about one exact content; inserted once, never changed. */
export interface Verdict {
  verdict: 'submit' | 'approve' | 'request-change'
  /** Discipline it was given for; null for `submit`. */
  discipline: string | null
  /** Id of the user. */
  reviewer: string
  /** The reviewer's name at that moment. */
  reviewerName?: string
  /** What they said with it. */
  comment?: string
  contentHash: string
  /** `policyHash` of the needs as they were. */
  policyHash: string
  /** The document's submission it was given in; null in one older than these. */
  submission?: string | null
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
  /** Codes of the topics it was approved with; null in one older than this list. */
  topics?: readonly string[] | null
  /** Its sources, one a line; null in one that has none to name. */
  sources?: string | null
  /** The document's submission that was published. */
  submission?: string | null
  /** Of an add-on's content, where it was read; null of what has none. */
  period?: Period | null
}

/** Everything the review of one document is computed from. */
export interface ReviewInput {
  contentHash: string
  /** Which content this is, in the order of saving; see src/fields/saved.ts. */
  submission?: string | null
  /** What is approved with it and readers never see. */
  beside?: Beside
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

/**
 * Verdicts on exactly this content as it was submitted, given after the last release, under today's
 * needs. What somebody changed and changed back is another submission. *Pure.*
 */
export function currentVerdicts(reviewInput: ReviewInput): Verdict[] {
  const given = reviewInput.verdicts.filter(
    (verdict) => isOnThis(reviewInput, verdict) && isSinceRelease(reviewInput, verdict),
  )
  if (given.length === 0) return [] // so it is for thousands that are out
  const hash = policyHash(reviewInput.needs)
  return given
    .filter((verdict) => verdict.verdict !== 'approve' || verdict.policyHash === hash)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

function isSinceRelease({ release }: ReviewInput, { at }: Verdict): boolean {
  return release === null || at > release.at
}

/** Whether readers get exactly this content now. *Pure.* */
export function isLiveAsIs(reviewInput: ReviewInput): boolean {
  return reviewInput.release?.action === 'publish' && isAsReleased(reviewInput)
}

/**
 * Whether this is what was released last: the content, and what stood beside it. Of a release older
 * than the list of its topics it is so until something is changed. *Pure.*
 */
export function isAsReleased(reviewInput: ReviewInput): boolean {
  const { release, contentHash, beside = NOTHING_BESIDE, submission } = reviewInput
  if (release?.contentHash !== contentHash) return false
  const { topics = null, sources = null } = release
  if (topics) return isSameBeside({ topics, sources }, beside)
  return (release.submission ?? null) === (submission ?? null)
}

const NOTHING_BESIDE: Beside = { topics: [], sources: null }

/**
 * Whether somebody handed in what is approved and published now; what is out as it is was, and may
 * be approved again when its review is due. *Pure.*
 */
export function isSubmitted(reviewInput: ReviewInput): boolean {
  if (isLiveAsIs(reviewInput)) return true
  return currentVerdicts(reviewInput).some(({ verdict }) => verdict === 'submit')
}

/** Whether nobody but this person wrote, approved or handed in what they publish. *Pure.* */
export function isOnePersons(reviewInput: ReviewInput, publisher: string): boolean {
  const { authors, verdicts, contentHash } = reviewInput
  const handed = verdicts
    .filter((given) => given.verdict === 'submit' && given.contentHash === contentHash)
    .map(({ reviewer }) => reviewer)
  const approvers = standings(reviewInput).flatMap(({ approvedBy }) => approvedBy)
  return [...authors, ...handed, ...approvers].every((person) => person === publisher)
}

/**
 * Requests for a change that stand: not taken back by the same person's approval, and not answered by
 * handing in another content. Over a text that is out as it is, only those about exactly that. *Pure.*
 */
export function openRequests(reviewInput: ReviewInput): Verdict[] {
  const isOut = isLiveAsIs(reviewInput)
  return standingRequests(reviewInput)
    .filter(({ answeredAt }) => answeredAt === null)
    .map(({ request }) => request)
    .filter((request) => !isOut || isOnThis(reviewInput, request))
}

/**
 * The newest request of each reviewer in each discipline that another content was handed in for, and
 * that they have not looked at since. *Pure.*
 */
export function answeredRequests(reviewInput: ReviewInput): StandingRequest[] {
  if (isLiveAsIs(reviewInput)) return []
  const newest = standingRequests(reviewInput).map((standing) => {
    const { reviewer, discipline } = standing.request
    return [`${reviewer} ${discipline}`, standing] as const
  })
  return [...new Map(newest).values()].filter(({ answeredAt }) => answeredAt !== null)
}

/** For each need, who has approved; what an author approved does not count. *Pure.* */
export function standings(reviewInput: ReviewInput): NeedStanding[] {
  const approvals = standingVerdicts(reviewInput).filter(
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
  return [
    // A request that stands says by itself that it has to be handed in again.
    ...(isSubmitted(reviewInput) || requests.length > 0 ? [] : [NOT_SUBMITTED]),
    ...lacking,
    ...(lacking.length > 0 ? explanations(reviewInput) : []),
    ...requests,
  ]
}

/** What is missing where nobody has handed it in. */
export const NOT_SUBMITTED =
  'まだ監修に出されていません。原稿を書く人が「監修に出す」を押すと、承認できるようになります。'

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
  const isOwn = standingVerdicts(reviewInput).some(
    (verdict) => verdict.verdict === 'approve' && reviewInput.authors.includes(verdict.reviewer),
  )
  const isStale = approvals.some(
    (approval) => !isOnThis(reviewInput, approval) && isSinceRelease(reviewInput, approval),
  )
  return [
    ...(isOwn ? ['原稿を書いた人の承認は数えません。'] : []),
    ...(isStale ? ['承認のあとで内容が変わったため、前の承認は数えません。'] : []),
  ]
}

/** The last verdict of each reviewer in each discipline on the content as it is. *Pure.* */
export function standingVerdicts(reviewInput: ReviewInput): Verdict[] {
  const last = new Map<string, Verdict>()
  for (const verdict of currentVerdicts(reviewInput)) {
    if (verdict.verdict === 'submit') continue
    last.set(`${verdict.reviewer}:${verdict.discipline}`, verdict)
  }
  return [...last.values()]
}
