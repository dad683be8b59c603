// The plugin in other people's configs: what it adds, what it leaves alone, what it refuses.
import { describe, expect, test } from '@jest/globals'
import { generatePayloadCookie } from 'payload/shared'
import {
  buildConfig,
  type CollectionConfig,
  type Config,
  type Field,
  type SanitizedConfig,
} from 'payload'

import { correctedJapanese } from '../../../src/admin/appearance/japanese'
import { kizuna } from '../../../src/plugin/kizuna'
import type { KizunaOptions } from '../../../src/plugin/options'

const now = () => new Date('2026-11-23T00:00:00.000Z')
const SLUGS = [
  'kizuna-manuscripts',
  'kizuna-add-ons',
  'kizuna-series',
  'kizuna-media',
  'kizuna-approvals',
  'kizuna-comments',
  'kizuna-releases',
  'kizuna-audit-log',
  'kizuna-municipalities',
  'kizuna-municipality-changes',
  'kizuna-hidden-texts',
  'kizuna-shared-add-ons',
  'kizuna-line-accounts',
  'kizuna-reports',
  'users',
  'kizuna-service-accounts',
  'kizuna-alignments',
  'kizuna-text-states',
  'kizuna-review-requests',
  'kizuna-link-checks',
  'kizuna-schedules',
  'kizuna-second-factors',
  'kizuna-sources',
  'kizuna-voices',
  'kizuna-alerts',
  'kizuna-funding-reports',
  'kizuna-surveys',
  'kizuna-survey-results',
  'kizuna-statistics',
  'kizuna-denominators',
  'kizuna-account-moves',
]

async function build(
  host: Partial<Config> = {},
  options: Partial<KizunaOptions> = { admin: 'whole' },
) {
  return buildConfig({
    secret: 'x'.repeat(32),
    db: { defaultIDType: 'text', init: () => ({}) } as never,
    telemetry: false,
    ...host,
    plugins: [kizuna({ now, ...options })],
  })
}

function collection(config: SanitizedConfig, slug: string) {
  const found = config.collections.find((candidate) => (candidate.slug as string) === slug)
  if (!found) throw new Error(`no ${slug}`)
  return found
}

function names(fields: readonly object[]): string[] {
  return fields.flatMap((field) => ('name' in field ? [String(field.name)] : []))
}

test('it adds its collections to an empty config', async () => {
  const config = await build()
  const slugs = config.collections.map(({ slug }) => slug as string)
  expect(slugs.filter((slug) => !slug.startsWith('payload-')).sort()).toEqual(SLUGS.toSorted())
  expect(config.admin.user).toBe('users')
})

test('every access function of its collections is written out', async () => {
  const config = await build()
  const operations = ['admin', 'create', 'read', 'update', 'delete', 'readVersions', 'unlock']
  const left = SLUGS.flatMap((slug) => {
    const access: object = collection(config, slug).access
    return operations.filter((name) => !(name in access)).map((name) => `${slug}.${name}`)
  })
  expect(left).toEqual([])
})

describe('beside what the host has', () => {
  const posts: CollectionConfig = { slug: 'posts', fields: [{ name: 'title', type: 'text' }] }
  const users: CollectionConfig = {
    slug: 'users',
    auth: { tokenExpiration: 60 },
    access: { read: () => true, update: () => true },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'nickname', type: 'text' },
    ],
  }

  test('other collections stay as they are', async () => {
    const config = await build({ collections: [posts] })
    expect(names(collection(config, 'posts').fields)).toContain('title')
  })

  test("a users collection keeps the host's fields and sign-in, and gets our access", async () => {
    const config = await build({ collections: [users] })
    const joined = collection(config, 'users')
    const found = names(joined.flattenedFields)
    expect(found).toEqual(expect.arrayContaining(['name', 'nickname', 'kizunaName', 'kizunaRoles']))
    expect(found.filter((name) => name === 'name')).toHaveLength(1)
    expect(joined.auth.tokenExpiration).toBe(60)
    const req = { user: null } as never
    expect(await joined.access.read({ req })).not.toBe(true)
  })

  test.each([
    ['of the people', 'users', 'kizunaRoles'],
    ['of the people, inside a tab', 'users', 'kizunaTab'],
    ['of another log-in that would be taken for one of us', 'members', 'kizunaPerson'],
  ])('a field %s under one of our names stops the start', async (_what, slug, name) => {
    const field: Field = { name, type: 'text' }
    const tabs: Field[] = [{ type: 'tabs', tabs: [{ label: 'x', fields: [field] }] }]
    const fields = name === 'kizunaTab' ? tabs : [field]
    const host = { collections: [{ slug, auth: true, fields }] }
    await expect(build(host)).rejects.toThrow(new RegExp(`"${name}".*in the collection "${slug}"`))
  })

  test('the host’s jobs keep their settings and their runs', async () => {
    const run = { cron: '0 * * * *', queue: 'nightly' }
    const may = () => true
    const jobs = { tasks: [], access: { run: may }, autoRun: [run], deleteJobOnComplete: false }
    const config = await build({ jobs })
    expect(config.jobs.access?.run).toBe(may)
    expect(config.jobs.deleteJobOnComplete).toBe(false)
    expect(config.jobs.autoRun).toEqual([
      run,
      expect.objectContaining({ queue: 'kizuna-digests' }),
      expect.objectContaining({ queue: 'kizuna-publications' }),
      expect.objectContaining({ queue: 'kizuna-links' }),
    ])
    const asked = await build({ jobs: { tasks: [], autoRun: () => [run] } })
    const { autoRun } = asked.jobs
    expect(typeof autoRun === 'function' && (await autoRun({} as never))).toHaveLength(4)
    const own = await build()
    expect(await own.jobs.access?.run?.({ req: { user: { id: 1 } } } as never)).toBe(false)
  })

  test('where the CMS may not go out, no address is asked for, by whatever way', async () => {
    const paths = ({ endpoints }: SanitizedConfig) => endpoints.map(({ path }) => path)
    const queues = ({ jobs }: SanitizedConfig) =>
      (jobs.autoRun as { queue?: string }[]).map(({ queue }) => queue)
    const [on, off] = [await build(), await build({}, { checkLinks: false })]
    expect([paths(on).includes('/links/look'), paths(off).includes('/links/look')]).toEqual([
      true,
      false,
    ])
    expect(queues(on)).toContain('kizuna-links')
    expect(queues(off)).not.toContain('kizuna-links')
  })

  test('another collection under one of our names stops the start', async () => {
    const taken = { slug: 'kizuna-media', fields: [] }
    await expect(build({ collections: [taken] })).rejects.toThrow(
      /kizuna has collections of these names: "kizuna-media"/,
    )
  })

  test("the host's own words, components and admin settings win", async () => {
    const config = await build({
      i18n: { translations: { ja: { general: { save: '記録する' } } } as never },
      admin: { dateFormat: 'yyyy/MM/dd', components: { beforeDashboard: ['/x#Y'] } },
    })
    const general = (config.i18n.translations as { ja: { general: Record<string, string> } }).ja
      .general
    expect(general.save).toBe('記録する')
    expect(general.columns).toBe('列の表示')
    expect(config.admin.dateFormat).toBe('yyyy/MM/dd')
    expect(config.admin.components.beforeDashboard).toEqual(['kizuna/rsc#DashboardNote', '/x#Y'])
  })

  test('an override has the last word on a collection', async () => {
    const addField = (series: CollectionConfig): CollectionConfig => ({
      ...series,
      fields: [...series.fields, { name: 'colour', type: 'text' }],
    })
    const config = await build({}, { overrides: { 'kizuna-series': addField } })
    expect(names(collection(config, 'kizuna-series').flattenedFields)).toContain('colour')
  })
})

describe('disabled', () => {
  test('the fields stay, the endpoints and admin parts go', async () => {
    const [on, off] = [await build(), await build({}, { disabled: true })]
    for (const slug of SLUGS) {
      const fields = (config: SanitizedConfig) => names(collection(config, slug).flattenedFields)
      expect([slug, fields(off)]).toEqual([slug, fields(on)])
    }
    expect(paths(on)).toContain('/:id/publish')
    expect(paths(off)).not.toContain('/:id/publish')
    expect(off.admin.components?.beforeDashboard ?? []).toEqual([])
  })

  test('the publish gate stays', async () => {
    const off = await build({}, { disabled: true })
    expect(collection(off, 'kizuna-manuscripts').hooks.beforeOperation).toHaveLength(2)
  })

  function paths(config: SanitizedConfig) {
    const endpoints = collection(config, 'kizuna-manuscripts').endpoints
    return endpoints === false ? [] : endpoints.map(({ path }) => path)
  }
})

test('no corrected string is English, and each keeps its placeholders', async () => {
  const { ja } = await import('@payloadcms/translations/languages/ja')
  const original = ja.translations as Record<string, Record<string, string>>
  const found = Object.entries(correctedJapanese).flatMap(([group, strings]) =>
    Object.entries(strings).flatMap(([key, text]) => {
      const before = original[group]?.[key]
      if (before === undefined) return [`${group}.${key} is no string of Payload`]
      const isEnglish = /[A-Za-z]{4,}/.test(text.replaceAll(/\{\{\w+\}\}/g, ''))
      const isFilled = (text.match(/\{\{\w+\}\}/g) ?? []).every((part) => before.includes(part))
      return isEnglish || !isFilled ? [`${group}.${key}: ${text}`] : []
    }),
  )
  expect(found).toEqual([])
})

test('no English is left in what the admin shows', async () => {
  const config = await build()
  const { ja } = config.i18n.translations as { ja: Record<string, Record<string, string>> }
  const original = (await import('@payloadcms/translations/languages/ja')).ja
  const all = original.translations as Record<string, Record<string, string>>
  const english = Object.entries(all).flatMap(([group, strings]) =>
    Object.entries({ ...strings, ...ja[group] })
      .filter(([, text]) => /[A-Za-z]/.test(text) && !/[ぁ-んァ-ヶ一-龠]/.test(text))
      .map(([key]) => `${group}.${key}`),
  )
  expect(english).toEqual([])
})

test('no field that people see in a form, a list or a filter has an English name', async () => {
  const config = await build()
  const { ja } = config.i18n.translations as { ja: Record<string, Record<string, string>> }
  const original = (await import('@payloadcms/translations/languages/ja')).ja.translations
  const all = original as Record<string, Record<string, string>>
  const t = (key: string) => {
    const [group = '', name = ''] = key.split(':')
    return ja[group]?.[name] ?? all[group]?.[name] ?? key
  }
  const english = SLUGS.flatMap((slug) =>
    shownFields(collection(config, slug).fields).flatMap(({ name, label }) => {
      const words = typeof label === 'function' ? label({ t }) : String(label)
      const isFine = /[ぁ-んァ-ヶ一-龠]/.test(words) || ['ID', 'LINE'].includes(words)
      return isFine ? [] : [`${slug}.${name}: ${words}`]
    }),
  )
  expect(english).toEqual([])
})

interface ShownField {
  name?: string
  label?: false | string | ((args: { t: (key: string) => string }) => string)
  hidden?: boolean
  admin?: {
    disabled?: boolean
    disableBlockName?: boolean
    disableListColumn?: boolean
    disableListFilter?: boolean
  }
  fields?: ShownField[]
  tabs?: ShownField[]
  blocks?: ShownField[]
}

/** All fields but those that no part of the admin shows; a hidden one is still a column. */
function shownFields(fields: readonly object[]): ShownField[] {
  return (fields as ShownField[]).flatMap((field) => {
    const { name, label, hidden, admin, tabs = [], blocks = [] } = field
    if (hidden || admin?.disabled || (admin?.disableListColumn && admin.disableListFilter))
      return []
    const parts = [
      ...(field.fields ?? []),
      ...[...tabs, ...blocks].flatMap((one) => one.fields ?? []),
    ]
    const isOwn =
      name !== undefined && name !== 'blockName' && label !== false && label !== undefined
    return [...(isOwn ? [field] : []), ...shownFields(parts)]
  })
}

test.each([
  ['https://cms.example.jp', true],
  ['http://localhost:3000', false],
  [undefined, false],
])('with the address %s the log-in’s cookie is for TLS alone: %s', async (serverURL, isSecure) => {
  const config = await build({ ...(serverURL && { serverURL }) })
  const { auth } = collection(config, 'users')
  const cookie = generatePayloadCookie({
    collectionAuthConfig: auth as Parameters<
      typeof generatePayloadCookie
    >[0]['collectionAuthConfig'],
    cookiePrefix: 'payload',
    token: 'token',
  })
  expect(String(cookie).includes('Secure')).toBe(isSecure)
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
})
