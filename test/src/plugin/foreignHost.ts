// A host that is not ours: its own people, members who log in, a collection, two languages.
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'

import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { en } from '@payloadcms/translations/languages/en'
import {
  buildConfig,
  getPayload,
  handleEndpoints,
  type CollectionConfig,
  type PayloadRequest,
} from 'payload'

import { kizuna, withBuiltIns } from '../../../src/plugin/kizuna'
import { generateKeyRing } from '../../../src/secret/seal'
import { endCms, testDatabaseUrl } from '../../database'
import { listen } from '../../listen'

/** Whether a colleague of the host's manages accounts there, in its own sense of a role. */
const isManager = ({ req }: { req: PayloadRequest }) =>
  (req.user as { roles?: unknown } | null)?.roles === 'manager'

/** The people who use this host's admin, with a role and a name of its own. */
const staff: CollectionConfig = {
  slug: 'staff',
  auth: { tokenExpiration: 3600 },
  labels: { singular: 'Member of staff', plural: 'Staff' },
  admin: { group: 'House', useAsTitle: 'name' },
  access: {
    create: isManager,
    read: ({ req }) => Boolean(req.user),
    update: ({ req }) => isManager({ req }) || { id: { equals: req.user?.id ?? '' } },
    delete: isManager,
  },
  fields: [
    { name: 'name', type: 'text' },
    { name: 'roles', type: 'select', options: ['manager', 'writer'], defaultValue: 'writer' },
    { name: 'nickname', type: 'text' },
  ],
}

/** Its readers log in too, and give themselves roles in its own sense of the word. */
const users: CollectionConfig = {
  slug: 'users',
  auth: true,
  access: { create: () => true, read: () => true, update: () => true },
  fields: [
    { name: 'isPerson', type: 'checkbox' },
    { name: 'roles', type: 'text', hasMany: true },
    { name: 'kizunaRoles', type: 'text', hasMany: true },
    { name: 'municipality', type: 'text' },
  ],
}

const posts: CollectionConfig = {
  slug: 'posts',
  access: { read: () => true },
  fields: [
    { name: 'title', type: 'text' },
    { name: 'body', type: 'textarea', maxLength: 400_000 },
  ],
  endpoints: [
    {
      path: '/echo',
      method: 'post',
      handler: async (req) => Response.json({ said: await req.text?.() }),
    },
  ],
}

/** With no rules of its own: Payload's default, any log-in. */
const notes: CollectionConfig = { slug: 'notes', fields: [{ name: 'title', type: 'text' }] }

const PEOPLE = {
  hana: { roles: ['editor'] },
  midori: { roles: ['chief'] },
  doctor: { roles: ['reviewer'], disciplines: ['medical'] },
  machi: { roles: ['municipal-editor'], isMunicipal: true },
  dango: { roles: ['contributor'], isMunicipal: true },
  root: { roles: ['admin'] },
} as const

/**
 * Somebody who logs in to the foreign host; `member` is one of its readers, with roles of theirs,
 * `manager` and `writer` are its staff and have nothing to do with kizuna.
 */
export type Person = keyof typeof PEOPLE | 'manager' | 'member' | 'writer'

export type ForeignHost = Awaited<ReturnType<typeof openForeignHost>>

/** Builds the foreign config with the plugin in it, on an empty database, behind a real port. */
export async function openForeignHost() {
  const config = buildConfig({
    secret: 'a secret of a foreign host, long enough for the rule',
    telemetry: false,
    typescript: { autoGenerate: false },
    db: mongooseAdapter({ url: testDatabaseUrl(), ensureIndexes: true }),
    collections: [staff, users, posts, notes],
    i18n: { supportedLanguages: { en }, fallbackLanguage: 'en' },
    admin: {
      user: 'staff',
      components: { beforeDashboard: ['/welcome#Welcome'], graphics: { Logo: '/logo#Logo' } },
    },
    plugins: [
      kizuna({ now: () => new Date(), keys: generateKeyRing(), mediaDir: `${tmpdir()}/foreign` }),
    ],
  }).then(withBuiltIns)
  const built = await config
  const payload = await getPayload({ config, disableOnInit: false })
  payload.logger.level = 'silent'
  const { url, close: stopListening } = await listen(config)
  const create = async (collection: string, data: object): Promise<string> => {
    const made = await payload.create({ collection: collection as never, data: data as never })
    return String((made as { id: unknown }).id)
  }
  const place = await createPlace(create)
  const apiKey = randomUUID()
  await create('kizuna-service-accounts', {
    name: '配信',
    isActive: true,
    enableAPIKey: true,
    apiKey,
  })
  const tokens = {} as Record<Person, string>
  const ids = {} as Record<Person, string>

  const send = async (route: string, { as, body }: { as?: string | undefined; body?: unknown }) => {
    const [method = 'GET', path = ''] = route.split(' ')
    const request = new Request(`http://cms.example/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'accept-language': 'ja',
        ...(as ? { authorization: as } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const response = await handleEndpoints({ config, request })
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    return { status: response.status, body: (await response.json().catch(() => null)) as any }
  }
  const logIn = async (person: Person, collection: string, data: object) => {
    const login = { email: `${person}@example.jp`, password: `${person}-no-kagi-hitotsu` }
    ids[person] = await create(collection, { ...login, ...data })
    const { body } = await send(`POST /${collection}/login`, { body: login })
    tokens[person] = `JWT ${body.token}`
  }
  for (const [person, { roles, ...rest }] of Object.entries(PEOPLE)) {
    const { isMunicipal, disciplines } = rest as { isMunicipal?: boolean; disciplines?: string[] }
    await logIn(person as Person, 'staff', {
      kizunaName: person,
      kizunaRoles: roles,
      ...(disciplines && { kizunaDisciplines: disciplines }),
      ...(isMunicipal && { kizunaMunicipality: place.municipality }),
    })
  }
  await logIn('manager', 'staff', { name: 'Manager', roles: 'manager' })
  await logIn('writer', 'staff', { name: 'Writer', roles: 'writer' })
  const everything = ['editor', 'chief', 'admin', 'municipal-editor', 'municipal-approver']
  await logIn('member', 'users', {
    isPerson: true,
    roles: everything,
    kizunaRoles: everything,
    municipality: place.municipality,
  })

  const rest = (person: Person | null, route: string, body?: unknown) =>
    send(route, { as: person ? tokens[person] : undefined, body })
  let day = 0
  /** A draft that the editor wrote over REST. */
  const draft = async (data: object = {}): Promise<string> => {
    day += 1
    const { body } = await rest('hana', 'POST /kizuna-manuscripts?draft=true', {
      series: place.series,
      slot: `day${day}`,
      edition: 'standard',
      kind: 'stage',
      title: `見本 ${day}`,
      subject: '件名',
      body: '本文です。',
      topics: ['daily'],
      ageBasis: 'calendar',
      monthRule: 'friendly',
      ...data,
    })
    return body.doc.id as string
  }
  /** One that the chief has approved and published. */
  const published = async (): Promise<string> => {
    const id = await draft()
    await rest('hana', `POST /kizuna-manuscripts/${id}/submit`, {})
    const { body } = await rest('midori', `GET /kizuna-manuscripts/${id}/review`)
    const { contentHash, submission } = body
    const seen = { contentHash, submission }
    await rest('midori', `POST /kizuna-manuscripts/${id}/approve`, seen)
    await rest('midori', `POST /kizuna-manuscripts/${id}/publish`, seen)
    return id
  }
  const close = async () => {
    stopListening()
    await endCms(payload)
  }
  return { config: built, payload, url, apiKey, ids, ...place, rest, draft, published, close }
}

async function createPlace(create: (collection: string, data: object) => Promise<string>) {
  const series = await create('kizuna-series', {
    name: '0〜10歳',
    code: 'child',
    anchor: 'birthDate',
    from: 'day0',
    to: 'month120',
    isEndIncluded: true,
  })
  const municipality = await create('kizuna-municipalities', {
    name: '見本町',
    code: '999016',
    senderName: '見本町 子育て便り',
    editions: ['standard'],
    channels: ['mail'],
    mailFrom: 'kosodate@town.example.jp',
    isActive: true,
    dailyCap: 3,
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
    contact: { department: '健康課', phone: '0123-45-6789', hours: '平日 9:00〜17:00' },
    mailAfterCrash: 'at-most-once',
    series: [{ series, isEndIncluded: true }],
  })
  return { series, municipality }
}
