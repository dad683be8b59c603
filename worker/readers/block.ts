import type { ClientSession } from 'mongodb'

import {
  readerCollections,
  type FriendshipState,
  type ReaderCollections,
  type StoreContext,
} from './collections'
import { inTransaction } from '../database/transaction'
import { indexOf, suppressionId } from './identity'
import type { Identity } from './reader'
import type { Friendship, ReaderStore } from './store'

type Blocks = Pick<ReaderStore, 'suppress' | 'noteMaybeFilter' | 'recordFriendship'>

/** Addresses that must not be sent to: bounced or complained about, and LINE blocks. */
export function createBlocks(context: StoreContext): Blocks {
  return {
    suppress: (suppressed) => suppress(context, suppressed),
    noteMaybeFilter: (refused) => noteMaybeFilter(context, refused),
    recordFriendship: (friendship) => recordFriendship(context, friendship),
  }
}

function suppress(
  { db, now }: StoreContext,
  { reason, ...same }: Parameters<Blocks['suppress']>[0],
): Promise<void> {
  const { readers, suppressions } = readerCollections(db)
  const { channel, account, index } = same
  return inTransaction(db, async (session) => {
    const _id = suppressionId(same)
    const at = now()
    await suppressions.updateOne({ _id }, { $set: { reason, at } }, { upsert: true, session })
    await readers.updateMany(
      { identities: { $elemMatch: { channel, account, index } } },
      { $set: { 'identities.$[same].status': 'suppressed', changedAt: at } },
      { session, arrayFilters: [prefixed(same)] },
    )
  })
}

async function noteMaybeFilter(
  context: StoreContext,
  { date, ...of }: Parameters<Blocks['noteMaybeFilter']>[0],
): Promise<void> {
  const { filterNotes } = readerCollections(context.db)
  const _id = suppressionId(of)
  const note = await filterNotes.findOneAndUpdate(
    { _id },
    { $setOnInsert: { firstOn: date } },
    { upsert: true, returnDocument: 'after' },
  )
  if (!note || note.firstOn >= date) return
  await suppress(context, { ...of, reason: 'bounced' })
  await filterNotes.deleteOne({ _id })
}

function recordFriendship(
  { db, ring, now }: StoreContext,
  friendship: Friendship,
): Promise<{ status: 'recorded' | 'outdated' }> {
  const { readers, friendships } = readerCollections(db)
  const { provider: account, userId: address, lineAccount, municipalities, isFriend } = friendship
  const channel = 'line' as const
  const same = { channel, account, index: indexOf(ring, { channel, account, address }) }
  return inTransaction(db, async (session) => {
    const state = { _id: `${lineAccount}:${same.index}`, isFriend, at: friendship.at }
    if (!(await isNewest(friendships, state, session))) return { status: 'outdated' as const }
    const [from, to] = isFriend ? ['blocked', 'active'] : ['active', 'blocked']
    await readers.updateMany(
      { municipality: { $in: municipalities }, identities: { $elemMatch: same } },
      { $set: { 'identities.$[same].status': to, changedAt: now() } },
      { session, arrayFilters: [{ ...prefixed(same), 'same.status': from }] },
    )
    return { status: 'recorded' as const }
  })
}

/** Takes the event's state over unless a newer one is stored; the same event again is taken. */
async function isNewest(
  friendships: ReaderCollections['friendships'],
  state: FriendshipState,
  session: ClientSession,
): Promise<boolean> {
  const { _id, isFriend, at } = state
  const stored = await friendships.findOne({ _id }, { session })
  if (stored && stored.at > at) return false
  await friendships.updateOne({ _id }, { $set: { isFriend, at } }, { upsert: true, session })
  return true
}

function prefixed({ channel, account, index }: Pick<Identity, 'channel' | 'account' | 'index'>) {
  return { 'same.channel': channel, 'same.account': account, 'same.index': index }
}
