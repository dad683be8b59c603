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
  keysExamined?: number
  ns: string
}

/** Room for what one work asks: the profiler forgets its first entries where it has no more. */
const MOST_BYTES = 64 * 1024 * 1024

/**
 * What work gives, and how many documents of these collections MongoDB looked at for it, by its own
 * profiler: unlike the time it takes, the number is the same on a busy machine. What other programs
 * ask meanwhile is counted as well.
 */
export async function countReadDocuments<T>(payload: Payload, work: () => Promise<T>) {
  const { db } = (payload.db as unknown as Profiled).connection
  if (!db) throw new Error('The database is not open.')
  await db.command({ profile: 0 })
  await db
    .collection('system.profile')
    .drop()
    .catch(() => null)
  await db.command({ create: 'system.profile', capped: true, size: MOST_BYTES })
  await db.command({ profile: 2 })
  try {
    const result = await work()
    await db.command({ profile: 0 })
    const entries = await db.collection('system.profile').find({}).toArray()
    const own = entries.filter(({ ns }) => !ns.endsWith('.system.profile'))
    const sumOf = (name: 'docsExamined' | 'keysExamined') =>
      own.reduce((sum, { [name]: count = 0 }) => sum + count, 0)
    return {
      result,
      documents: sumOf('docsExamined'),
      keys: sumOf('keysExamined'),
      queries: own.length,
      /** Documents by collection, the most first. */
      read: readOf(own),
    }
  } finally {
    await db.command({ profile: 0 })
  }
}

function readOf(entries: readonly Entry[]): [collection: string, documents: number][] {
  const read = new Map<string, number>()
  for (const { ns, docsExamined = 0 } of entries) {
    const collection = ns.slice(ns.indexOf('.') + 1)
    read.set(collection, (read.get(collection) ?? 0) + docsExamined)
  }
  return [...read].filter(([, count]) => count > 0).toSorted((a, b) => b[1] - a[1])
}
