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

/** Number of a municipality's latest change, 0 before the first; changes read later may be newer. */
export async function lastChange(db: Db, municipality: string): Promise<number> {
  const { changeCounters } = readerCollections(db)
  const counter = await changeCounters.findOne(
    { _id: municipality },
    { readConcern: { level: 'majority' } },
  )
  return counter?.last ?? 0
}

/** Number of the latest change of each municipality that had one, by its code. */
export async function changeCounts(db: Db): Promise<Map<string, number>> {
  const counters = await readerCollections(db).changeCounters.find().toArray()
  return new Map(counters.map(({ _id, last }) => [_id, last]))
}

/** Ids of the readers and children of a municipality that were changed after a number. */
export async function changedSince(
  db: Db,
  { municipality, number }: { municipality: string; number: number },
): Promise<{ id: string; changeNumber: number }[]> {
  const { readers, children } = readerCollections(db)
  const later = { municipality, changeNumber: { $gt: number } }
  const options = {
    projection: { changeNumber: 1 },
    readConcern: { level: 'majority' as const },
  }
  const found = [
    ...(await readers.find(later, options).toArray()),
    ...(await children.find(later, options).toArray()),
  ]
  return found.map(({ _id: id, changeNumber = 0 }) => ({ id, changeNumber }))
}
