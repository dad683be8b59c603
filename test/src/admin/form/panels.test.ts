// Who may not write a common text sees it as families get it; everybody else has its form.
import { expect, test } from '@jest/globals'
import type { CollectionConfig, Field } from 'payload'

import { withPanels } from '../../../../src/admin/form/panels'
import { ROLES, type Role } from '../../../../src/people/roles'

const FIELDS: Field[] = [
  { type: 'tabs', tabs: [{ label: '文章', fields: [{ name: 'body', type: 'text' }] }] },
  { name: 'authors', type: 'text', admin: { position: 'sidebar' } },
  { name: 'slotKey', type: 'text', admin: { hidden: true } },
]

const collection = (slug: string) =>
  withPanels({ slug, fields: FIELDS } as CollectionConfig, [{ code: 'standard', label: '標準' }])

/** Names of what a person sees in the form, the tabs as 文章. */
function seenBy(slug: string, ...roles: Role[]): string[] {
  const account = { kizunaPerson: 'users', kizunaRoles: roles, kizunaMunicipality: 'm1' }
  const user = { id: '1', collection: 'users', ...account }
  return collection(slug).fields.flatMap((field) => {
    const { admin } = field as {
      admin?: { hidden?: boolean; condition?: (...asked: unknown[]) => boolean }
    }
    const isShown = admin?.condition?.({ municipality: 'm1' }, {}, { user }) ?? true
    const name = field.type === 'tabs' ? '文章' : 'name' in field ? field.name : ''
    return isShown && !admin?.hidden ? [name] : []
  })
}

const FORM = ['文章', 'authors', 'reviewPanel', 'contentPreview']

test.each(ROLES.map(({ value }) => value))('%s and a common text', (role) => {
  const seen = seenBy('kizuna-manuscripts', role)
  const isReader = role === 'municipal-editor' || role === 'municipal-approver'
  expect(seen.includes('readerView')).toBe(isReader)
  for (const part of FORM) expect([part, seen.includes(part)]).toEqual([part, !isReader])
  expect(seen).toContain('hiddenPanel')
})

test('who is of the team as well keeps the form', () => {
  expect(seenBy('kizuna-manuscripts', 'municipal-editor', 'editor')).toEqual(
    expect.arrayContaining(FORM),
  )
})

test('a municipality writes its own texts in a form as ever', () => {
  const seen = seenBy('kizuna-add-ons', 'municipal-editor')
  expect(seen).toEqual(expect.arrayContaining(FORM))
  expect(seen).not.toContain('readerView')
})
