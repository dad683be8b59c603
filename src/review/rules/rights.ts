import type { PayloadRequest } from 'payload'

import type { ContentKind } from '../../release/contentKind'
import { hasRole, municipalityIdOf } from '../../people/roles'
import { CHIEF, MUNICIPALITY } from './policy'

/** A document whose review somebody wants to act on. */
export interface Reviewed {
  type: ContentKind
  /** Id of the add-on's municipality; null for manuscripts. */
  municipality: string | null
}

type User = PayloadRequest['user'] | undefined

/** Disciplines a person may give verdicts in on this document. *Pure.* */
export function disciplinesOf(user: User, document: Reviewed): string[] {
  const held: unknown = (user as { kizunaDisciplines?: unknown } | null | undefined)
    ?.kizunaDisciplines
  const expertise = hasRole(user, 'reviewer') && Array.isArray(held) ? held.map(String) : []
  const isApprover = hasRole(user, 'municipal-approver') && isOwn(user, document)
  return [
    ...(isApprover ? [MUNICIPALITY] : []),
    ...expertise,
    ...(hasRole(user, 'chief') ? [CHIEF] : []),
  ]
}

/** Whether a person may hand this document to the reviewers. *Pure.* */
export function canSubmit(user: User, document: Reviewed): boolean {
  if (document.type === 'manuscript') return hasRole(user, 'editor')
  return hasRole(user, 'municipal-editor') && isOwn(user, document)
}

/** Whether a person may say something about a document to those who work on it. *Pure.* */
export function canComment(user: User, document: Reviewed): boolean {
  if (hasRole(user, 'editor', 'reviewer', 'chief')) return true
  return hasRole(user, 'municipal-editor', 'municipal-approver') && isOwn(user, document)
}

/** Whether a person may publish; that all approvals are there is checked apart. *Pure.* */
export function canPublish(user: User): boolean {
  return hasRole(user, 'chief')
}

/** Whether a person may recall what is out. *Pure.* */
export function canWithdraw(user: User): boolean {
  return hasRole(user, 'chief')
}

function isOwn(user: User, document: Reviewed): boolean {
  const own = municipalityIdOf(user)
  return document.type === 'addOn' && own !== null && own === document.municipality
}
