import type { ClientSession, Collection, Db } from 'mongodb'

import { createSharedRead } from '../concurrency/joined'

/** Key of the counter that rises whenever anything synced of the CMS changes. */
export const CONTENT_KEY = 'content'

/** The latest number of what is changed: of a municipality's people by its code, or of the content. */
interface Counted {
  _id: string
  last: number
}

function countersOf(db: Db): Collection<Counted> {
  return db.collection('changeCounters')
}

/**
 * Takes the next number of a key, within the transaction of the change. Two changes of one key cannot
 * both be under way, so their numbers become visible in their order: whoever has read up to a number
 * has missed nothing below it, whatever the clocks of the machines say.
 */
export async function nextNumber(db: Db, key: string, session: ClientSession): Promise<number> {
  const counter = await countersOf(db).findOneAndUpdate(
    { _id: key },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after', session },
  )
  return counter?.last ?? 0
}

/**
 * Reads the numbers of the latest changes. All that is sent asks for two of them right before it
 * goes out, so whoever asks while a read is under way shares the next one.
 */
export function createChangeCounters(db: Db) {
  const counters = countersOf(db)
  const lastOf = createSharedRead(async (keys) => {
    const found = await counters.find({ _id: { $in: keys } }, { projection: { last: 1 } }).toArray()
    return new Map(found.map(({ _id, last }) => [_id, last]))
  })
  return {
    /** Number of the latest change of a key, 0 before the first; what is read later may be newer. */
    last: async (key: string): Promise<number> => (await lastOf(key)) ?? 0,
  }
}

/** The numbers of the latest changes. */
export type ChangeCounters = ReturnType<typeof createChangeCounters>
