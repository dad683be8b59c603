import type { PayloadRequest } from 'payload'

import { hasRole, MUNICIPAL, municipalityIdOf } from '../people/roles'

type User = PayloadRequest['user'] | undefined

interface OfTown {
  /** Id of the municipality. */
  municipality: string
}

/** Whether a person may ask for an alert: a municipality's staff in their own, the chief in any. *Pure.* */
export function canAsk(user: User, { municipality }: OfTown): boolean {
  return hasRole(user, 'chief') || isOfTown(user, municipality, ...MUNICIPAL)
}

/**
 * Whether a person may send what was asked for: the municipality's approver or the chief, and never who
 * asked. *Pure.*
 */
export function canSend(user: User, alert: OfTown & { askedBy: string | null }): boolean {
  return canStop(user, alert) && String(user?.id) !== alert.askedBy
}

/** Whether a person may take back what they have asked for themselves. *Pure.* */
export function canTakeBack(user: User, { askedBy }: { askedBy: string | null }): boolean {
  return user !== null && user !== undefined && String(user.id) === askedBy
}

/** Whether a person may stop or correct what is out, whoever sent it. *Pure.* */
export function canStop(user: User, { municipality }: OfTown): boolean {
  return hasRole(user, 'chief') || isOfTown(user, municipality, 'municipal-approver')
}

function isOfTown(user: User, municipality: string, ...roles: Parameters<typeof hasRole>[1][]) {
  return hasRole(user, ...roles) && municipalityIdOf(user) === municipality
}
