// Every field that a person or a program can write has a maximum, asked before anything else looks.
import { expect, test } from '@jest/globals'
import type { Field, SanitizedConfig } from 'payload'
import { buildConfig } from 'payload'

import { kizuna, withBuiltIns } from '../../../src/plugin/kizuna'

async function builtConfig(): Promise<SanitizedConfig> {
  const config = await buildConfig({
    secret: 'x'.repeat(32),
    db: { defaultIDType: 'text', init: () => ({}) } as never,
    telemetry: false,
    collections: [
      {
        slug: 'posts',
        fields: [
          { name: 'free', type: 'text', validate: () => true as const },
          { name: 'rows', type: 'array', fields: [{ name: 'of', type: 'textarea' }] },
        ],
      },
    ],
    globals: [{ slug: 'footer', fields: [{ name: 'words', type: 'json' }] }],
    plugins: [kizuna({ now: () => new Date('2026-11-23T00:00:00.000Z') })],
  })
  return withBuiltIns(config)
}

/** Every field that holds something, with its place. */
function leaves(fields: readonly Field[], place: string): [string, Field][] {
  return fields.flatMap((field): [string, Field][] => {
    if (field.type === 'ui') return []
    if (field.type === 'tabs') return field.tabs.flatMap((tab) => leaves(tab.fields, place))
    const here = 'name' in field && field.name ? `${place}.${field.name}` : place
    const own: [string, Field][] = here === place || field.type === 'group' ? [] : [[here, field]]
    if (field.type === 'blocks') {
      const blocks = field.blocks.flatMap(({ slug, fields }) => leaves(fields, `${here}.${slug}`))
      return [...own, ...blocks]
    }
    return 'fields' in field ? [...own, ...leaves(field.fields, here)] : own
  })
}

const config = await builtConfig()
const every = [...config.collections, ...config.globals].flatMap(({ slug, fields }) =>
  leaves(fields, slug),
)
const isHosts = (name: string) => name.startsWith('posts.') || name.startsWith('footer.')
const all = every.filter(([name]) => !isHosts(name))
const HUGE = '病'.repeat(2_100_000)
const ENDLESS = new Array<string>(500_000).fill('あ')
const MANY = Array.from({ length: 20_000 }, () => ({}))
const options = { req: { t: String }, siblingData: {}, data: {}, event: 'submit' }

test('the walk sees the fields of every collection, Payload’s own too', () => {
  const names = all.map(([name]) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'kizuna-municipalities.contact.department',
      'kizuna-municipalities.contactVariables.value',
      'kizuna-add-ons.blocks.text.text',
      'kizuna-manuscripts.sources.url',
      'users.email',
      'payload-preferences.value',
      'payload-query-presets.where',
    ]),
  )
})

test('the fields of a host’s own collections and globals stay as they were', async () => {
  const hosts = every.filter(([name]) => isHosts(name) && !name.endsWith('.id')) // Payload's own
  expect(hosts.map(([name]) => name)).toEqual(
    expect.arrayContaining(['posts.free', 'posts.rows.of']),
  )
  for (const [name, field] of hosts) {
    expect([name, 'maxLength' in field || 'maxRows' in field]).toEqual([name, false])
  }
  const free = hosts.find(([name]) => name === 'posts.free')?.[1] as { validate?: () => unknown }
  expect(free.validate?.()).toBe(true)
})

test.each(all)('%s refuses what is far too large, before its own check', async (_, field) => {
  const check = (field as { validate?: (value: unknown, options: unknown) => unknown }).validate
  const isRows = field.type === 'array' || field.type === 'blocks'
  const sentence = /文字までです|件までです|大きすぎます/
  expect(await check?.(isRows ? MANY : HUGE, options)).toMatch(sentence)
  expect(await check?.(ENDLESS, options)).toMatch(sentence)
})

const TYPED = new Set(['text', 'textarea', 'code', 'email'])

test.each(all.filter(([, { type }]) => TYPED.has(type)))(
  '%s refuses more marks on one sign than anybody writes, which nothing else looks at',
  async (_, field) => {
    const { validate } = field as { validate?: (value: unknown, options: unknown) => unknown }
    const stacked = `か${'\u0301'.repeat(20)}${'\u0323'.repeat(20)}`
    expect(await validate?.(stacked, options)).toMatch(/に、1 つの文字に重なる記号|文字までです/)
  },
)

test('asking twice for the maximums changes nothing more', () => {
  const hooks = config.collections.map(({ hooks }) => hooks.beforeOperation.length)
  withBuiltIns(config)
  expect(config.collections.map(({ hooks }) => hooks.beforeOperation.length)).toEqual(hooks)
})
