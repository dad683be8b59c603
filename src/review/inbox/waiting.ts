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
 * When a text waits for a reviewer. `whileMissing`: as long as approvals of their discipline are
 * missing, also with who has given theirs. `untilOwn`: as long as their own can still be given, also
 * where the discipline has enough; `approvable` is what approvableAs of ../queries/status says.
 */
export type Awaited = { kind: 'whileMissing' } | { kind: 'untilOwn'; approvable: readonly string[] }

/** Whether this person's approval is the next thing a text needs. *Pure.* */
export function waitsForApproval(user: User, summary: ReviewSummary, awaited: Awaited): boolean {
  if (summary.state !== 'in_review' && summary.state !== 'review_overdue') return false
  if (summary.authors.includes(String(user?.id))) return false
  if (awaited.kind === 'untilOwn') return awaited.approvable.length > 0
  const own = disciplinesOf(user, reviewedOf(summary))
  return summary.waitingFor.some((discipline) => own.includes(discipline))
}

/**
 * With whom a text comes back. `authors`: who wrote on it, when a change was asked for. `writers`:
 * everybody who may write on it, also when reviewers only said something.
 */
export type BackWith = { kind: 'authors' } | { kind: 'writers'; openComments: number }

/** Whether a text came back to this person to be written on. *Pure.* */
export function isBackWith(user: User, summary: ReviewSummary, back: BackWith): boolean {
  if (!canSubmit(user, reviewedOf(summary))) return false
  const isAskedFor = summary.state === 'needs_changes'
  if (back.kind === 'writers') return isAskedFor || back.openComments > 0
  return isAskedFor && summary.authors.includes(String(user?.id))
}

/** Whether a text has all approvals and waits for this person to publish it. *Pure.* */
export function waitsForPublication(user: User, { state }: ReviewSummary): boolean {
  return state === 'approved' && canPublish(user)
}

/** Collections in which something can wait for a person: manuscripts are the team's. *Pure.* */
export function collectionsFor(user: User): readonly ReviewedCollection[] {
  return hasRole(user, ...TEAM) ? CONTENT_COLLECTIONS : MUNICIPAL_COLLECTIONS
}

function reviewedOf({ collection, municipality }: ReviewSummary): Reviewed {
  return { type: kindOfCollection(collection), municipality }
}
