// The dashboard of each role: what it leads to and which cards it has.
import { expect, test } from '@jest/globals'
import type { Config, PayloadRequest } from 'payload'

import { ROLES, type Role } from '../../../../src/people/roles'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { roleLine } from '../../../../src/admin/dashboard/roleLine'
import { refusalFor } from '../../../../src/admin/pages/refusal'
import { mainActsOf } from '../../../../src/admin/dashboard/mainAct'
import { totalOf } from '../../../../src/admin/dashboard/totals'
import { withWidgets } from '../../../../src/admin/dashboard/widgets'

type User = Parameters<typeof mainActsOf>[0]

function person(...roles: Role[]): User {
  return {
    id: '1',
    collection: 'users',
    kizunaPerson: 'users',
    kizunaRoles: roles,
  } as unknown as User
}

function cards(...roles: Role[]): string[] {
  const layout = withWidgets({} as Config, true).admin?.dashboard?.defaultLayout
  if (typeof layout !== 'function') throw new Error('no layout')
  const found = layout({ req: { user: person(...roles) } as PayloadRequest })
  return (found as { widgetSlug: string }[]).map(({ widgetSlug }) => widgetSlug)
}

const actsOf = (...roles: Role[]) => mainActsOf(person(...roles)).map(({ label }) => label)

const DASHBOARDS: Record<Role, { cards: string[]; acts: string[] }> = {
  editor: { cards: ['work', 'act', 'states', 'due'], acts: ['原稿を書く'] },
  reviewer: { cards: ['work', 'act', 'states', 'due'], acts: ['監修待ちを開く'] },
  chief: { cards: ['work', 'act', 'states', 'due', 'deliveries'], acts: ['監修待ちを開く'] },
  'municipal-editor': {
    cards: ['work', 'act', 'proposals', 'states', 'due', 'rate', 'deliveries'],
    acts: [
      ...['自治体原稿を書く', 'お知らせを出す', 'こんどの配信を見る', '緊急のお知らせ'],
      ...['ポスターを作る', 'アンケート'],
    ],
  },
  'municipal-approver': {
    cards: ['work', 'act', 'states', 'due', 'rate', 'deliveries'],
    acts: ['監修待ちを開く', 'こんどの配信を見る', '緊急のお知らせ'],
  },
  contributor: { cards: ['act', 'proposals'], acts: ['協力団体の提案を開く'] },
  admin: { cards: ['act', 'states', 'due', 'deliveries'], acts: ['原稿の地図を開く'] },
}

test.each(ROLES.map(({ value }) => value))('%s', (role) => {
  const own = DASHBOARDS[role].cards.map((name) => `kizuna-${name}`)
  expect(cards(role)).toEqual(own)
  expect(actsOf(role)).toEqual(DASHBOARDS[role].acts)
})

test('whose page it is, and who gives a role, is said to who may not open one', () => {
  expect(refusalFor(false, ['reviewer', 'chief'])).toMatch(
    /使うのは、監修者、監修責任者です。必要なときはシステム管理者に相談/,
  )
  expect(refusalFor(true, ['reviewer'])).not.toContain('システム管理者に相談')
})

test('a reviewer reads in which discipline, everybody else their role alone', () => {
  const policy = parsePolicy()
  const held = (user: object) => roleLine(user as User, policy)
  const doctor = { ...person('reviewer'), disciplines: ['medical', 'midwifery'] }
  expect(held(doctor)).toBe('監修者(医師、助産)')
  expect(held({ ...person('editor', 'reviewer'), disciplines: [] })).toBe('編集者(制作)、監修者')
  expect(held({ ...person('editor'), disciplines: ['medical'] })).toBe('編集者(制作)')
  expect(held(person())).toBe('まだありません')
})

test('somebody of two roles has what both have, each once', () => {
  expect(cards('municipal-editor', 'contributor')).toEqual(cards('municipal-editor'))
  expect(actsOf('editor', 'reviewer')).toEqual(actsOf('editor'))
  expect(cards('reviewer', 'admin')).toEqual(cards('chief'))
})

test('somebody without a role has no way to anything', () => {
  expect(actsOf()).toEqual([])
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
