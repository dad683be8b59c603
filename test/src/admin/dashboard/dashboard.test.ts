// The dashboard of each role: what it leads to and which cards it has.
import { expect, test } from '@jest/globals'
import type { Config, PayloadRequest } from 'payload'

import { ROLES, type Role } from '../../../../src/people/roles'
import { mainActOf } from '../../../../src/admin/dashboard/mainAct'
import { totalOf } from '../../../../src/admin/dashboard/totals'
import { withWidgets } from '../../../../src/admin/dashboard/widgets'

type User = Parameters<typeof mainActOf>[0]

function person(...roles: Role[]): User {
  return { id: '1', collection: 'users', isPerson: true, roles } as unknown as User
}

function cards(...roles: Role[]): string[] {
  const layout = withWidgets({} as Config).admin?.dashboard?.defaultLayout
  if (typeof layout !== 'function') throw new Error('no layout')
  const found = layout({ req: { user: person(...roles) } as PayloadRequest })
  return (found as { widgetSlug: string }[]).map(({ widgetSlug }) => widgetSlug)
}

const actOf = (...roles: Role[]) => mainActOf(person(...roles))?.label

const DASHBOARDS: Record<Role, { cards: string[]; first: string }> = {
  editor: { cards: ['work', 'act', 'states', 'due'], first: '原稿を書く' },
  reviewer: { cards: ['work', 'act', 'states', 'due'], first: '監修待ちを開く' },
  chief: { cards: ['work', 'act', 'states', 'due', 'deliveries'], first: '監修待ちを開く' },
  'municipal-editor': {
    cards: ['work', 'act', 'proposals', 'states', 'deliveries'],
    first: '自治体原稿を書く',
  },
  'municipal-approver': { cards: ['work', 'act', 'states', 'deliveries'], first: '監修待ちを開く' },
  contributor: { cards: ['act', 'proposals'], first: '協力団体の提案を開く' },
  admin: { cards: ['act', 'states', 'due', 'deliveries'], first: '原稿の地図を開く' },
}

test.each(ROLES.map(({ value }) => value))('%s', (role) => {
  const own = DASHBOARDS[role].cards.map((name) => `kizuna-${name}`)
  expect(cards(role)).toEqual(own)
  expect(actOf(role)).toBe(DASHBOARDS[role].first)
})

test('somebody of two roles has what both have, each once', () => {
  expect(cards('municipal-editor', 'contributor')).toEqual(cards('municipal-editor'))
  expect(actOf('editor', 'reviewer')).toBe(actOf('editor'))
  expect(cards('reviewer', 'admin')).toEqual(cards('chief'))
})

test('somebody without a role has no way to anything', () => {
  expect(actOf()).toBeUndefined()
  expect(cards()).toEqual([])
})

test.each([
  [[{ readers: 60 }, { readers: 1000 }], '1,060 人'],
  [[{ readers: 60 }, { readers: null }], '60 人以上'],
  [[{ readers: null }, { readers: null }], '非表示'],
  [[{}], '非表示'],
])('%j together', (reports, total) => {
  expect(totalOf(reports, 'readers', '人')).toBe(total)
})
