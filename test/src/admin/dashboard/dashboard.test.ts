// The dashboard of each role: what it leads to and which cards it has.
import { expect, test } from '@jest/globals'
import type { Config, PayloadRequest } from 'payload'

import { ROLES, type Role } from '../../../../src/people/roles'
import { quickLinks } from '../../../../src/admin/dashboard/quickLinks'
import { totalOf } from '../../../../src/admin/dashboard/totals'
import { withWidgets } from '../../../../src/admin/dashboard/widgets'

type User = Parameters<typeof quickLinks>[0]

function person(...roles: Role[]): User {
  return { id: '1', collection: 'users', isPerson: true, roles } as unknown as User
}

function cards(...roles: Role[]): string[] {
  const layout = withWidgets({} as Config).admin?.dashboard?.defaultLayout
  if (typeof layout !== 'function') throw new Error('no layout')
  const found = layout({ req: { user: person(...roles) } as PayloadRequest })
  return (found as { widgetSlug: string }[]).map(({ widgetSlug }) => widgetSlug)
}

const labels = (...roles: Role[]) => quickLinks(person(...roles)).map(({ label }) => label)

const DASHBOARDS: Record<Role, { cards: string[]; first: string }> = {
  editor: { cards: ['work', 'states', 'due'], first: '原稿を書く' },
  reviewer: { cards: ['work', 'states', 'due'], first: '監修待ち' },
  chief: { cards: ['work', 'states', 'due', 'deliveries'], first: '監修待ち' },
  'municipal-editor': {
    cards: ['work', 'proposals', 'states', 'deliveries'],
    first: '自治体原稿を書く',
  },
  'municipal-approver': { cards: ['work', 'states', 'deliveries'], first: '監修待ち' },
  contributor: { cards: ['proposals'], first: '協力団体の提案' },
  admin: { cards: ['states', 'due', 'deliveries'], first: '原稿の地図' },
}

test.each(ROLES.map(({ value }) => value))('%s', (role) => {
  const own = DASHBOARDS[role].cards.map((name) => `kizuna-${name}`)
  expect(cards(role)).toEqual(role === 'contributor' ? own : [...own, 'collections'])
  expect(labels(role)[0]).toBe(DASHBOARDS[role].first)
})

test('somebody of two roles has what both have, each once', () => {
  expect(cards('municipal-editor', 'contributor')).toEqual(cards('municipal-editor'))
  expect(labels('editor', 'reviewer')).toEqual(labels('editor'))
  expect(cards('reviewer', 'admin')).toEqual(cards('chief'))
})

test('somebody without a role has no way to anything', () => {
  expect(labels()).toEqual([])
  expect(cards()).toEqual(['collections'])
})

test.each([
  [[{ readers: 60 }, { readers: 1000 }], '1,060 人'],
  [[{ readers: 60 }, { readers: null }], '60 人以上'],
  [[{ readers: null }, { readers: null }], '非表示'],
  [[{}], '非表示'],
])('%j together', (reports, total) => {
  expect(totalOf(reports, 'readers', '人')).toBe(total)
})
