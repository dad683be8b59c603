import { randomUUID } from 'node:crypto'

/** Connection string of a fresh, empty database on the mongod that `npm test` started. */
export function testDatabaseUrl(): string {
  const template = process.env.TEST_MONGODB_URL
  if (!template) throw new Error('npm test から実行してください(TEST_MONGODB_URL がありません)')
  return template.replace('/NAME', `/t${randomUUID().replaceAll('-', '')}`)
}
