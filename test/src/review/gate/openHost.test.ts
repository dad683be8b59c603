// The gate in a host that opens everything the plugin closes besides: access, bulk edit, copies,
// scheduled publishing and autosave. What is left are the gate's hooks alone.
import { describe, expect, test } from '@jest/globals'

import type { CollectionOverride } from '../../../../src/plugin/options'
import { openEditorialCmsOfFile } from '../editorialCms'
import { LIVE } from './gateRoutes'

const everybody = () => true

const opened: CollectionOverride = (collection) => ({
  ...collection,
  access: { create: everybody, read: everybody, update: everybody, delete: everybody },
  disableDuplicate: false,
  disableBulkEdit: false,
  versions: { drafts: { autosave: true, schedulePublish: true } },
})

const cms = await openEditorialCmsOfFile({ 'kizuna-manuscripts': opened, 'kizuna-add-ons': opened })
const { id: live } = await cms.published()
const { id: liveAddOn } = await cms.publishedAddOn()

describe.each([
  { collection: 'kizuna-manuscripts', id: live, change: { body: 'x' } },
  { collection: 'kizuna-add-ons', id: liveAddOn, change: { title: 'x' } },
] as const)('$collection', ({ collection, id, change }) => {
  const bulk = `where[id][equals]=${id}`

  test.each([
    ['publish', `PATCH /${collection}/${id}`, LIVE],
    ['change in place', `PATCH /${collection}/${id}`, change],
    ['unpublish', `PATCH /${collection}/${id}`, { _status: 'draft' }],
    ['autosave as published', `PATCH /${collection}/${id}?autosave=true`, change],
    ['bulk publish', `PATCH /${collection}?${bulk}`, LIVE],
    ['bulk publish as draft', `PATCH /${collection}?draft=true&${bulk}`, LIVE],
    ['bulk change in place', `PATCH /${collection}?${bulk}`, change],
    ['bulk change of drafts', `PATCH /${collection}?draft=true&${bulk}`, change],
    ['copy as live', `POST /${collection}/${id}/duplicate?draft=false`, undefined],
    ['copy as published', `POST /${collection}/${id}/duplicate`, LIVE],
    ['delete', `DELETE /${collection}/${id}`, undefined],
  ] as const)('%s is refused', async (_name, route, body) => {
    const before = await cms.snapshot(collection, id)
    for (const person of ['hana', 'midori', 'machi', 'root', null] as const) {
      const answer = await cms.rest(person, route, body)
      expect({ person, ...answer }).toMatchObject({ person, status: 403 })
    }
    expect(await cms.snapshot(collection, id)).toEqual(before)
  })

  test('bulk delete leaves it', async () => {
    const before = await cms.snapshot(collection, id)
    const answer = await cms.rest('midori', `DELETE /${collection}?${bulk}`)
    expect(answer.body.errors).toHaveLength(1)
    expect(await cms.snapshot(collection, id)).toEqual(before)
  })

  test('a scheduled publication runs and is refused', async () => {
    const made = collection === 'kizuna-manuscripts' ? await cms.draft() : await cms.addOn()
    const before = await cms.snapshot(collection, made.id)
    for (const person of ['hana', 'midori', 'root', null] as const) {
      const user = person && { relationTo: 'users', value: cms.users[person].id }
      await cms.payload.jobs.queue({
        task: 'schedulePublish',
        input: { type: 'publish', doc: { relationTo: collection, value: made.id }, user },
      } as never)
    }
    const ran = await cms.payload.jobs.run({ limit: 10 })
    const statuses = Object.values(ran.jobStatus ?? {}).map(({ status }) => status)
    expect(statuses).toHaveLength(4)
    expect(statuses).not.toContain('success')
    expect(await cms.snapshot(collection, made.id)).toEqual(before)
  })
})

test('control: a copy of a live text is a draft by the copier', async () => {
  const answer = await cms.rest('taro', `POST /kizuna-manuscripts/${live}/duplicate`)
  expect(answer).toMatchObject({ status: 200, body: { doc: { _status: 'draft' } } })
  const copy = await cms.payload.findByID({
    collection: 'kizuna-manuscripts',
    id: answer.body.doc.id,
    draft: true,
    depth: 0,
  })
  expect(copy.authors).toEqual([cms.users.taro.id])
})

test('control: autosave writes drafts', async () => {
  const opened = await cms.opened('kizuna-manuscripts', live)
  const saved = await cms.rest(
    'hana',
    `PATCH /kizuna-manuscripts/${live}?draft=true&autosave=true`,
    {
      body: 'y',
      ...opened,
    },
  )
  expect(saved).toMatchObject({ status: 200, body: { doc: { body: 'y', _status: 'draft' } } })
  const { live: row } = await cms.snapshot('kizuna-manuscripts', live)
  expect(row).toMatchObject({ _status: 'published', body: '見本の本文です。' })
})
