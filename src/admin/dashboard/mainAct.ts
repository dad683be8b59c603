import type { TypedUser } from 'payload'

import { hasRole, type Role } from '../../people/roles'
import { ADMIN_PAGES } from '../pages/adminPages'

/** The way from the home to what somebody does most. */
export interface MainAct {
  label: string
  /** Path inside the admin. */
  path: string
}

const BEGINNINGS: readonly (MainAct & { roles: readonly Role[] })[] = [
  {
    label: '自治体原稿を書く',
    path: '/collections/kizuna-add-ons/create',
    roles: ['municipal-editor'],
  },
  { label: '原稿を書く', path: '/collections/kizuna-manuscripts/create', roles: ['editor'] },
]

/** What a person does most: what they write, or else the first page of their menu. *Pure.* */
export function mainActOf(user: TypedUser): MainAct | null {
  const own = [...BEGINNINGS, ...ADMIN_PAGES].find(({ roles }) => hasRole(user, ...roles))
  return own ? { label: 'key' in own ? `${own.label}を開く` : own.label, path: own.path } : null
}
