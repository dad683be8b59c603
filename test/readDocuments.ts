import type { Payload } from 'payload'

interface Profiled {
  connection: {
    db?: {
      command: (command: object) => Promise<unknown>
      collection: (name: string) => {
        find: (filter: object) => { toArray: () => Promise<Entry[]> }
        drop: () => Promise<unknown>
      }
    }
  }
}

interface Entry {
  docsExamined?: number
  ns: string
}

/**
 * What work gives, and how many documents of these collections MongoDB looked at for it, by its own
 * profiler: unlike the time it takes, the number is the same on a busy machine.
 */
export async function countReadDocuments<T>(payload: Payload, work: () => Promise<T>) {
  const { db } = (payload.db as unknown as Profiled).connection
  if (!db) throw new Error('The database is not open.')
  await db.command({ profile: 0 })
  await db
    .collection('system.profile')
    .drop()
    .catch(() => null)
  await db.command({ profile: 2 })
  try {
    const result = await work()
    await db.command({ profile: 0 })
    const entries = await db.collection('system.profile').find({}).toArray()
    const own = entries.filter(({ ns }) => !ns.endsWith('.system.profile'))
    const documents = own.reduce((sum, { docsExamined = 0 }) => sum + docsExamined, 0)
    return { result, documents, queries: own.length }
  } finally {
    await db.command({ profile: 0 })
  }
}
