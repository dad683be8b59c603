import type { ReviewInput, Verdict } from './decide'
import { policyHash } from './policy'

/** Whether a verdict was given on this content, in this submission. *Pure.* */
export function isOnThis(
  { contentHash, submission }: Pick<ReviewInput, 'contentHash' | 'submission'>,
  verdict: Pick<Verdict, 'contentHash' | 'submission'>,
): boolean {
  return (
    verdict.contentHash === contentHash && (verdict.submission ?? null) === (submission ?? null)
  )
}

/** A request for a change that whoever made it has not taken back. */
export interface StandingRequest {
  request: Verdict
  /** When another content was handed in after it, ISO instant; null: it waits to be answered. */
  answeredAt: string | null
}

/**
 * The newest request of each reviewer in each discipline about each content since the last
 * publication, unless they approved afterwards. Saving answers none: only another content that is
 * handed in does. A text that is withdrawn keeps them. *Pure.*
 */
export function standingRequests(reviewInput: ReviewInput): StandingRequest[] {
  const { release } = reviewInput
  if (!reviewInput.verdicts.some(({ verdict }) => verdict === 'request-change')) return []
  const verdicts = reviewInput.verdicts.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const last = new Map<string, StandingRequest>()
  verdicts.forEach((request, index) => {
    if (request.verdict !== 'request-change') return
    if (release?.action === 'publish' && request.at <= release.at) return
    const later = verdicts.slice(index + 1)
    const isOfNow = isOnThis(reviewInput, request)
    const answer = isOfNow ? null : answeredAt(request, later)
    const { reviewer, discipline, contentHash, submission = '' } = request
    const key = [reviewer, discipline, contentHash, submission].join(' ')
    last.delete(key)
    if (later.some((given) => isTakingBack(reviewInput, { request, given, answer }))) return
    last.set(key, { request, answeredAt: answer })
  })
  return [...last.values()]
}

interface Taking {
  request: Verdict
  given: Verdict
  /** When the request was answered, or null. */
  answer: string | null
}

/**
 * Who approves what they had sent back takes it back, on the content as it is only under today's
 * needs; who approves another content has seen the answer.
 */
function isTakingBack(reviewInput: ReviewInput, { request, given, answer }: Taking): boolean {
  const { verdict, reviewer, discipline } = given
  if (verdict !== 'approve') return false
  if (reviewer !== request.reviewer || discipline !== request.discipline) return false
  if (!isOnThis(request, given)) return answer !== null
  return !isOnThis(reviewInput, given) || given.policyHash === policyHash(reviewInput.needs)
}

function answeredAt(request: Verdict, later: readonly Verdict[]): string | null {
  const isAnswer = (given: Verdict) => given.verdict === 'submit' && !isOnThis(request, given)
  return later.find(isAnswer)?.at ?? null
}
