import type { AnyBulkWriteOperation } from 'mongodb'

import { inTurn } from '../database/transaction'
import { accountMarks, ofMove, type MoveMark } from './accountMarks'
import type { MoveOfTown } from './accountMoves'
import { changePeople } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import type { Identity, Reader } from './reader'

/** A move within a provider, where each reader's id stays and the account that reaches them changes. */
export interface AccountSwitch {
  /** Those whom LINE has not been asked about. */
  unchecked: (of: { move: MoveOfTown; limit: number }) => Promise<MoveMark[]>
  noteThere: (mark: Pick<MoveMark, '_id'>, isThere: boolean) => Promise<void>
  /** Notes who has become a friend of the account since they were asked about. */
  noteNewFriends: (move: MoveOfTown, account: string) => Promise<void>
  /**
   * Makes some readers' identities what they are on this account: open for its friends, blocked for all
   * others, so that planning leaves them out and counts them. Gives how many there were.
   */
  applySome: (of: { move: MoveOfTown; account: string; limit: number }) => Promise<number>
  /** The same on the account that was left, of those whom {@link applySome} has changed. */
  unapplySome: (of: { move: MoveOfTown; account: string; limit: number }) => Promise<number>
}

/** Opens it. */
export function createAccountSwitch(context: StoreContext): AccountSwitch {
  const marks = accountMarks(context.db)
  return {
    unchecked: ({ move, limit }) =>
      marks
        .find({ ...ofMove(move), isThere: { $exists: false } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    noteThere: async ({ _id }, isThere) => {
      await marks.updateOne({ _id }, { $set: { isThere } })
    },
    noteNewFriends: async (move, account) => {
      const absent = await marks.find({ move: move.id, isThere: false }).toArray()
      const friends = await friendsAmong(context, { move, account }, absent)
      const $in = absent.filter(({ reader }) => friends.get(reader)).map(({ _id }) => _id)
      await marks.updateMany({ _id: { $in } }, { $set: { isThere: true } })
    },
    applySome: async ({ move, account, limit }) => {
      const some = await marks
        .find({ move: move.id, isApplied: { $exists: false } })
        .limit(limit)
        .toArray()
      const friends = await friendsAmong(context, { move, account }, some)
      const isOpen = ({ reader, isThere }: MoveMark) => friends.get(reader) ?? isThere === true
      await changeAll(context, move, { some, isOpen, update: { $set: { isApplied: true } } })
      return some.length
    },
    unapplySome: async ({ move, account, limit }) => {
      const some = await marks.find({ move: move.id, isApplied: true }).limit(limit).toArray()
      const friends = await friendsAmong(context, { move, account }, some)
      const isOpen = ({ reader }: MoveMark) => friends.get(reader) ?? true
      await changeAll(context, move, { some, isOpen, update: { $unset: { isApplied: 1 } } })
      return some.length
    },
  }
}

/** Whether each reader is a friend of an account, as its webhook has said; absent: it has said nothing. */
async function friendsAmong(
  { db }: StoreContext,
  { move, account }: { move: MoveOfTown; account: string },
  some: readonly MoveMark[],
): Promise<Map<string, boolean>> {
  const { readers, friendships } = readerCollections(db)
  const ids = some.map(({ reader }) => reader)
  const own = await readers.find({ _id: { $in: ids } }, { projection: { identities: 1 } }).toArray()
  const keyOf = new Map<string, string>(
    own.flatMap(({ _id, identities }) => {
      const identity = identities.find((one) => one.account === move.toProvider)
      return identity ? [[`${account}:${identity.index}`, _id] as [string, string]] : []
    }),
  )
  const known = await friendships.find({ _id: { $in: [...keyOf.keys()] } }).toArray()
  return new Map(
    known.flatMap(({ _id, isFriend }) =>
      isFriend === undefined ? [] : [[keyOf.get(_id) ?? '', isFriend] as const],
    ),
  )
}

interface Changed {
  some: readonly MoveMark[]
  isOpen: (mark: MoveMark) => boolean
  update: { $set: { isApplied: true } } | { $unset: { isApplied: 1 } }
}

function changeAll(context: StoreContext, move: MoveOfTown, changed: Changed): Promise<void> {
  const { db } = context
  const { some, isOpen, update } = changed
  if (some.length === 0) return Promise.resolve()
  return inTurn(db, async (session) => {
    await changePeople({ ...context, session }, move.municipality, async (stamp) => {
      const writes = some.map((mark) =>
        statusWrite(mark.reader, { move, stamp, status: isOpen(mark) ? 'active' : 'blocked' }),
      )
      await readerCollections(db).readers.bulkWrite(writes, { session })
    })
    const $in = some.map(({ _id }) => _id)
    await accountMarks(db).updateMany({ _id: { $in } }, update, { session })
  })
}

/** What is suppressed stays so. */
function statusWrite(
  _id: string,
  of: { move: MoveOfTown; stamp: Partial<Reader>; status: Identity['status'] },
): AnyBulkWriteOperation<Reader> {
  const { move, stamp, status } = of
  const account = move.toProvider
  return {
    updateOne: {
      filter: { _id, municipality: move.municipality, 'identities.account': account },
      update: { $set: { 'identities.$[own].status': status, ...stamp } },
      arrayFilters: [{ 'own.account': account, 'own.status': { $ne: 'suppressed' } }],
    },
  }
}
