import type { ClientSession, Db } from 'mongodb'

import { announceDay } from '../../src/plan/announcement'
import { deliveryId } from '../../src/plan/candidate'
import { ANNOUNCEMENT } from '../../src/stage/announcement'
import type { LocalDay } from '../../src/stage/day'
import { inTurn } from '../database/transaction'
import { ledgerCollections } from '../ledger/collections'
import { readerCollections } from './collections'
import type { Reader } from './reader'
import { refreshPairs } from './writePairs'

/** Readers that are looked at in one transaction. */
const AT_ONCE = 200

/**
 * Looks at readers whose day for the announcement was before a day. Who has it, or whose import is
 * too long ago, is planned with all others again; who was not sent it, since the town was paused or
 * they rested, gets another day.
 *
 * @returns whether there may be more of them.
 */
export async function endAnnouncements(db: Db, day: LocalDay): Promise<boolean> {
  const { readers } = readerCollections(db)
  return inTurn(db, async (session) => {
    const due = { 'announce.on': { $lt: day } }
    const found = await readers.find(due, { session, limit: AT_ONCE }).toArray()
    const told = await toldAmong({ db, session }, found)
    const writes = found.map((reader) => {
      const isOver = told.has(reader._id) || (reader.announce?.until ?? '') <= day
      const update = isOver
        ? { $unset: { announce: 1 as const } }
        : { $set: { 'announce.on': announceDay(reader._id, day) } }
      return { updateOne: { filter: { _id: reader._id }, update } }
    })
    if (writes.length > 0) await readers.bulkWrite(writes, { session, ordered: false })
    await refreshPairs(
      { db, session },
      found.map(({ _id }) => _id),
    )
    return found.length === AT_ONCE
  })
}

/** Ids of those of whom the ledger has the announcement, whatever became of it: never two. */
async function toldAmong(
  { db, session }: { db: Db; session: ClientSession },
  readers: readonly Reader[],
): Promise<Set<string>> {
  const { pairs } = readerCollections(db)
  const ids = readers.map(({ _id }) => _id)
  const own = await pairs.find({ reader: { $in: ids } }, { session }).toArray()
  const readerOf = new Map(own.map(({ _id, reader }) => [deliveryId(_id, ANNOUNCEMENT), reader]))
  const found = await ledgerCollections(db)
    .deliveries.find({ _id: { $in: [...readerOf.keys()] } }, { session, projection: { _id: 1 } })
    .toArray()
  return new Set(found.flatMap(({ _id }) => readerOf.get(_id) ?? []))
}
