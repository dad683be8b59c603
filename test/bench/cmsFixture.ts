import { getPayload } from 'payload'

import type { Host } from './host'

/** With which all people of the benchmarks log in. */
export const PASSWORD = 'a password of the benchmark'

/** The product's CMS on an empty database with three people and a series, in this process. */
export async function openCmsFixture({ databaseUrl, folder, keys }: Host, name: string) {
  Object.assign(process.env, {
    DATABASE_URL: databaseUrl(name),
    KIZUNA_DATA_DIR: folder,
    KIZUNA_KEYS: keys,
    PAYLOAD_SECRET: 'a secret of the benchmark, long enough for the rule',
  })
  const { default: config } = await import('../../payload.config')
  const payload = await getPayload({ config })
  payload.logger.level = 'silent'
  const person = (name: string, role: 'editor' | 'chief') =>
    payload.create({
      collection: 'users',
      data: {
        kizunaName: name,
        email: `${name}@example.jp`,
        password: PASSWORD,
        kizunaRoles: [role],
      },
    })
  const users = {
    hana: await person('hana', 'editor'),
    doctor: await person('doctor', 'chief'),
    midori: await person('midori', 'chief'),
  }
  const series = await payload.create({
    collection: 'kizuna-series',
    data: {
      name: '0〜7歳',
      code: 'child',
      anchor: 'birthDate',
      isEndIncluded: true,
      from: 'day0',
      to: 'month120',
    },
  })
  const data = { email: 'hana@example.jp', password: PASSWORD }
  const { token } = await payload.login({ collection: 'users', data })
  return { payload, users, series, token: String(token) }
}

/** A municipality that takes the series, by mail; resolves with its number. */
export async function createMunicipality({
  payload,
  series,
}: Awaited<ReturnType<typeof openCmsFixture>>): Promise<string> {
  const hours = { from: '09:00', to: '20:00' }
  const { id } = await payload.create({
    collection: 'kizuna-municipalities',
    data: {
      name: '見本町',
      code: '999016',
      senderName: '見本町 子育て便り',
      editions: ['standard'],
      channels: ['mail'],
      mailFrom: 'kosodate@town.example.jp',
      windows: { line: hours, mail: hours },
      contact: { department: '健康課', phone: '0123-45-6789', hours: '平日 9:00〜17:00' },
      mailAfterCrash: 'at-most-once',
      dailyCap: 3,
      isActive: true,
      series: [{ series: series.id, isEndIncluded: true }],
    },
  })
  return id
}
