import type { Collection, Filter } from 'mongodb'

import { instantOf, type LocalDay } from '../../src/stage/day'

/** What a removal goes by: everything before is over. */
export interface KeptSince {
  /** The first day that is kept. */
  day: LocalDay
  /** When it begins. */
  instant: Date
  /** How many days are kept. */
  days: number
}

/**
 * Removes a bounded piece of what has ended, and tells whether there may be more. Broken off
 * anywhere, it goes on the next time it is called.
 */
export type Removal = (since: KeptSince) => Promise<boolean>

/** What is kept from a day on. *Pure.* */
export function keptSince(day: LocalDay, days: number): KeptSince {
  return { day, instant: instantOf(day, '00:00'), days }
}

/** Documents that are removed in one piece: well under a second of the database's time. */
export const PIECE = 5000

/** Removes some of what meets a filter. Tells how many. */
export async function removeSome<Document extends { _id: string }>(
  collection: Collection<Document>,
  filter: Filter<Document>,
  limit: number = PIECE,
): Promise<number> {
  if (limit <= 0) return 0
  const found = await collection
    .find(filter, { projection: { _id: 1 }, limit, batchSize: limit + 1 })
    .toArray()
  if (found.length === 0) return 0
  const _id = { $in: found.map((one) => one._id) }
  const { deletedCount } = await collection.deleteMany({ ...filter, _id } as Filter<Document>)
  return deletedCount
}
