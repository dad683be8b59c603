// The plugin in a host that is not ours: who counts as its people, the gate, the worker's sync.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { createCms } from '../../../worker/content/cms'
import { createSyncedContent } from '../../../worker/content/syncedContent'
import { createContentStore } from '../../../worker/content/store'
import { createSync } from '../../../worker/content/sync'
import { testDatabaseUrl } from '../../database'
import { openForeignHost, type ForeignHost, type Person } from './foreignHost'

let host: ForeignHost

beforeAll(async () => {
  host = await openForeignHost()
}, 120_000)

afterAll(() => host.close())

describe('the config', () => {
  test('the host’s people get the roles, its members and posts stay as they are', () => {
    const fieldsOf = (slug: string) =>
      host.config.collections
        .find((one) => (one.slug as string) === slug)
        ?.flattenedFields.map(({ name }) => name)
    expect(fieldsOf('staff')).toEqual(expect.arrayContaining(['nickname', 'roles', 'municipality']))
    expect(fieldsOf('users')).not.toContain('disciplines')
    expect(fieldsOf('posts')).toContain('title')
    expect(host.config.admin.user).toBe('staff')
  })

  test('every relation to people leads to the host’s', () => {
    const targets = JSON.stringify(
      host.config.collections
        .filter(({ slug }) => !(slug as string).startsWith('payload-'))
        .map(({ flattenedFields }) =>
          flattenedFields.map((field) => 'relationTo' in field && field.relationTo),
        ),
    )
    expect(targets).toContain('"staff"')
    expect(targets).not.toContain('"users"')
  })

  test('the host’s languages, words and parts of the admin stay', () => {
    const { i18n, admin } = host.config
    expect(Object.keys(i18n.supportedLanguages).sort()).toEqual(['en', 'ja'])
    expect(i18n.fallbackLanguage).toBe('en')
    expect(admin.components?.beforeDashboard).toContain('/welcome#Welcome')
    expect(admin.components?.graphics?.Logo).toBe('/logo#Logo')
  })
})

describe('people', () => {
  const MEMBERS: (Person | null)[] = ['member', null]

  test.each(MEMBERS)('%s is nobody here, whatever roles they hold elsewhere', async (person) => {
    const id = await host.draft()
    for (const slug of ['manuscripts', 'add-ons', 'releases', 'staff', 'audit-log', 'alignments']) {
      expect([slug, (await host.rest(person, `GET /${slug}`)).status]).toEqual([slug, 403])
    }
    const attempts = [
      ['PATCH', `/manuscripts/${id}?draft=true`],
      ['DELETE', `/manuscripts/${id}`],
      ['POST', `/manuscripts/${id}/approve`],
      ['POST', `/manuscripts/${id}/publish`],
      ['POST', '/manuscripts?draft=true'],
      ['PATCH', `/municipalities/${host.municipality}`],
      ['POST', '/payload-locked-documents'],
    ]
    for (const [method, path] of attempts) {
      const { status } = await host.rest(person, `${method} ${path}`, { title: 'x' })
      expect([method, path, [403, 404].includes(status)]).toEqual([method, path, true])
    }
  })

  test('the mark of a person cannot be written', async () => {
    const path = `PATCH /users/${host.ids.member}`
    await host.rest('member', path, { isPerson: true, roles: ['chief'] })
    expect((await host.rest('member', 'GET /manuscripts')).status).toBe(403)
    const self = { isPerson: false, nickname: 'はなちゃん' }
    await host.rest('hana', `PATCH /staff/${host.ids.hana}`, self)
    expect((await host.rest('hana', 'GET /manuscripts')).status).toBe(200)
  })

  test('nobody gives themselves a role; a municipal clerk sees only their own', async () => {
    await host.rest('hana', `PATCH /staff/${host.ids.hana}`, { roles: ['chief'] })
    expect((await host.rest('hana', 'GET /audit-log')).status).toBe(403)
    const { body } = await host.rest('machi', 'GET /municipalities')
    expect(body.docs).toHaveLength(1)
  })
})

describe('the gate', () => {
  const LIVE = { _status: 'published' }
  const EVERYBODY: (Person | null)[] = ['hana', 'midori', 'doctor', 'machi', 'root', 'member', null]

  test.each([
    ['publish by PATCH', (id: string) => `PATCH /manuscripts/${id}`, LIVE],
    ['publish as a draft', (id: string) => `PATCH /manuscripts/${id}?draft=true`, LIVE],
    ['change in place', (id: string) => `PATCH /manuscripts/${id}`, { body: 'x' }],
    ['unpublish', (id: string) => `PATCH /manuscripts/${id}`, { _status: 'draft' }],
    ['bulk', (id: string) => `PATCH /manuscripts?where[id][equals]=${id}`, LIVE],
    ['delete', (id: string) => `DELETE /manuscripts/${id}`, undefined],
  ] as const)('%s of a live text is refused to everybody', async (_name, route, body) => {
    const id = await host.published()
    const stored = () =>
      host.payload.db.findOne({ collection: 'manuscripts', where: { id: { equals: id } } })
    const before = await stored()
    for (const person of EVERYBODY) {
      const { status } = await host.rest(person, route(id), body)
      expect([person, [403, 404].includes(status)]).toEqual([person, true])
    }
    expect(await stored()).toEqual(before)
  })

  test('an editor writes, a chief approves and publishes; no approval of one’s own', async () => {
    const id = await host.draft()
    expect((await host.rest('midori', `POST /manuscripts/${id}/publish`, {})).status).toBe(403)
    expect((await host.rest('hana', `POST /manuscripts/${id}/approve`, {})).status).toBe(403)
    const seen = (await host.rest('midori', `GET /manuscripts/${id}/review`)).body
    const approval = { contentHash: seen.contentHash, submission: seen.submission }
    expect((await host.rest('hana', `POST /manuscripts/${id}/submit`, {})).status).toBe(200)
    const approve = `POST /manuscripts/${id}/approve`
    expect((await host.rest('midori', approve, approval)).status).toBe(200)
    const answer = await host.rest('midori', `POST /manuscripts/${id}/publish`, approval)
    expect(answer).toMatchObject({ status: 200, body: { state: 'published' } })
    const { docs } = await host.payload.find({
      collection: 'audit-log',
      where: { documentId: { equals: id } },
      depth: 0,
    })
    expect(docs.map(({ actor }) => actor?.relationTo)).toContain('staff')
  })

  test('what the editor wrote is theirs: they cannot approve it as a chief later', async () => {
    const id = await host.draft()
    const newest = await host.payload.findByID({
      collection: 'manuscripts',
      id,
      draft: true,
      depth: 0,
    })
    expect(newest.authors).toEqual([host.ids.hana])
  })
})

test('the real worker takes over what is published, and nothing else', async () => {
  const id = await host.published()
  await host.draft()
  const client = await new MongoClient(testDatabaseUrl()).connect()
  try {
    const store = createContentStore({ db: client.db(), ring: parseKeyRing(generateKeyRing()) })
    const alerts: string[] = []
    const sync = createSync({
      store,
      now: () => new Date(),
      onAlert: (code: string) => alerts.push(code),
      cms: createCms({ url: host.url, apiKey: host.apiKey }),
    })
    await sync()
    const syncedContent = createSyncedContent(store)
    await syncedContent.refresh()
    const keys = syncedContent.content().texts.map(({ release }) => release.key)
    expect(keys).toContain(`manuscript:${id}`)
    const releases = await host.payload.count({ collection: 'releases' })
    expect(keys).toHaveLength(releases.totalDocs)
    expect(syncedContent.settings('999016')).toMatchObject({ senderName: '見本町 子育て便り' })
    expect(alerts).toEqual([])
  } finally {
    await client.db().dropDatabase()
    await client.close()
  }
})
