import type { ClientSession } from 'mongodb'

import {
  forgottenAfter,
  readerCollections,
  type FriendshipState,
  type ReaderCollections,
  type StoreContext,
} from './collections'
import { inTurn } from '../database/transaction'
import { changePeople, type Changing } from './changeNumber'
import { indexOf, suppressionId } from './identity'
import type { Identity } from './reader'
import { isGivenUp, SOFT_KEPT_DAYS, withSoftDay } from './softRefusals'
import type { Friendship, ReaderStore } from './store'

const DAY_MS = 24 * 3600_000

type Blocks = Pick<
  ReaderStore,
  'suppress' | 'noteMaybeFilter' | 'noteSoftRefusal' | 'recordFriendship'
>

/** Addresses that must not be sent to: bounced or complained about, and LINE blocks. */
export function createBlocks(context: StoreContext): Blocks {
  return {
    suppress: (suppressed) => suppress(context, suppressed),
    noteMaybeFilter: (refused) => noteMaybeFilter(context, refused),
    noteSoftRefusal: (refused) => noteSoftRefusal(context, refused),
    recordFriendship: (friendship) => recordFriendship(context, friendship),
  }
}

function suppress(
  context: StoreContext,
  { reason, ...same }: Parameters<Blocks['suppress']>[0],
): Promise<void> {
  const { db, now } = context
  const { suppressions } = readerCollections(db)
  return inTurn(db, async (session) => {
    const _id = suppressionId(same)
    const $set = { reason, at: now() }
    await suppressions.updateOne({ _id }, { $set }, { upsert: true, session })
    await setStatus({ ...context, session }, same, { to: 'suppressed' })
  })
}

/** Whose identities, of which status now, get another one. */
interface StatusChange {
  /** Codes; all of them when left out. */
  municipalities?: string[]
  from?: Identity['status']
  to: Identity['status']
}

/** Gives an address another status at every reader who has it, each municipality with its number. */
async function setStatus(
  changing: Changing,
  same: Pick<Identity, 'channel' | 'account' | 'index'>,
  { municipalities, from, to }: StatusChange,
): Promise<void> {
  const { readers } = readerCollections(changing.db)
  const { session } = changing
  const { channel, account, index } = same
  const whose = { identities: { $elemMatch: { channel, account, index } } }
  const among = municipalities ? { municipality: { $in: municipalities } } : {}
  const where = await readers.distinct('municipality', { ...whose, ...among }, { session })
  const arrayFilters = [{ ...prefixed(same), ...(from && { 'same.status': from }) }]
  for (const municipality of where.sort()) {
    await changePeople(changing, municipality, (stamp) =>
      readers.updateMany(
        { ...whose, municipality },
        { $set: { 'identities.$[same].status': to, ...stamp } },
        { session, arrayFilters },
      ),
    )
  }
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

async function noteSoftRefusal(
  context: StoreContext,
  { date, ...of }: Parameters<Blocks['noteSoftRefusal']>[0],
): Promise<void> {
  const { softBounces } = readerCollections(context.db)
  const _id = suppressionId(of)
  const before = await softBounces.findOne({ _id })
  const days = withSoftDay(before?.days ?? [], date)
  const $set = { days, removeAt: forgottenAfter(SOFT_KEPT_DAYS * DAY_MS) }
  await softBounces.updateOne({ _id }, { $set }, { upsert: true })
  if (isGivenUp(days)) await suppress(context, { ...of, reason: 'bounced' })
}

function recordFriendship(
  context: StoreContext,
  friendship: Friendship,
): Promise<{ status: 'recorded' | 'outdated' }> {
  const { db, ring } = context
  const { friendships } = readerCollections(db)
  const { provider: account, userId: address, lineAccount, municipalities, isFriend } = friendship
  const channel = 'line' as const
  const same = { channel, account, index: indexOf(ring, { channel, account, address }) }
  return inTurn(db, async (session) => {
    const state = { _id: `${lineAccount}:${same.index}`, isFriend, at: friendship.at }
    if (!(await isNewest(friendships, state, session))) return { status: 'outdated' as const }
    const [from, to] = isFriend
      ? (['blocked', 'active'] as const)
      : (['active', 'blocked'] as const)
    await setStatus({ ...context, session }, same, { municipalities, from, to })
    return { status: 'recorded' as const }
  })
}

/** Takes the event's state over unless a newer one is stored; the same event again is taken. */
async function isNewest(
  friendships: ReaderCollections['friendships'],
  state: Required<Pick<FriendshipState, '_id' | 'isFriend' | 'at'>>,
  session: ClientSession,
): Promise<boolean> {
  const { _id, isFriend, at } = state
  const stored = await friendships.findOne({ _id }, { session })
  if (stored?.isFriend !== undefined && stored.at > at) return false
  await friendships.updateOne({ _id }, { $set: { isFriend, at } }, { upsert: true, session })
  return true
}

function prefixed({ channel, account, index }: Pick<Identity, 'channel' | 'account' | 'index'>) {
  return { 'same.channel': channel, 'same.account': account, 'same.index': index }
}
