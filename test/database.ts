import { randomUUID } from 'node:crypto'

import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { Payload } from 'payload'

/** Connection string of a fresh, empty database on the mongod that `npm test` started. */
export function testDatabaseUrl(): string {
  const template = process.env.TEST_MONGODB_URL
  if (!template) throw new Error('npm test から実行してください(TEST_MONGODB_URL がありません)')
  return template.replace('/NAME', `/t${randomUUID().replaceAll('-', '')}`)
}

/**
 * Closes a test's CMS and takes its database away. Each has some hundred files, and the mongod of the
 * whole suite has them all open until its limit is reached.
 */
export async function endCms(payload: Payload): Promise<void> {
  await (payload.db as unknown as MongooseAdapter).connection.dropDatabase()
  await payload.destroy()
}
