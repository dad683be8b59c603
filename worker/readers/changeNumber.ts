import type { ClientSession, Db } from 'mongodb'

import {
  CONTENT_KEY,
  createChangeCounters,
  nextNumber,
  type ChangeCounters,
} from '../database/changeCounters'
import { createPairNames } from '../ledger/pairNames'
import { readerCollections } from './collections'
import type { Reader } from './reader'
import { writePairs } from './writePairs'

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
 * Makes a change of a municipality's people within its transaction: what `write` writes bears the
 * change's number, and the pairs of all who bear it follow. The one way readers and children are
 * written.
 */
export async function changePeople<T>(
  changing: Changing,
  municipality: string,
  write: (stamp: ChangeStamp) => Promise<T>,
): Promise<T> {
  const { db, now, session } = changing
  const changeNumber = await nextNumber(db, municipality, session)
  const stamp = { changedAt: now(), changeNumber }
  const result = await write(stamp)
  await writePairs(changing, { municipality, changeNumber })
  return result
}

/** Reads the changes of readers and children, in the order of their numbers. */
export function createChanges(db: Db, counters: ChangeCounters = createChangeCounters(db)) {
  const { changeCounters } = readerCollections(db)
  return {
    /** Number of a municipality's latest change, 0 before the first; what is read later may be newer. */
    last: (municipality: string): Promise<number> => counters.last(municipality),
    /** The same for each municipality that had one, by its code. */
    lastOfAll: async (): Promise<Map<string, number>> => {
      const all = await changeCounters.find({ _id: { $ne: CONTENT_KEY } }).toArray()
      return new Map(all.map(({ _id, last }) => [_id, last]))
    },
    /** The pairs whose reader or child was changed after a number. */
    ofPairs: (municipality: string, number: number): Promise<ChangedPair[]> =>
      changedPairs(db, { municipality, changeNumber: { $gt: number } }),
  }
}

/** The changes of readers and children. */
export type Changes = ReturnType<typeof createChanges>

/** Number of the last move from a town. *Pure.* */
function numberOf(left: NonNullable<Reader['leftTowns']>, municipality: string): number {
  const own = left.filter((one) => one.municipality === municipality)
  return Math.max(0, ...own.map(({ changeNumber }) => changeNumber))
}

/** A pair, and the number of the last change of its reader or child. */
export interface ChangedPair {
  /** Its id. */
  pair: string
  changeNumber: number
}

async function changedPairs(
  db: Db,
  later: { municipality: string; changeNumber: { $gt: number } },
): Promise<ChangedPair[]> {
  const { readers, children } = readerCollections(db)
  const options = { projection: { changeNumber: 1 } }
  const { municipality, changeNumber: after } = later
  const movedLater = { leftTowns: { $elemMatch: { municipality, changeNumber: after } } }
  const [some, others, gone] = await Promise.all([
    readers.find(later, options).toArray(),
    children.find(later, options).toArray(),
    readers.find(movedLater, { projection: { leftTowns: 1 } }).toArray(),
  ])
  const numbers = new Map([
    ...gone.map(({ _id, leftTowns = [] }) => [_id, numberOf(leftTowns, municipality)] as const),
    ...[...some, ...others].map(({ _id, changeNumber = 0 }) => [_id, changeNumber] as const),
  ])
  if (numbers.size === 0) return []
  const pairs = await createPairNames(db).ofPeople([...numbers.keys()])
  return pairs.map(({ _id: pair, reader, child }) => ({
    pair,
    changeNumber: Math.max(numbers.get(reader) ?? 0, numbers.get(child) ?? 0),
  }))
}
