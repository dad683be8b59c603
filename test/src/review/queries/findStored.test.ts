// A host may change what leaves the database: then the many are read as the one is.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { CollectionConfig, Field } from 'payload'

import { isReadAsStored } from '../../../../src/review/queries/findStored'
import { loadOverview } from '../../../../src/review/queries/overview'
import { parsePolicy } from '../../../../src/review/rules/policy'
import { openEditorialCms, type EditorialCms } from '../editorialCms'

const options = { policy: parsePolicy(), now: () => new Date() }

let cms: EditorialCms

beforeAll(async () => {
  cms = await openEditorialCms({
    'kizuna-manuscripts': (collection) => withShortTitles(collection),
  })
}, 60_000)

afterAll(() => cms.close())

/** A host whose titles are shown without the words in brackets. */
function withShortTitles(collection: CollectionConfig): CollectionConfig {
  const afterRead = [({ value }: { value?: string }) => value?.replace(/\(.*\)/, '')]
  const changed = (field: Field): Field => {
    if (field.type === 'tabs') {
      const tabs = field.tabs.map((tab) => ({ ...tab, fields: tab.fields.map(changed) }))
      return { ...field, tabs }
    }
    const isTitle = 'name' in field && field.name === 'title'
    return isTitle ? ({ ...field, hooks: { afterRead } } as Field) : field
  }
  return { ...collection, fields: collection.fields.map(changed) }
}

test("many are read as one is: titles as the host's hook leaves them", async () => {
  await cms.draft({ title: '(内部)からだの変化' })
  const found = await loadOverview(
    await cms.reqOf('hana'),
    { collection: 'kizuna-manuscripts' },
    options,
  )
  expect(found.map(({ title }) => title)).toEqual(['からだの変化'])
})

const NO_HOOKS = { afterRead: [], beforeRead: [], afterOperation: [] }
const inRow = (more: object) => [{ type: 'row', fields: [{ name: 'a', type: 'text', ...more }] }]
const inBlock = (more: object) => [
  { type: 'blocks', name: 'b', blocks: [{ slug: 'x', fields: inRow(more) }] },
]

test.each([
  ['a field with neither hook nor rule', { fields: inRow({}) }, true],
  [
    'a field that is written by hooks',
    { fields: inRow({ access: { update: () => false } }) },
    true,
  ],
  ['a field closed to somebody', { fields: inRow({ access: { read: () => false } }) }, false],
  ['a field closed in a block', { fields: inBlock({ access: { read: () => false } }) }, false],
  ['a field with a hook', { fields: inRow({ hooks: { afterRead: [() => 1] } }) }, false],
  ['a field that is not stored', { fields: inRow({ virtual: true }) }, false],
  ['a field in several languages', { fields: inRow({ localized: true }) }, false],
  ['a hook of the collection', { hooks: { ...NO_HOOKS, afterRead: [() => 1] } }, false],
  ['a hook before reading', { hooks: { ...NO_HOOKS, beforeRead: [() => 1] } }, false],
  ['a trash: what lies in it is not asked for', { trash: true }, true],
])('%s', (_, config, isPlain) => {
  const whole = { fields: [], hooks: NO_HOOKS, trash: false, ...config }
  expect(isReadAsStored(whole as unknown as Parameters<typeof isReadAsStored>[0])).toBe(isPlain)
})
