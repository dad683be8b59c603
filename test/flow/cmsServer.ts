// The product's own CMS on a port: its configuration, its gate, its REST, without Next.
import { randomUUID } from 'node:crypto'

import { getPayload } from 'payload'

import { generateKeyRing } from '../../src/secret/seal'
import { endCms, testDatabaseUrl } from '../database'
import { listen } from '../listen'
import { withSeenHash } from '../seenHash'

/** The people of the flow. */
const PEOPLE = {
  hana: { roles: ['editor'] },
  midori: { roles: ['chief'] },
  machi: { roles: ['municipal-editor'] },
  mayu: { roles: ['municipal-approver'] },
  tonari: { roles: ['municipal-editor'] }, // of the next town
} as const

/** Somebody with a log-in. */
export type Person = keyof typeof PEOPLE

/** Code of the invented town. */
export const TOWN = '999016'

/** Its LINE account. */
export const ACCOUNT = {
  channelId: '1650000001',
  channelSecret: '0123456789abcdef0123456789abcdef',
  provider: 'みなと町',
  basicId: '@minato',
  name: 'みなと町 公式',
}

/** The CMS with a town, its series, its people and the worker's account. */
export type CmsServer = Awaited<ReturnType<typeof openCmsServer>>

interface OpenOptions {
  /** Folder for uploads and generated files. */
  folder: string
  /** Names of the town's areas. */
  areas?: readonly string[]
}

/** Opens the CMS on an empty database; `close` at the end. */
export async function openCmsServer({ folder, areas = [] }: OpenOptions) {
  Object.assign(process.env, {
    DATABASE_URL: testDatabaseUrl(),
    PAYLOAD_SECRET: 'a secret of the flow test, long enough for the rule',
    KIZUNA_KEYS: generateKeyRing(),
    KIZUNA_DATA_DIR: folder,
  })
  const { default: config } = await import('../../payload.config')
  const payload = await getPayload({ config })
  payload.logger.level = 'silent'
  const { url, close: stopListening } = await listen(config)
  const create = async (collection: string, data: object): Promise<string> => {
    const made = await payload.create({ collection: collection as never, data: data as never })
    return String((made as { id: unknown }).id)
  }
  const town = await createTown(create, areas)
  const apiKey = randomUUID()
  await create('kizuna-service-accounts', {
    name: '配信',
    isActive: true,
    enableAPIKey: true,
    apiKey,
  })
  const tokens = await createPeople(create, { url, town: town.municipality, next: town.next })

  /** A request as `METHOD /path`, by a person who is logged in. */
  const send = async (person: Person, route: string, body?: object) => {
    const [method = 'GET', path = ''] = route.split(' ')
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `JWT ${tokens[person]}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as Answer }
  }
  const handIn = (route: string) => send(route.includes('add-ons') ? 'machi' : 'hana', route)
  const ask = async (person: Person, route: string, body?: object) => {
    const asking = { ask: (seen: string) => send(person, seen), handIn }
    return send(person, route, await withSeenHash(route, body, asking))
  }
  const close = async () => {
    stopListening()
    await endCms(payload)
  }
  return { url, apiKey, ask, series: town.series, next: town.next, close }
}

interface Answer {
  docs: Record<string, unknown>[]
  doc: { id: string }
  /** What an endpoint of ours tells. */
  found?: unknown
  sentence?: string | null
}

type Create = (collection: string, data: object) => Promise<string>

async function createTown(create: Create, areas: readonly string[]) {
  const common = { isEndIncluded: true, isActive: true }
  const series = {
    pregnancy: await create('kizuna-series', {
      ...common,
      name: '妊娠期',
      code: 'pregnancy',
      anchor: 'dueDate',
      from: '4w0d',
      to: '41w6d',
    }),
    child: await create('kizuna-series', {
      ...common,
      name: '0〜3歳',
      code: 'child',
      anchor: 'birthDate',
      from: 'day0',
      to: 'month36',
    }),
  }
  const lineAccount = await create('kizuna-line-accounts', { ...ACCOUNT, kind: 'dedicated' })
  const settings = {
    editions: ['standard'],
    mailFrom: 'kosodate@minato.example.jp',
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '10:00', to: '20:00' } },
    contact: { department: '子育て支援課', phone: '03-0000-0000', hours: '平日 9:00〜17:00' },
    mailAfterCrash: 'at-most-once',
    dailyCap: 3,
    isActive: true,
    series: Object.values(series).map((id) => ({ series: id, isEndIncluded: true })),
  }
  const municipality = await create('kizuna-municipalities', {
    ...settings,
    name: 'みなと町',
    code: TOWN,
    senderName: 'みなと町 子育て便り',
    channels: ['line', 'mail'],
    lineAccount,
    areas: areas.map((name) => ({ name })),
  })
  const next = await create('kizuna-municipalities', {
    ...settings,
    name: 'となり町',
    code: '999024',
    senderName: 'となり町 便り',
    channels: ['mail'],
  })
  return { series, municipality, next }
}

async function createPeople(create: Create, of: { url: string; town: string; next: string }) {
  const tokens = {} as Record<Person, string>
  for (const person of Object.keys(PEOPLE) as Person[]) {
    const login = { email: `${person}@example.jp`, password: `${person}-no-kagi-hitotsu` }
    const place = { machi: of.town, mayu: of.town, tonari: of.next }[person as string]
    const { roles: kizunaRoles } = PEOPLE[person]
    const municipality = place ? { kizunaMunicipality: place } : {}
    await create('users', { ...login, kizunaName: person, kizunaRoles, ...municipality })
    const response = await fetch(`${of.url}/api/users/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(login),
    })
    tokens[person] = ((await response.json()) as { token: string }).token
  }
  return tokens
}
