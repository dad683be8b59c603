// The gate in a host that opens everything the plugin closes besides: access, bulk edit, copies,
// scheduled publishing and autosave. What is left are the gate's hooks alone.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import type { CollectionOverride } from '../../../src/options'
import type { Desk } from './desk'
import { openDesk } from './desk'

let desk: Desk
let live: string

const everybody = () => true

const opened: CollectionOverride = (collection) => ({
  ...collection,
  access: { create: everybody, read: everybody, update: everybody, delete: everybody },
  disableDuplicate: false,
  disableBulkEdit: false,
  versions: { drafts: { autosave: true, schedulePublish: true } },
})

beforeAll(async () => {
  desk = await openDesk({ manuscripts: opened })
  live = (await desk.published()).id
}, 60_000)

afterAll(() => desk.close())

const where = () => `where[id][equals]=${live}`

test.each([
  ['publish', () => `PATCH /manuscripts/${live}`, { _status: 'published' }],
  ['change in place', () => `PATCH /manuscripts/${live}`, { body: 'x' }],
  ['unpublish', () => `PATCH /manuscripts/${live}`, { _status: 'draft' }],
  ['autosave as published', () => `PATCH /manuscripts/${live}?autosave=true`, { body: 'x' }],
  ['bulk publish', () => `PATCH /manuscripts?${where()}`, { _status: 'published' }],
  [
    'bulk publish as draft',
    () => `PATCH /manuscripts?draft=true&${where()}`,
    { _status: 'published' },
  ],
  ['bulk change in place', () => `PATCH /manuscripts?${where()}`, { body: 'x' }],
  ['copy as live', () => `POST /manuscripts/${live}/duplicate?draft=false`, undefined],
  ['copy as published', () => `POST /manuscripts/${live}/duplicate`, { _status: 'published' }],
  ['delete', () => `DELETE /manuscripts/${live}`, undefined],
] as const)('%s is refused', async (_name, route, body) => {
  const before = await desk.snapshot('manuscripts', live)
  for (const person of ['hana', 'midori', 'root', null] as const) {
    const answer = await desk.rest(person, route(), body)
    expect({ person, ...answer }).toMatchObject({ person, status: 403 })
  }
  expect(await desk.snapshot('manuscripts', live)).toEqual(before)
})

test('bulk delete leaves it', async () => {
  const before = await desk.snapshot('manuscripts', live)
  const answer = await desk.rest('midori', `DELETE /manuscripts?${where()}`)
  expect(answer.body.errors).toHaveLength(1)
  expect(await desk.snapshot('manuscripts', live)).toEqual(before)
})

test('a scheduled publication runs and is refused', async () => {
  const { id } = await desk.draft()
  const before = await desk.snapshot('manuscripts', id)
  for (const person of ['hana', 'midori', 'root', null] as const) {
    const user = person && { relationTo: 'users', value: desk.users[person].id }
    await desk.payload.jobs.queue({
      task: 'schedulePublish',
      input: { type: 'publish', doc: { relationTo: 'manuscripts', value: id }, user },
    } as never)
  }
  const ran = await desk.payload.jobs.run({ limit: 10 })
  const statuses = Object.values(ran.jobStatus ?? {}).map(({ status }) => status)
  expect(statuses).toHaveLength(4)
  expect(statuses).not.toContain('success')
  expect(await desk.snapshot('manuscripts', id)).toEqual(before)
})

test('control: a copy of a live text is a draft by the copier', async () => {
  const answer = await desk.rest('taro', `POST /manuscripts/${live}/duplicate`)
  expect(answer).toMatchObject({ status: 200, body: { doc: { _status: 'draft' } } })
  const copy = await desk.payload.findByID({
    ...{ collection: 'manuscripts', id: answer.body.doc.id, draft: true, depth: 0 },
  })
  expect(copy.authors).toEqual([desk.users.taro.id])
})

test('control: autosave writes drafts, and bulk changes of drafts are allowed', async () => {
  const saved = await desk.rest('hana', `PATCH /manuscripts/${live}?draft=true&autosave=true`, {
    body: 'y',
  })
  expect(saved).toMatchObject({ status: 200, body: { doc: { body: 'y', _status: 'draft' } } })
  const bulk = await desk.rest('hana', `PATCH /manuscripts?draft=true&${where()}`, { body: 'z' })
  expect(bulk.body).toMatchObject({ docs: [{ body: 'z', _status: 'draft' }], errors: [] })
  const { live: row } = await desk.snapshot('manuscripts', live)
  expect(row).toMatchObject({ _status: 'published', body: '見本の本文です。' })
})
