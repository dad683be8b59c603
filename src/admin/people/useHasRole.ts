'use client'

import { useAuth } from '@payloadcms/ui'

import { hasRole, PERSON, type Role } from '../../people/roles'

type Person = Parameters<typeof hasRole>[0]

/** Whether the person who is logged in has one of these roles. */
export function useHasRole(...roles: readonly Role[]): boolean {
  return hasRole(personOf(useAuth().user), ...roles)
}

/**
 * Who is logged in, as the rules know people: in the browser Payload leaves out whose collection it is;
 * only the admin's own people get here. *Pure.*
 */
export function personOf(user: object | null | undefined): Person {
  const person = user && { ...user, collection: (user as { [PERSON]?: unknown })[PERSON] }
  return person as Person
}
