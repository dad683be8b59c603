import type { PayloadRequest } from 'payload'

import { hasRole, TEAM } from '../../people/roles'
import {
  CONTENT_COLLECTIONS,
  kindOfCollection,
  MUNICIPAL_COLLECTIONS,
} from '../../release/contentKind'
import type { ReviewedCollection } from '../queries/load'
import type { ReviewSummary } from '../queries/overview'
import { canPublish, canSubmit, disciplinesOf } from '../rules/rights'
import type { Reviewed } from '../rules/rights'

type User = PayloadRequest['user'] | undefined

/**
 * Whether this person's approval is the next thing a text needs: one of their disciplines is missing,
 * and they have not given theirs. *Pure.*
 */
export function waitsForApproval(user: User, summary: ReviewSummary): boolean {
  const person = String(user?.id)
  if (summary.authors.includes(person)) return false
  const own = disciplinesOf(user, reviewedOf(summary))
  const hasGiven = (discipline: string) =>
    summary.needs.some((need) => need.discipline === discipline && need.approvedBy.includes(person))
  return summary.waitingFor.some((discipline) => own.includes(discipline) && !hasGiven(discipline))
}

/** Whether a text that this person wrote came back to them with a request for a change. *Pure.* */
export function isBackWith(user: User, summary: ReviewSummary): boolean {
  if (!canSubmit(user, reviewedOf(summary))) return false
  return summary.state === 'needs_changes' && summary.authors.includes(String(user?.id))
}

/** Whether a text has all approvals and waits for this person to publish it. *Pure.* */
export function waitsForPublication(user: User, { isReady }: ReviewSummary): boolean {
  return isReady && canPublish(user)
}

/** Collections in which something can wait for a person: manuscripts are the team's. *Pure.* */
export function collectionsFor(user: User): readonly ReviewedCollection[] {
  return hasRole(user, ...TEAM) ? CONTENT_COLLECTIONS : MUNICIPAL_COLLECTIONS
}

function reviewedOf({ collection, municipality }: ReviewSummary): Reviewed {
  return { type: kindOfCollection(collection), municipality }
}
