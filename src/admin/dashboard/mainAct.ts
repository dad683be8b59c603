import type { TypedUser } from 'payload'

import { hasRole, MUNICIPAL, type Role } from '../../people/roles'
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

/** What else a town counts on, and nobody finds by its name in a menu. */
const BESIDE: readonly (MainAct & { roles: readonly Role[] })[] = [
  {
    label: 'お知らせを出す',
    path: '/collections/kizuna-add-ons/create?timing=notice',
    roles: ['municipal-editor'],
  },
  { label: 'こんどの配信を見る', path: '/calendar', roles: MUNICIPAL },
  { label: '緊急のお知らせ', path: '/alerts', roles: MUNICIPAL },
  { label: 'ポスターを作る', path: '/posters', roles: ['municipal-editor'] },
  { label: 'アンケート', path: '/surveys', roles: ['municipal-editor'] },
]

/**
 * What a person does most: what they write, or else the first page of their menu; and what else they are
 * asked for. *Pure.*
 */
export function mainActsOf(user: TypedUser): MainAct[] {
  const mine = ({ roles }: { roles: readonly Role[] }) => hasRole(user, ...roles)
  const own = [...BEGINNINGS, ...ADMIN_PAGES].find(mine)
  const first = own && { ...own, label: 'key' in own ? `${own.label}を開く` : own.label }
  return [first, ...BESIDE.filter(mine)]
    .filter((act) => act !== undefined)
    .map(({ label, path }) => ({ label, path }))
}
