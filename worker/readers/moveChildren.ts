import { randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import type { ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { keepsDates } from './dateRights'
import type { Child, Reader } from './reader'
import { leaving } from './stop'

type Moving = StoreContext & { session: ClientSession }

/** A child that is another one in the new town. */
export interface SharedChild {
  /** As it was before the reader left it. */
  child: Child
  /** Id of the one there, where somebody of the family has moved before; null: it is to be made. */
  there: string | null
  /** Whether the reader changes its dates wherever they are. */
  isKeeper: boolean
}

/**
 * Children that others have too stay in the old town, and those that the family has in the new one
 * already; the reader has left them.
 */
export async function leaveShared(
  work: Moving,
  {
    reader,
    town,
    stamp,
  }: { reader: Reader; town: Pick<Reader, 'municipality'>; stamp: ChangeStamp },
): Promise<SharedChild[]> {
  const { db, session } = work
  const { children } = readerCollections(db)
  const active = { readers: reader._id, status: 'active' as const }
  const own = await children.find(active, { session }).toArray()
  const there = await sameThere(work, own, town.municipality)
  const shared = own.filter((child) => isShared(child) || there.has(child._id))
  const left = await Promise.all(
    shared.map(async (child): Promise<SharedChild> => {
      const isKeeper = await keepsDates(work, child, reader._id)
      return { child, there: there.get(child._id) ?? null, isKeeper }
    }),
  )
  for (const { _id } of shared) {
    await children.updateOne({ _id }, { ...leaving(reader._id), $set: stamp }, { session })
  }
  return left
}

/** Ids of the same children with the same dates in another town, by the id of a reader's own. */
async function sameThere(
  { db, session }: Moving,
  own: readonly Child[],
  municipality: string,
): Promise<Map<string, string>> {
  const same = { sameAs: { $in: own.map(firstOf) }, municipality, status: 'active' as const }
  const found = await readerCollections(db).children.find(same, { session }).toArray()
  const pairs = own.flatMap((child): [string, string][] => {
    const one = found.find((other) => other.sameAs === firstOf(child) && isLike(other, child))
    return one ? [[child._id, one._id]] : []
  })
  return new Map(pairs)
}

/** Whether all dates are the same: a birth that one town knows alone stays there. *Pure.* */
function isLike(one: Child, other: Child): boolean {
  return (['dueDate', 'birthDate', 'entryDate'] as const).every((date) => one[date] === other[date])
}

/** Id of the child that all those of the family come from. *Pure.* */
function firstOf({ _id, sameAs }: Child): string {
  return sameAs ?? _id
}

interface Settling {
  reader: Pick<Reader, '_id'>
  town: Pick<Reader, 'municipality'>
  shared: readonly SharedChild[]
  stamp: ChangeStamp
}

/** A child of the reader's alone moves; of one the family has too, they join it or get their own. */
export async function settleChildren(
  { db, session, now }: Moving,
  { reader, town: { municipality }, shared, stamp }: Settling,
): Promise<void> {
  const { children } = readerCollections(db)
  const { _id: readerId } = reader
  const moved = { $set: { municipality, createdAt: now(), ...stamp } }
  await children.updateMany({ readers: [readerId] }, moved, { session })
  for (const { child, there, isKeeper } of shared) {
    const isCorrected = child.corrected?.includes(readerId) ?? false
    const added = {
      readers: readerId,
      ...(isCorrected && { corrected: readerId }),
      ...(isKeeper && { keepers: readerId }),
    }
    const copy = () => ownCopy(child, { readerId, municipality, at: now(), stamp })
    await (there === null
      ? children.insertOne(copy(), { session })
      : children.updateOne({ _id: there }, { $addToSet: added, $set: stamp }, { session }))
  }
}

interface Copying {
  readerId: string
  municipality: string
  at: Date
  stamp: ChangeStamp
}

/** The same child for who has moved: what ends one ends the other. */
function ownCopy(child: Child, { readerId, municipality, at, stamp }: Copying): Child {
  const { dueDate, birthDate, entryDate, elsewhere, isApart, status, corrected = [] } = child
  return {
    _id: randomUUID(),
    municipality,
    readers: [readerId],
    sameAs: firstOf(child),
    ...(dueDate && { dueDate }),
    ...(birthDate && { birthDate }),
    ...(entryDate && { entryDate }),
    ...(elsewhere && { elsewhere }),
    ...(isApart && { isApart }),
    ...(corrected.includes(readerId) && { corrected: [readerId] }),
    status,
    createdAt: at,
    ...stamp,
  }
}

function isShared({ readers }: Child): boolean {
  return readers.length > 1
}
