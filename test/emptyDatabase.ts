import { afterAll } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { testDatabaseUrl } from './database'

const emptied: string[] = []
let isOver = false
afterAll(async () => {
  isOver = true
  for (const url of emptied.splice(0)) await atDatabase(url, (db) => db.dropDatabase())
})

/**
 * Connection string of a database without documents: one that an earlier test of the same file gave
 * back, or a fresh one. Making and taking away files for each test costs the mongod of the whole
 * suite more than all that the tests ask it.
 */
export function emptyDatabaseUrl(): string {
  return emptied.pop() ?? testDatabaseUrl()
}

/** Takes all documents away, so that the next test of the file finds it empty; its indexes stay. */
export async function giveBack(url: string): Promise<void> {
  await atDatabase(url, async (db) => {
    if (isOver) return db.dropDatabase()
    const collections = await db.collections()
    return Promise.all(collections.map((collection) => collection.deleteMany({})))
  })
  if (!isOver) emptied.push(url)
}

async function atDatabase(
  url: string,
  act: (db: ReturnType<MongoClient['db']>) => Promise<unknown>,
): Promise<void> {
  const client = await new MongoClient(url).connect()
  try {
    await act(client.db())
  } finally {
    await client.close()
  }
}
