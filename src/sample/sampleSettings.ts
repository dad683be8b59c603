import type { CollectionSlug, Payload, Where } from 'payload'

import {
  readSampleJson,
  type SampleLineAccount,
  type SampleMunicipality,
  type SampleUser,
} from './sampleData'

interface SettingsOptions {
  /** Password of every demo log-in. */
  password: string
  /** API key of the delivery worker. */
  apiKey: string
  channelSecretOf: (channelId: string) => string
}

type Data = Record<string, unknown>

/** Creates the sample's people, programs, LINE accounts, series and municipalities if missing. */
export async function createSettings(payload: Payload, options: SettingsOptions): Promise<void> {
  const ensure = createEnsure(payload)
  const users = await readSampleJson<SampleUser[]>('users')
  const login = (user: SampleUser) => ({ ...accountOf(user), password: options.password })
  const hasMunicipality = (user: SampleUser) => user.municipality !== undefined

  for (const user of users.filter((one) => !hasMunicipality(one))) {
    await ensure('users', { email: { equals: user.email } }, login(user))
  }
  await ensure(
    'kizuna-service-accounts',
    { name: { equals: WORKER_NAME } },
    { name: WORKER_NAME, isActive: true, enableAPIKey: true, apiKey: options.apiKey },
  )
  const lineAccounts = await createLineAccounts(ensure, options)
  const series = new Map<string, string>()
  for (const one of await readSampleJson<(Data & { code: string })[]>('series')) {
    series.set(one.code, await ensure('kizuna-series', { code: { equals: one.code } }, one))
  }
  const municipalities = new Map<string, string>()
  for (const one of await readSampleJson<SampleMunicipality[]>('municipalities')) {
    const data = {
      ...one,
      lineAccount: one.lineAccount === null ? null : lineAccounts.get(one.lineAccount),
      series: one.series.map((row) => ({ ...row, series: series.get(row.series) })),
      areas: one.areas.map((name) => ({ name })),
    }
    municipalities.set(
      one.code,
      await ensure('kizuna-municipalities', { code: { equals: one.code } }, data),
    )
  }
  for (const user of users.filter(hasMunicipality)) {
    const municipality = municipalities.get(user.municipality ?? '')
    await ensure(
      'users',
      { email: { equals: user.email } },
      {
        ...login(user),
        kizunaMunicipality: municipality,
      },
    )
  }
}

/** A sample log-in as the CMS stores it, without its municipality. */
function accountOf({ email, name, roles, disciplines }: SampleUser): Data {
  return {
    email,
    kizunaName: name,
    kizunaRoles: roles,
    ...(disciplines && { kizunaDisciplines: disciplines }),
  }
}

const WORKER_NAME = '配信プログラム(見本)'

type Ensure = (collection: CollectionSlug, where: Where, data: Data) => Promise<string>

/** Finds a document or creates it, and gives its id. */
function createEnsure(payload: Payload): Ensure {
  return async (collection, where, data) => {
    const { docs } = await payload.find({ collection, where, limit: 1, depth: 0 })
    if (docs[0]) return String(docs[0].id)
    const created = await payload.create({ collection, data: data as never, depth: 0 })
    return String(created.id)
  }
}

type ChannelSecretOf = SettingsOptions['channelSecretOf']

async function createLineAccounts(ensure: Ensure, { channelSecretOf }: SettingsOptions) {
  const ids = new Map<string, string>()
  for (const account of await readSampleJson<SampleLineAccount[]>('lineAccounts')) {
    const { key, ...rest } = account
    const channelSecret = channelSecretOf(account.channelId)
    const where = { channelId: { equals: account.channelId } }
    const data = { ...rest, channelSecret, ...loginOf(account, channelSecretOf) }
    ids.set(key, await ensure('kizuna-line-accounts', where, data))
  }
  return ids
}

/**
 * Adds LINE Login to sample accounts of a folder that is older than it; one that has some, or that
 * was deleted, stays as it is.
 */
export async function addSampleLogins(
  payload: Payload,
  channelSecretOf: ChannelSecretOf,
): Promise<void> {
  for (const account of await readSampleJson<SampleLineAccount[]>('lineAccounts')) {
    const data = loginOf(account, channelSecretOf)
    if (!data) continue
    const where: Where = {
      channelId: { equals: account.channelId },
      loginChannelId: { exists: false },
    }
    const { docs } = await payload.find({ collection: 'kizuna-line-accounts', where, depth: 0 })
    for (const { id } of docs)
      await payload.update({ collection: 'kizuna-line-accounts', id, data })
  }
}

function loginOf({ loginChannelId }: SampleLineAccount, channelSecretOf: ChannelSecretOf) {
  if (!loginChannelId) return null
  return { loginChannelId, loginChannelSecret: channelSecretOf(loginChannelId) }
}
