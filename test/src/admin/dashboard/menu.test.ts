// The lists of the menu: each role has those it works in, and none of the plugin's is nobody's.
import { expect, test } from '@jest/globals'

import { ADMIN_PAGES } from '../../../../src/admin/pages/adminPages'
import { menuFor, MENU_GROUPS } from '../../../../src/admin/pages/menuLists'
import { ROLES, type Role } from '../../../../src/people/roles'
import { startCms } from '../../../collections/cms'

const listsOf = (role: Role) =>
  menuFor((roles) => roles.includes(role)).flatMap(({ lists }) => lists.map(({ slug }) => slug))

const TEXTS = ['kizuna-manuscripts', 'kizuna-add-ons']
const TOWN = [
  ...['kizuna-municipalities', 'kizuna-hidden-texts', 'kizuna-sources', 'kizuna-denominators'],
  'kizuna-reports',
]
const RECORDS = [
  ...['kizuna-approvals', 'kizuna-comments', 'kizuna-releases', 'kizuna-alerts'],
  'kizuna-audit-log',
]

const LISTS: Record<Role, string[]> = {
  editor: [...TEXTS, 'kizuna-series', 'kizuna-media', 'kizuna-voices'],
  reviewer: [...TEXTS, 'kizuna-voices'],
  chief: [
    ...[...TEXTS, 'kizuna-series', 'kizuna-voices'],
    ...['kizuna-municipalities', 'kizuna-hidden-texts'],
    ...['kizuna-sources', 'kizuna-denominators'],
    'kizuna-municipality-changes',
    ...['kizuna-reports', ...RECORDS],
  ],
  'municipal-editor': ['kizuna-add-ons', 'kizuna-media', 'kizuna-voices', ...TOWN],
  'municipal-approver': [
    'kizuna-add-ons',
    'kizuna-voices',
    'kizuna-municipalities',
    'kizuna-hidden-texts',
    'kizuna-sources',
    'kizuna-denominators',
    'kizuna-municipality-changes',
    'kizuna-reports',
  ],
  contributor: [],
  admin: [
    ...[
      ...TEXTS,
      'kizuna-series',
      'kizuna-voices',
      'kizuna-municipalities',
      'kizuna-line-accounts',
      'kizuna-hidden-texts',
      'kizuna-sources',
      'kizuna-denominators',
    ],
    ...[
      'kizuna-municipality-changes',
      'kizuna-reports',
      ...RECORDS,
      'users',
      'kizuna-service-accounts',
    ],
  ],
}

const pagesOf = (role: Role) =>
  ADMIN_PAGES.filter(({ roles }) => roles.includes(role)).map(({ label }) => label)

test('examples are for towns, files for who writes, days of review for towns too', () => {
  const having = (label: string) =>
    ROLES.map(({ value }) => value).filter((role) => pagesOf(role).includes(label))
  expect(having('お手本')).toEqual(['municipal-editor', 'municipal-approver'])
  expect(having('取り込み・書き出し')).toEqual(['editor', 'municipal-editor'])
  expect(having('見直し期限')).toEqual(
    ROLES.map(({ value }) => value).filter((role) => role !== 'contributor'),
  )
})

test.each(ROLES.map(({ value }) => value))('%s', (role) => {
  expect(listsOf(role)).toEqual(LISTS[role])
})

test('what Payload’s menu does not show is in ours, or hidden from everybody', async () => {
  const cms = await startCms()
  try {
    const left = cms.config.collections.filter(
      ({ slug, admin }) => !slug.startsWith('payload-') && admin.hidden !== true,
    )
    expect(left.map(({ admin }) => admin.group)).toEqual(left.map(() => false))
    const listed = MENU_GROUPS.flatMap(({ lists }) => lists.map(({ slug }) => slug))
    expect(listed.toSorted()).toEqual(left.map(({ slug }) => slug as string).toSorted())
  } finally {
    await cms.stop()
  }
})
