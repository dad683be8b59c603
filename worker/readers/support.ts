import type { ClientSession } from 'mongodb'

import { localDayOf } from '../../src/stage/day'
import { inTurn } from '../database/transaction'
import { changePeople, type Changing } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import type { Child } from './reader'
import type { ChangeOutcome } from './store'

/** Support texts of one reader: asked for by themselves, after a stop, and ended at any time. */
export interface SupportStore {
  /** Whether a child of theirs was stopped for all who had it: only then may a reader ask. */
  maySupport: (readerId: string) => Promise<boolean>
  /** Asked twice is asked once; `unknown` for who may not. */
  askSupport: (readerId: string) => Promise<ChangeOutcome>
  endSupport: (readerId: string) => Promise<ChangeOutcome>
}

/** What asks for support texts and ends them; each is a change that the last look sees. */
export function createSupports(context: StoreContext): SupportStore {
  const { db } = context
  return {
    maySupport: async (readerId) => (await lastStopped(context, readerId)) !== null,
    askSupport: (readerId) => inTurn(db, (session) => ask({ ...context, session }, readerId)),
    endSupport: (readerId) =>
      inTurn(db, async (session) => {
        const isEnded = await endAmong({ ...context, session }, { _id: readerId })
        return { status: isEnded ? 'changed' : 'unknown' }
      }),
  }
}

async function ask(changing: Changing, readerId: string): Promise<ChangeOutcome> {
  const { readers } = readerCollections(changing.db)
  const { session } = changing
  const reader = await readers.findOne({ _id: readerId, status: 'active' }, { session })
  const child = reader && (await lastStopped(changing, readerId))
  if (!reader || !child) return { status: 'unknown' }
  if (reader.support) return { status: 'changed' }
  const at = changing.now()
  const support = { from: localDayOf(at), child: child._id, at }
  await changePeople(changing, reader.municipality, (stamp) =>
    readers.updateOne({ _id: readerId }, { $set: { support, ...stamp } }, { session }),
  )
  return { status: 'changed' }
}

/** The child of a reader that was stopped last, for all who had it; who had left it may ask too. */
async function lastStopped(
  { db, session }: { db: Changing['db']; session?: ClientSession },
  readerId: string,
): Promise<Child | null> {
  const { children } = readerCollections(db)
  const [last] = await children
    .find(
      { status: 'stopped', $or: [{ readers: readerId }, { left: readerId }] },
      { ...(session && { session }) },
    )
    .sort({ changedAt: -1, _id: 1 })
    .limit(1)
    .toArray()
  return last ?? null
}

/** Ends, within a transaction, what was asked for after the stop of these children: it is undone. */
export async function endSupportOf(changing: Changing, children: readonly string[]): Promise<void> {
  await endAmong(changing, { 'support.child': { $in: [...children] } })
}

async function endAmong(
  changing: Changing,
  whose: { _id: string } | { 'support.child': { $in: string[] } },
): Promise<boolean> {
  const { readers } = readerCollections(changing.db)
  const { session } = changing
  const asked = { ...whose, support: { $exists: true } }
  const towns = await readers.distinct('municipality', asked, { session })
  for (const municipality of towns.sort()) {
    await changePeople(changing, municipality, (stamp) =>
      readers.updateMany(
        { ...asked, municipality },
        { $unset: { support: 1 as const }, $set: stamp },
        { session },
      ),
    )
  }
  return towns.length > 0
}
