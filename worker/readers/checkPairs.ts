import type { Db } from 'mongodb'

import { chunksOf } from '../database/chunksOf'
import { inTurn } from '../database/transaction'
import { readerCollections } from './collections'
import { refreshPairs } from './writePairs'

/** Readers whose pairs are compared in one transaction. */
const CHECKED_AT_ONCE = 500

/** Which readers' pairs are looked at; all of them by default. */
interface CheckedPart {
  /** Only readers with a higher id. */
  after?: string
  /** So many readers at most. */
  limit?: number
}

/** What a check of pairs has found. */
export interface PairCheck {
  /** How many were not what their readers and children say. */
  differing: number
  /** The last reader that was looked at, or null when there was none. */
  last: string | null
}

/**
 * Compares pairs with the readers and children they are made of, and makes them what these say. A
 * reader is compared by what is read in one transaction, so that a change meanwhile is no difference.
 */
export async function checkPairs(
  db: Db,
  { after = '', limit = 0 }: CheckedPart = {},
): Promise<PairCheck> {
  const { readers } = readerCollections(db)
  const found = readers
    .find({ _id: { $gt: after } }, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .limit(limit)
  const check: PairCheck = { differing: 0, last: null }
  for await (const chunk of chunksOf(found, CHECKED_AT_ONCE)) {
    const ids = chunk.map(({ _id }) => _id)
    check.differing += await inTurn(db, (session) => refreshPairs({ db, session }, ids))
    check.last = ids.at(-1) ?? null
  }
  return check
}

/** Says that the pairs of all readers who were there before pairs were made to the end. */
const ALL_MADE = { _id: 'allMade' }

/**
 * Makes the pairs of a database whose readers have none yet; what was broken off is gone on with, or
 * some readers would be left out of planning for good.
 */
export async function ensurePairs(db: Db): Promise<void> {
  const { pairs } = readerCollections(db)
  const marks = db.collection<typeof ALL_MADE>('pairChecks')
  const hasAny = (await pairs.findOne({}, { projection: { _id: 1 } })) !== null
  if (hasAny && (await marks.findOne(ALL_MADE)) !== null) return
  await checkPairs(db)
  await marks.updateOne(ALL_MADE, { $setOnInsert: ALL_MADE }, { upsert: true })
}
