import type { PayloadRequest } from 'payload'

import { hasRole, municipalityIdOf, type Role } from '../people/roles'

/** Who moves a municipality's readers to another account, and sees how far it has come. */
export const MOVE_PEOPLE: readonly Role[] = ['municipal-approver', 'chief', 'admin']

/** Whether a person may move the readers of a municipality, by its id. *Pure.* */
export function canMove(user: PayloadRequest['user'], municipality: string): boolean {
  if (hasRole(user, 'chief', 'admin')) return true
  return hasRole(user, 'municipal-approver') && municipalityIdOf(user) === municipality
}
