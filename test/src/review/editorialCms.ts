import { afterAll, expect } from '@jest/globals'
import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { buildConfig, createLocalReq, getPayload, handleEndpoints } from 'payload'
import type { Payload, PayloadRequest, SanitizedConfig } from 'payload'

import type { KizunaOptions } from '../../../src/plugin/options'
import { kizuna } from '../../../src/plugin/kizuna'

import { createReview } from '../../../src/review/operations/review'
import { parsePolicy } from '../../../src/review/rules/policy'
import { endCms, testDatabaseUrl } from '../../database'
import { withSeenHash } from '../../seenHash'
import { createSignedIn } from '../../signedIn'

/** Named people of the tests. */
const PEOPLE = {
  hana: { roles: ['editor'] },
  taro: { roles: ['editor', 'chief'] },
  midori: { roles: ['chief'] },
  kaoru: { roles: ['chief'] },
  doctor: { roles: ['reviewer'], disciplines: ['medical', 'midwifery'] },
  eiko: { roles: ['reviewer'], disciplines: ['nutrition'] },
  yoko: { roles: ['reviewer'], disciplines: ['nutrition'] },
  machi: { roles: ['municipal-editor'], isMunicipal: true },
  mayu: { roles: ['municipal-approver'], isMunicipal: true },
  mina: { roles: ['municipal-editor'], isMunicipal: true },
  dango: { roles: ['contributor'], isMunicipal: true },
  root: { roles: ['admin'] },
} as const

/** Name of a person of the tests. */
export type Person = keyof typeof PEOPLE

/** The real CMS on an empty database with people, a series and a municipality. */
export type EditorialCms = Awaited<ReturnType<typeof openEditorialCms>>

interface Connection {
  connection: { models: Record<string, { init: () => Promise<unknown> }> }
}

/** What a route answered. */
export interface Answer {
  status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any
}

const PAYLOAD_SECRET = 'a secret of the tests, long enough for the rule'

/** The CMS of one test file; it is closed after the file's last test. */
export async function openEditorialCmsOfFile(
  overrides?: KizunaOptions['overrides'],
): Promise<EditorialCms> {
  const cms = await openEditorialCms(overrides)
  afterAll(() => cms.close())
  return cms
}

/**
 * Opens the product's own `payload.config.ts`, or the plugin in a host that changes its
 * collections; call `close` at the end.
 */
export async function openEditorialCms(overrides?: KizunaOptions['overrides']) {
  const config = await (overrides ? hostConfig(overrides) : ownConfig())
  config.jobs.autoRun = [] // else the first request begins what each minute does, in the midst of a test
  const payload = await getPayload({ config })
  payload.logger.level = 'silent'
  const { models } = (payload.db as unknown as Connection).connection
  await Promise.all(Object.values(models).map((model) => model.init())) // its indexes are there
  const places = await createPlaces(payload)
  const { users, tokens } = await createPeople(payload, places.municipality.id)

  const reqOf = (person: Person | null): Promise<PayloadRequest> =>
    createLocalReq(
      person ? { user: { ...users[person], collection: 'users' } as never } : {},
      payload,
    )
  /** A request as `METHOD /path` under `/api`. */
  const request = (person: Person | null, route: string, body?: unknown) => {
    const [method, path] = route.split(' ')
    return new Request(`http://cms.example/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(person ? { authorization: `JWT ${tokens[person]}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
  const rest = async (person: Person | null, route: string, sent?: unknown): Promise<Answer> => {
    const handIn = (path: string) => rest(path.includes('add-ons') ? 'machi' : 'hana', path)
    const ask = (path: string) => rest('root', path)
    const body = await withSeenHash(route, sent, { ask, handIn })
    const response = await handleEndpoints({ config, request: request(person, route, body) })
    return { status: response.status, body: await response.json().catch(() => null) }
  }
  const graphql = async (person: Person | null, query: string): Promise<Answer> => {
    const { GRAPHQL_POST } = await import('@payloadcms/next/routes')
    const response = await GRAPHQL_POST(config)(request(person, 'POST /graphql', { query }))
    return { status: response.status, body: await response.json() }
  }
  /** The version somebody opens now; a save names it. */
  const opened = async (collection: 'kizuna-manuscripts' | 'kizuna-add-ons', id: string) => {
    const found = await payload.findByID({ collection, id, depth: 0, draft: true })
    return { updatedAt: found.updatedAt }
  }
  /** Restores a version as a draft, over the newest one there is now. */
  const restore = async (
    person: Person,
    {
      collection,
      id,
      version,
    }: { collection: 'kizuna-manuscripts' | 'kizuna-add-ons'; id: string; version: string },
  ) =>
    rest(person, `POST /${collection}/versions/${version}?draft=true`, await opened(collection, id))
  let day = 0
  /** A new draft of the editor Hana, on a day nobody else uses. */
  const draft = async (data: Record<string, unknown> = {}, person: Person = 'hana') => {
    day += 1
    const req = await reqOf(person)
    return payload.create({
      collection: 'kizuna-manuscripts',
      data: {
        series: places.series.id,
        slot: `day${day}`,
        edition: 'standard',
        kind: 'stage',
        title: `見本 ${day}`,
        subject: '見本の件名',
        body: '見本の本文です。',
        ageBasis: 'calendar',
        monthRule: 'friendly',
        topics: ['daily'],
        ...data,
      } as never,
      draft: true,
      overrideAccess: false,
      req,
    })
  }
  const review = createReview({ policy: parsePolicy(), now: () => new Date() })
  /** A manuscript that is live. */
  const published = async (data: Record<string, unknown> = {}) => {
    const made = await draft(data)
    const target = { collection: 'kizuna-manuscripts', id: made.id } as const
    await review.submit(payload, await reqOf('hana'), target)
    await review.approve(payload, await reqOf('midori'), target)
    await review.publish(payload, await reqOf('midori'), target)
    return made
  }
  /** Steps of people on one collection's documents. */
  const on = (collection: 'kizuna-manuscripts' | 'kizuna-add-ons') => ({
    post: (person: Person, path: string, body: object = {}) =>
      rest(person, `POST /${collection}/${path}`, body),
    edit: async (person: Person, id: string, data: object) =>
      rest(person, `PATCH /${collection}/${id}?draft=true`, {
        ...(await opened(collection, id)),
        ...data,
      }),
  })
  let addOns = 0
  /** A new draft of the municipality's editor Machi. */
  const addOn = async (data: Record<string, unknown> = {}, person: Person = 'machi') => {
    addOns += 1
    const { status, body } = await rest(person, 'POST /kizuna-add-ons?draft=true', {
      title: `見本のお知らせ ${addOns}`,
      from: 'month4',
      to: 'month12',
      timing: 'once',
      isEndIncluded: true,
      monthRule: 'friendly',
      order: 10,
      topics: ['local'],
      blocks: [{ blockType: 'text', text: '電話は {{保健センター}} です。' }],
      ...data,
    })
    expect({ status, errors: body.errors }).toEqual({ status: 201 })
    return body.doc as { id: string; blocks: { id: string }[] }
  }
  /** An add-on that is live. */
  const publishedAddOn = async (data: Record<string, unknown> = {}) => {
    const made = await addOn(data)
    const { post } = on('kizuna-add-ons')
    await post('machi', `${made.id}/submit`)
    for (const person of ['mayu', 'midori'] as const) await post(person, `${made.id}/approve`)
    const { body } = await post('midori', `${made.id}/publish`)
    expect(body).toMatchObject({ state: 'published' })
    return made
  }
  /** Everything a refused attempt must leave as it was. */
  const snapshot = async (collection: 'kizuna-manuscripts' | 'kizuna-add-ons', id: string) => {
    const live = await payload.db.findOne({ collection, where: { id: { equals: id } } })
    const versions = await payload.countVersions({ collection, where: { parent: { equals: id } } })
    const kind = collection === 'kizuna-manuscripts' ? 'manuscript' : 'add-on'
    return {
      live,
      versions: versions.totalDocs,
      releases: await releasesOf(`${kind}:${id}`),
      documents: (await payload.count({ collection })).totalDocs,
    }
  }
  const releasesOf = async (key: string) => {
    const { docs } = await payload.find({
      collection: 'kizuna-releases',
      where: { key: { equals: key } },
      sort: 'revision',
      depth: 0,
      pagination: false,
    })
    return docs
  }
  return {
    payload,
    config,
    users,
    tokens,
    ...places,
    reqOf,
    rest,
    graphql,
    opened,
    restore,
    draft,
    published,
    addOn,
    publishedAddOn,
    on,
    review,
    snapshot,
    releasesOf,
    close: () => endCms(payload),
  }
}

async function ownConfig(): Promise<SanitizedConfig> {
  Object.assign(process.env, { DATABASE_URL: testDatabaseUrl(), PAYLOAD_SECRET })
  return (await import('../../../payload.config')).default
}

function hostConfig(overrides: KizunaOptions['overrides']): Promise<SanitizedConfig> {
  return buildConfig({
    secret: PAYLOAD_SECRET,
    telemetry: false,
    typescript: { autoGenerate: false },
    db: mongooseAdapter({ url: testDatabaseUrl() }),
    plugins: [kizuna({ now: () => new Date(), admin: 'whole', overrides })],
  })
}

async function createPlaces(payload: Payload) {
  const series = await payload.create({
    collection: 'kizuna-series',
    data: {
      name: '見本 0〜10歳',
      code: 'child',
      anchor: 'birthDate',
      isEndIncluded: true,
      from: 'day0',
      to: 'month120',
    } as never,
  })
  const municipality = await payload.create({
    collection: 'kizuna-municipalities',
    data: {
      name: '見本町',
      code: '999016',
      senderName: '見本町 子育て便り',
      editions: ['standard', 'easy'],
      areas: [{ name: '北地区' }, { name: '南地区' }],
      channels: ['mail'],
      mailFrom: 'kosodate@town.example.jp',
      windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
      contact: { department: '健康課', phone: '0123-45-6789', hours: '平日 9:00〜17:00' },
      contactVariables: [{ name: '保健センター', value: '0123-45-6780' }],
      mailAfterCrash: 'at-most-once',
      dailyCap: 3,
      isActive: true,
      series: [{ series: series.id, isEndIncluded: true }],
    } as never,
  })
  return { series, municipality }
}

interface TestPerson {
  roles: readonly string[]
  disciplines?: readonly string[]
  isMunicipal?: boolean
}

async function createPeople(payload: Payload, municipality: string) {
  const users = {} as Record<Person, { id: string }>
  const tokens = {} as Record<Person, string>
  for (const person of Object.keys(PEOPLE) as Person[]) {
    const { roles, disciplines, isMunicipal }: TestPerson = PEOPLE[person]
    const signedIn = await createSignedIn(payload, {
      email: `${person}@example.jp`,
      kizunaName: person,
      kizunaRoles: roles,
      kizunaWantsDigest: true,
      ...(disciplines && { kizunaDisciplines: disciplines }),
      ...(isMunicipal && { kizunaMunicipality: municipality }),
    })
    users[person] = signedIn.user
    tokens[person] = signedIn.token
  }
  return { users, tokens }
}
