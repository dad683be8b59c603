import type { TypedUser } from 'payload'

import { hasRole, type Role } from '../../people/roles'
import { ADMIN_PAGES } from '../pages/adminPages'

/** A way from the dashboard to where the work is done. */
export interface QuickLink {
  label: string
  /** Path inside the admin. */
  path: string
}

const BEGINNINGS: readonly (QuickLink & { roles: readonly Role[] })[] = [
  { label: '自治体原稿を書く', path: '/collections/add-ons/create', roles: ['municipal-editor'] },
  { label: '原稿を書く', path: '/collections/manuscripts/create', roles: ['editor'] },
]

/** What a person comes for: what they write first, then the plugin's own pages. *Pure.* */
export function quickLinks(user: TypedUser): QuickLink[] {
  return [...BEGINNINGS, ...ADMIN_PAGES]
    .filter(({ roles }) => hasRole(user, ...roles))
    .map(({ label, path }) => ({ label, path }))
}
