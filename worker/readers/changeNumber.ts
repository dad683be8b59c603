import type { ClientSession, Db } from 'mongodb'

import { readerCollections } from './collections'

/** What every write to a reader or child sets besides what it is about. */
export interface ChangeStamp {
  changedAt: Date
  changeNumber: number
}

/** How the people of a municipality are changed: when, and within which transaction. */
export interface Changing {
  db: Db
  now: () => Date
  session: ClientSession
}

/**
 * Takes the next number of a municipality's changes, within the transaction of the change. Two
 * changes of one municipality cannot both be under way, so their numbers become visible in their
 * order: whoever has read up to a number has missed nothing below it, whatever the clocks of the
 * machines say.
 */
export async function stampOf(
  { db, now, session }: Changing,
  municipality: string,
): Promise<ChangeStamp> {
  const { changeCounters } = readerCollections(db)
  const counter = await changeCounters.findOneAndUpdate(
    { _id: municipality },
    { $inc: { last: 1 } },
    { upsert: true, returnDocument: 'after', session },
  )
  return { changedAt: now(), changeNumber: counter?.last ?? 0 }
}

/** Reads the changes of readers and children, in the order of their numbers. */
export function createChanges(db: Db) {
  const { changeCounters } = readerCollections(db)
  return {
    /** Number of a municipality's latest change, 0 before the first; what is read later may be newer. */
    last: async (municipality: string): Promise<number> =>
      (await changeCounters.findOne({ _id: municipality }))?.last ?? 0,
    /** The same for each municipality that had one, by its code. */
    lastOfAll: async (): Promise<Map<string, number>> => {
      const counters = await changeCounters.find().toArray()
      return new Map(counters.map(({ _id, last }) => [_id, last]))
    },
    /** Ids of the readers and children that were changed after a number. */
    since: (municipality: string, number: number): Promise<ChangedPerson[]> =>
      changedSince(db, { municipality, changeNumber: { $gt: number } }),
  }
}

/** The changes of readers and children. */
export type Changes = ReturnType<typeof createChanges>

/** A reader or child, and the number of the last change. */
export interface ChangedPerson {
  id: string
  changeNumber: number
}

async function changedSince(
  db: Db,
  later: { municipality: string; changeNumber: { $gt: number } },
): Promise<ChangedPerson[]> {
  const { readers, children } = readerCollections(db)
  const options = { projection: { changeNumber: 1 } }
  const [some, others] = await Promise.all([
    readers.find(later, options).toArray(),
    children.find(later, options).toArray(),
  ])
  return [...some, ...others].map(({ _id: id, changeNumber = 0 }) => ({ id, changeNumber }))
}
