import { getPayload } from 'payload'

import type { Host } from './host'

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
  const password = 'a password of the benchmark'
  const person = (name: string, role: 'editor' | 'chief') =>
    payload.create({
      collection: 'users',
      data: { name, email: `${name}@example.jp`, password, roles: [role] },
    })
  const users = {
    hana: await person('hana', 'editor'),
    doctor: await person('doctor', 'chief'),
    midori: await person('midori', 'chief'),
  }
  const series = await payload.create({
    collection: 'series',
    data: {
      name: '0〜7歳',
      code: 'child',
      anchor: 'birthDate',
      isEndIncluded: true,
      from: 'day0',
      to: 'month120',
    },
  })
  const data = { email: 'hana@example.jp', password }
  const { token } = await payload.login({ collection: 'users', data })
  return { payload, users, series, token: String(token) }
}
