import { LEADS, MUNICIPAL, SERVICE_ACCOUNTS, TEAM, USERS, type Role } from '../../people/roles'

/** A list of documents in the menu. */
export interface MenuList {
  /** Slug of the collection. */
  slug: string
  /** Who works in it; who may read it besides comes by links. */
  roles: readonly Role[]
}

/** A part of the menu with its lists. */
export interface MenuGroup {
  label: string
  lists: readonly MenuList[]
}

/** The plugin's lists, for those who work in them and in the order of the menu. */
export const MENU_GROUPS: readonly MenuGroup[] = [
  {
    label: '原稿',
    lists: [
      { slug: 'kizuna-manuscripts', roles: TEAM },
      { slug: 'kizuna-add-ons', roles: [...TEAM, ...MUNICIPAL] },
      { slug: 'kizuna-series', roles: ['editor', ...LEADS] },
      { slug: 'kizuna-media', roles: ['editor', 'municipal-editor'] },
      { slug: 'kizuna-voices', roles: [...TEAM, ...MUNICIPAL] },
    ],
  },
  {
    label: '自治体',
    lists: [
      { slug: 'kizuna-municipalities', roles: [...LEADS, ...MUNICIPAL] },
      { slug: 'kizuna-line-accounts', roles: ['admin'] },
      { slug: 'kizuna-hidden-texts', roles: [...LEADS, ...MUNICIPAL] },
      { slug: 'kizuna-sources', roles: [...LEADS, ...MUNICIPAL] },
      { slug: 'kizuna-surveys', roles: [] }, // the page 「アンケート」 leads there
      { slug: 'kizuna-denominators', roles: [...LEADS, ...MUNICIPAL] },
      { slug: 'kizuna-funding-reports', roles: [] }, // the page 「交付金の報告」 leads there
      { slug: 'kizuna-municipality-changes', roles: [...LEADS, 'municipal-approver'] },
      { slug: 'kizuna-reports', roles: [...LEADS, ...MUNICIPAL] },
    ],
  },
  {
    label: '記録',
    lists: [
      'kizuna-approvals',
      'kizuna-comments',
      'kizuna-releases',
      'kizuna-alerts',
      'kizuna-audit-log',
    ].map((slug) => ({
      slug,
      roles: LEADS,
    })),
  },
  {
    label: '設定',
    lists: [
      { slug: USERS, roles: ['admin'] },
      { slug: SERVICE_ACCOUNTS, roles: ['admin'] },
    ],
  },
]

/** The parts of the menu for somebody with these roles; parts without a list are left out. *Pure.* */
export function menuFor(isHeld: (roles: readonly Role[]) => boolean): MenuGroup[] {
  return MENU_GROUPS.map(({ label, lists }) => ({
    label,
    lists: lists.filter(({ roles }) => isHeld(roles)),
  })).filter(({ lists }) => lists.length > 0)
}
