// The plugin in a host that is not ours: who counts as its people, the gate, the worker's sync.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { Secret, TOTP } from 'otpauth'

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
    expect(fieldsOf('staff')).toEqual(
      expect.arrayContaining(['name', 'roles', 'nickname', 'kizunaRoles', 'kizunaMunicipality']),
    )
    expect(fieldsOf('users')).not.toContain('kizunaDisciplines')
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
    expect(Object.keys(i18n.supportedLanguages)).toEqual(['en'])
    expect(i18n.fallbackLanguage).toBe('en')
    expect(admin.components?.beforeDashboard).toEqual(['/welcome#Welcome'])
    expect(admin.components?.graphics).toEqual({ Logo: '/logo#Logo' })
    expect(admin.components?.header).toEqual([])
    expect(admin.dateFormat).not.toContain('年')
  })

  test('the labels and the place in the menu of the host’s people stay', () => {
    const staff = host.config.collections.find(({ slug }) => (slug as string) === 'staff')
    expect(staff?.labels.plural).toBe('Staff')
    expect(staff?.admin).toMatchObject({ group: 'House', useAsTitle: 'name' })
  })
})

describe('people', () => {
  const MEMBERS: (Person | null)[] = ['member', null]

  test.each(MEMBERS)('%s is nobody here, whatever roles they hold elsewhere', async (person) => {
    const id = await host.draft()
    for (const slug of [
      'kizuna-manuscripts',
      'kizuna-add-ons',
      'kizuna-releases',
      'kizuna-audit-log',
      'kizuna-alignments',
    ]) {
      expect([slug, (await host.rest(person, `GET /${slug}`)).status]).toEqual([slug, 403])
    }
    const attempts = [
      ['PATCH', `/kizuna-manuscripts/${id}?draft=true`],
      ['DELETE', `/kizuna-manuscripts/${id}`],
      ['POST', `/kizuna-manuscripts/${id}/approve`],
      ['POST', `/kizuna-manuscripts/${id}/publish`],
      ['POST', '/kizuna-manuscripts?draft=true'],
      ['PATCH', `/kizuna-municipalities/${host.municipality}`],
      ['POST', '/payload-locked-documents'],
    ]
    for (const [method, path] of attempts) {
      const { status } = await host.rest(person, `${method} ${path}`, { title: 'x' })
      expect([method, path, [403, 404].includes(status)]).toEqual([method, path, true])
    }
  })

  test('the mark of a person cannot be written', async () => {
    const path = `PATCH /users/${host.ids.member}`
    await host.rest('member', path, {
      isPerson: true,
      kizunaPerson: 'users',
      kizunaRoles: ['chief'],
    })
    expect((await host.rest('member', 'GET /kizuna-manuscripts')).status).toBe(403)
    const self = { kizunaPerson: null, nickname: 'はなちゃん' }
    await host.rest('hana', `PATCH /staff/${host.ids.hana}`, self)
    expect((await host.rest('hana', 'GET /kizuna-manuscripts')).status).toBe(200)
  })

  test('nobody gives themselves a role; a municipal clerk sees only their own', async () => {
    await host.rest('hana', `PATCH /staff/${host.ids.hana}`, { kizunaRoles: ['chief'] })
    expect((await host.rest('hana', 'GET /kizuna-audit-log')).status).toBe(403)
    const { body } = await host.rest('machi', 'GET /kizuna-municipalities')
    expect(body.docs).toHaveLength(1)
  })
})

describe('the host’s own', () => {
  const staffOf = (person: Person) => `/staff/${host.ids[person]}`
  const statusOf = async (person: Person, route: string, body?: unknown) =>
    (await host.rest(person, route, body)).status

  test('its manager keeps its accounts, and does not get at those of kizuna', async () => {
    const easy = { email: 'new@example.jp', password: 'abc', name: 'New' }
    const { body } = await host.rest('manager', 'POST /staff', easy)
    const theirs = `/staff/${body.doc.id}`
    expect(await statusOf('manager', `PATCH ${theirs}`, { name: 'N', password: 'xyz' })).toBe(200)
    const taken = { password: 'a-long-and-rare-one-83' }
    expect(await statusOf('manager', `PATCH ${staffOf('midori')}`, taken)).toBe(403)
    expect(await statusOf('manager', `DELETE ${staffOf('midori')}`)).toBe(403)
    expect(
      await statusOf('manager', `PATCH ${staffOf('manager')}`, { kizunaRoles: ['chief'] }),
    ).toBe(200)
    expect(await statusOf('manager', 'GET /kizuna-audit-log')).toBe(403)
    const unlock = { email: 'midori@example.jp' }
    expect(await statusOf('writer', 'POST /staff/unlock', unlock)).toBe(403)
  })

  test('who has no role sees the host’s people, not kizuna’s; a chief sees both', async () => {
    const names = async (person: Person) => {
      const { body } = await host.rest(person, 'GET /staff?limit=50')
      return (body.docs as { id: string }[]).map(({ id }) => id)
    }
    expect(await names('writer')).not.toContain(host.ids.midori)
    expect(await names('member')).not.toContain(host.ids.midori)
    expect(await names('writer')).toContain(host.ids.manager)
    expect(await names('midori')).toEqual(expect.arrayContaining([host.ids.hana, host.ids.manager]))
  })

  test('what the host’s people do with their accounts is no entry of the audit log', async () => {
    await host.rest('writer', `PATCH ${staffOf('writer')}`, { email: 'w2@example.jp' })
    const entries = await host.payload.find({
      collection: 'kizuna-audit-log',
      where: { documentId: { equals: host.ids.writer } },
    })
    expect(entries.docs).toEqual([])
  })

  test('a collection without rules is for any log-in but who only proposes', async () => {
    expect(await statusOf('writer', 'POST /notes', { title: 'x' })).toBe(201)
    expect(await statusOf('hana', 'GET /notes')).toBe(200)
    expect(await statusOf('member', 'GET /notes')).toBe(200)
    expect(await statusOf('dango', 'GET /notes')).toBe(403)
    for (const route of ['POST /notes', 'POST /posts']) {
      expect([route, await statusOf('dango', route, { title: 'x' })]).toEqual([route, 403])
    }
  })

  test('no limit of ours stands in its fields, its lists and its endpoints', async () => {
    const body = 'あ'.repeat(300_000)
    const made = await host.rest('writer', 'POST /posts', { title: 'long', body })
    expect([made.status, made.body.errors]).toEqual([201, undefined])
    const listed = await host.rest('writer', 'GET /posts?limit=5000&sort=-body')
    expect([listed.status, listed.body.limit]).toEqual([200, 5000])
    const echoed = await host.rest('writer', 'POST /posts/echo?where=x', '{{not json')
    expect(echoed.body).toEqual({ said: JSON.stringify('{{not json') })
    const fields = host.config.collections.find(({ slug }) => (slug as string) === 'posts')?.fields
    expect(fields?.find((field) => 'name' in field && field.name === 'body')).toMatchObject({
      maxLength: 400_000,
    })
  })
})

describe('the gate', () => {
  const LIVE = { _status: 'published' }
  const EVERYBODY: (Person | null)[] = ['hana', 'midori', 'doctor', 'machi', 'root', 'member', null]

  test.each([
    ['publish by PATCH', (id: string) => `PATCH /kizuna-manuscripts/${id}`, LIVE],
    ['publish as a draft', (id: string) => `PATCH /kizuna-manuscripts/${id}?draft=true`, LIVE],
    ['change in place', (id: string) => `PATCH /kizuna-manuscripts/${id}`, { body: 'x' }],
    ['unpublish', (id: string) => `PATCH /kizuna-manuscripts/${id}`, { _status: 'draft' }],
    ['bulk', (id: string) => `PATCH /kizuna-manuscripts?where[id][equals]=${id}`, LIVE],
    ['delete', (id: string) => `DELETE /kizuna-manuscripts/${id}`, undefined],
  ] as const)('%s of a live text is refused to everybody', async (_name, route, body) => {
    const id = await host.published()
    const stored = () =>
      host.payload.db.findOne({ collection: 'kizuna-manuscripts', where: { id: { equals: id } } })
    const before = await stored()
    for (const person of EVERYBODY) {
      const { status } = await host.rest(person, route(id), body)
      expect([person, [403, 404].includes(status)]).toEqual([person, true])
    }
    expect(await stored()).toEqual(before)
  })

  test('an editor writes, a chief approves and publishes; no approval of one’s own', async () => {
    const id = await host.draft()
    expect((await host.rest('midori', `POST /kizuna-manuscripts/${id}/publish`, {})).status).toBe(
      403,
    )
    expect((await host.rest('hana', `POST /kizuna-manuscripts/${id}/approve`, {})).status).toBe(403)
    const seen = (await host.rest('midori', `GET /kizuna-manuscripts/${id}/review`)).body
    const approval = { contentHash: seen.contentHash, submission: seen.submission }
    expect((await host.rest('hana', `POST /kizuna-manuscripts/${id}/submit`, {})).status).toBe(200)
    const approve = `POST /kizuna-manuscripts/${id}/approve`
    expect((await host.rest('midori', approve, approval)).status).toBe(200)
    const answer = await host.rest('midori', `POST /kizuna-manuscripts/${id}/publish`, approval)
    expect(answer).toMatchObject({ status: 200, body: { state: 'published' } })
    const { docs } = await host.payload.find({
      collection: 'kizuna-audit-log',
      where: { documentId: { equals: id } },
      depth: 0,
    })
    expect(docs.map(({ actor }) => actor?.relationTo)).toContain('staff')
  })

  test('what the editor wrote is theirs: they cannot approve it as a chief later', async () => {
    const id = await host.draft()
    const newest = await host.payload.findByID({
      collection: 'kizuna-manuscripts',
      id,
      draft: true,
      depth: 0,
    })
    expect(newest.authors).toEqual([host.ids.hana])
  })
})

test('a second factor is asked of the host’s staff where they log in, and of nobody else', async () => {
  const logIn = (person: Person) =>
    host.rest(null, 'POST /staff/login', {
      email: `${person}@example.jp`,
      password: `${person}-no-kagi-hitotsu`,
    })
  const path = 'POST /staff/kizuna-second-factor'
  const begun = await host.rest('doctor', `${path}/begin`, { password: 'doctor-no-kagi-hitotsu' })
  const { key, offer } = begun.body
  const app = new TOTP({ secret: Secret.fromBase32(String(key).replaceAll(' ', '')) })
  const { status } = await host.rest('doctor', `${path}/confirm`, { offer, code: app.generate() })
  expect(status).toBe(200)
  expect((await logIn('doctor')).body.errors[0].data).toEqual({ code: 'SECOND_FACTOR_NEEDED' })
  expect((await logIn('hana')).status).toBe(200)
  expect((await logIn('manager')).status).toBe(200)
  expect((await host.rest('manager', `${path}/begin`, { password: 'x' })).status).toBe(403)
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
    const releases = await host.payload.count({ collection: 'kizuna-releases' })
    expect(keys).toHaveLength(releases.totalDocs)
    expect(syncedContent.settings('999016')).toMatchObject({ senderName: '見本町 子育て便り' })
    expect(alerts).toEqual([])
  } finally {
    await client.db().dropDatabase()
    await client.close()
  }
})
