'use client'

import { useAuth } from '@payloadcms/ui'

import { hasRole, PERSON, type Role } from '../../people/roles'

type Person = Parameters<typeof hasRole>[0]

/** Whether the person who is logged in has one of these roles. */
export function useHasRole(...roles: readonly Role[]): boolean {
  const { user } = useAuth()
  // In the browser Payload leaves out whose collection it is; only the admin's own people get here.
  const person = user && { ...user, collection: (user as { [PERSON]?: unknown })[PERSON] }
  return hasRole(person as Person, ...roles)
}
