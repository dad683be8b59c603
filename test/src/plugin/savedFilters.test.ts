// Filters of a list that somebody keeps (Payload's query presets): everybody's own, and nobody else's.
import { afterAll, expect, test } from '@jest/globals'
import type { Field } from 'payload'

import { withBuiltIns } from '../../../src/plugin/builtIns'
import { startCms } from '../../collections/cms'
import { gather, insert, personData } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
const PRESETS = '/payload-query-presets'
const preset = {
  title: '栄養の下書き',
  relatedCollection: 'kizuna-manuscripts',
  where: { or: [{ and: [{ topics: { in: ['nutrition'] } }] }] },
}
afterAll(() => cms.stop())

test('an editor keeps a filter, finds it again, changes and deletes it', async () => {
  const id = await keep()
  const as = people.as.editor
  const found = await cms.rest({ path: `${PRESETS}?where[id][equals]=${id}`, as })
  expect(found.body.docs).toMatchObject([{ title: '栄養の下書き' }])
  const path = `${PRESETS}/${id}`
  const body = { title: '栄養' }
  expect((await cms.rest({ method: 'PATCH', path, as, body })).status).toBe(200)
  expect((await cms.rest({ method: 'DELETE', path, as })).status).toBe(200)
})

test.each(['chief', 'reviewer', 'admin', 'municipal-editor', 'contributor'] as const)(
  'the %s neither sees nor changes it',
  async (role) => {
    const id = await keep()
    const as = people.as[role]
    expect((await cms.rest({ path: PRESETS, as })).body.docs).toEqual([])
    const path = `${PRESETS}/${id}`
    expect((await cms.rest({ path, as })).status).toBe(404)
    expect((await cms.rest({ method: 'PATCH', path, as, body: { title: 'x' } })).status).toBe(403)
    expect((await cms.rest({ method: 'DELETE', path, as })).status).toBe(403)
  },
)

test('it cannot be made everybody’s, nor put into another person’s list', async () => {
  const everybody = { read: { constraint: 'everyone' } }
  const as = people.as.editor
  const made = { ...preset, access: everybody, isShared: true }
  expect((await cms.rest({ method: 'POST', path: PRESETS, as, body: made })).status).toBe(403)
  const path = `${PRESETS}/${await keep()}`
  const body = { access: everybody }
  expect((await cms.rest({ method: 'PATCH', path, as, body })).status).toBe(403)

  const data = personData('editor', people.own)
  const other = await insert(cms, 'users', data)
  const theirs = { ...preset, access: { read: { constraint: 'onlyMe', users: [other] } } }
  await cms.rest({ method: 'POST', path: PRESETS, as, body: theirs })
  const otherAs = await cms.login(data.email, data.password)
  expect((await cms.rest({ path: PRESETS, as: otherAs })).body.docs).toEqual([])
})

test('a program keeps none', async () => {
  const as = people.as.worker
  expect((await cms.rest({ path: PRESETS, as })).status).toBe(403)
  expect((await cms.rest({ method: 'POST', path: PRESETS, as, body: preset })).status).toBe(403)
})

test('the form asks for a name and the conditions, in Japanese; the list shows the name', () => {
  const { collections } = withBuiltIns(cms.config)
  const form = collections.find(({ slug }) => (slug as string) === PRESETS.slice(1))
  const shown = (form?.fields ?? []).filter((field) => 'name' in field && !isUnseen(field))
  expect(shown.map((field) => ('label' in field ? field.label : null))).toEqual([
    '名前',
    '絞り込みの条件',
  ])
  const listed = (form?.fields ?? []).filter(
    ({ admin }) => !(admin && 'disableListColumn' in admin && admin.disableListColumn),
  )
  expect(listed.map((field) => ('name' in field ? field.name : ''))).toEqual(['title'])
})

function isUnseen({ admin }: Field): boolean {
  const components = admin && 'components' in admin ? admin.components : undefined
  return Boolean(
    components && 'Field' in components && String(components.Field).endsWith('HiddenField'),
  )
}

async function keep(): Promise<string> {
  const as = people.as.editor
  const { status, body } = await cms.rest({ method: 'POST', path: PRESETS, as, body: preset })
  expect(status).toBe(201)
  return (body.doc as { id: string }).id
}
