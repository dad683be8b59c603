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
import type { ReaderStore } from './store'

type Blocks = Pick<ReaderStore, 'suppress' | 'noteMaybeFilter' | 'recordFriendship'>

/** Addresses that must not be sent to: bounced or complained about, and LINE blocks. */
export function createBlocks(context: StoreContext): Blocks {
  const { db, ring, now } = context
  const { readers, suppressions, friendships, filterNotes } = readerCollections(db)
  const blocks: Blocks = {
    suppress: ({ channel, account, index, reason }) =>
      inTransaction(db, async (session) => {
        const _id = suppressionId({ channel, account, index })
        const at = now()
        await suppressions.updateOne({ _id }, { $set: { reason, at } }, { upsert: true, session })
        await readers.updateMany(
          { identities: { $elemMatch: { channel, account, index } } },
          { $set: { 'identities.$[same].status': 'suppressed', changedAt: at } },
          {
            session,
            arrayFilters: [prefixed({ channel, account, index })],
          },
        )
      }),

    noteMaybeFilter: async ({ date, ...of }) => {
      const _id = suppressionId(of)
      const note = await filterNotes.findOneAndUpdate(
        { _id },
        { $setOnInsert: { firstOn: date } },
        { upsert: true, returnDocument: 'after' },
      )
      if (!note || note.firstOn >= date) return
      await blocks.suppress({ ...of, reason: 'bounced' })
      await filterNotes.deleteOne({ _id })
    },

    recordFriendship: (friendship) =>
      inTransaction(db, async (session) => {
        const { provider: account, userId: address, municipalities, isFriend } = friendship
        const index = indexOf(ring, { channel: 'line', account, address })
        const state = { _id: `${friendship.lineAccount}:${index}`, isFriend, at: friendship.at }
        if (!(await isNewest(friendships, state, session))) return { status: 'outdated' as const }
        const [from, to] = isFriend ? ['blocked', 'active'] : ['active', 'blocked']
        const same = { channel: 'line' as const, account, index }
        await readers.updateMany(
          { municipality: { $in: municipalities }, identities: { $elemMatch: same } },
          { $set: { 'identities.$[same].status': to, changedAt: now() } },
          { session, arrayFilters: [{ ...prefixed(same), 'same.status': from }] },
        )
        return { status: 'recorded' as const }
      }),
  }
  return blocks
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
