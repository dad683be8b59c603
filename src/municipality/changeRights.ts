import type { PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'
import type { TownWord } from './townWords'

type User = PayloadRequest['user'] | undefined

/** A change of a municipality's words, as far as it decides who may do what. */
export interface Proposed {
  /** Id of the municipality. */
  municipality: string
  /** Id of who proposed it. */
  proposedBy: string
}

/** Whether a person may propose other words for a municipality. *Pure.* */
export function canPropose(user: User, municipality: string): boolean {
  if (hasRole(user, 'admin')) return true
  return hasRole(user, ...MUNICIPAL) && municipalityIdOf(user) === municipality
}

/** Words that only a system administrator proposes: what the municipality is called. */
export const ADMINS_WORDS: readonly TownWord[] = ['name']

/**
 * Whether a person may confirm or turn down a change: the municipality's approver, or for it the
 * supervising chief or a system administrator; never who proposed it. *Pure.*
 */
export function canDecide(user: User, { municipality, proposedBy }: Proposed): boolean {
  if (!user || String(user.id) === proposedBy) return false
  if (hasRole(user, 'chief', 'admin')) return true
  return isApprover(user, municipality)
}

/** Whether a person is the municipality's approver. *Pure.* */
export function isApprover(user: User, municipality: string): boolean {
  return hasRole(user, 'municipal-approver') && municipalityIdOf(user) === municipality
}

/** Whether a person may take a change back before it is confirmed. *Pure.* */
export function canTakeBack(user: User, { municipality }: Proposed): boolean {
  return canPropose(user, municipality)
}
