'use client'

import { useAuth } from '@payloadcms/ui'

import { hasRole, type Role } from '../../people/roles'

type Person = Parameters<typeof hasRole>[0]

/** Whether the person who is logged in has one of these roles. */
export function useHasRole(...roles: readonly Role[]): boolean {
  const { user } = useAuth()
  return hasRole(user as Person, ...roles) // in the browser Payload types any user as ClientUser
}
