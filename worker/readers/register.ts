import { randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import { readerCollections, type StoreContext } from './collections'
import { sealIdentity, suppressionId } from './identity'
import { matchChild } from './matchChild'
import type { Child, ChildDates, Identity, Reader } from './reader'
import { ChildGoneError } from './childGone'
import type { Registered, Registration } from './store'

/**
 * Registers within a transaction: finds or creates the reader of this identity, then the child.
 *
 * A reader who had stopped starts again with this child only: what was stopped, for whatever
 * reason, never comes back by itself.
 */
export async function registerIn(
  context: StoreContext,
  registration: Registration,
  session: ClientSession,
): Promise<Registered> {
  const identity = await currentIdentity(context, registration, session)
  const former = await updateReader(context, { registration, identity }, session)
  if (!former) {
    const readerId = await insertReader(context, { registration, identity }, session)
    const add = registration.sharedChild ? joinShared : insertChild
    const childId = await add(context, { readerId, registration }, session)
    return { status: 'registered', readerId, childId }
  }
  return registerChild(context, { former, registration }, session)
}

async function currentIdentity(
  { db, ring }: StoreContext,
  { address, lineAccount }: Registration,
  session: ClientSession,
): Promise<Identity> {
  const { suppressions, friendships, filterNotes } = readerCollections(db)
  const identity = sealIdentity(ring, address)
  await suppressions.deleteOne({ _id: suppressionId(identity) }, { session })
  await filterNotes.deleteOne({ _id: suppressionId(identity) }, { session })
  if (!lineAccount) return identity
  const friendship = await friendships.findOne(
    { _id: `${lineAccount}:${identity.index}` },
    { session },
  )
  return friendship?.isFriend === false ? { ...identity, status: 'blocked' } : identity
}

interface Registering {
  registration: Registration
  identity: Identity
}

async function updateReader(
  { db, now }: StoreContext,
  { registration, identity }: Registering,
  session: ClientSession,
): Promise<Reader | null> {
  const { channel, account, index, sealed, status } = identity
  return readerCollections(db).readers.findOneAndUpdate(
    {
      municipality: registration.municipality,
      identities: { $elemMatch: { channel, account, index } },
    },
    {
      $set: {
        ...profileOf(registration),
        status: 'active',
        changedAt: now(),
        'identities.$[same].status': status,
        'identities.$[same].sealed': sealed,
      },
    },
    {
      session,
      returnDocument: 'before',
      arrayFilters: [{ 'same.channel': channel, 'same.account': account, 'same.index': index }],
    },
  )
}

async function insertReader(
  { db, now }: StoreContext,
  { registration, identity }: Registering,
  session: ClientSession,
): Promise<string> {
  const reader: Reader = {
    _id: randomUUID(),
    municipality: registration.municipality,
    ...profileOf(registration),
    source: registration.source,
    status: 'active',
    identities: [identity],
    createdAt: now(),
    changedAt: now(),
  }
  await readerCollections(db).readers.insertOne(reader, { session })
  return reader._id
}

async function registerChild(
  context: StoreContext,
  { former, registration }: { former: Reader; registration: Registration },
  session: ClientSession,
): Promise<Registered> {
  const { children } = readerCollections(context.db)
  const readerId = former._id
  const { childId, isKnown } = registration.sharedChild
    ? await joinKnown(context, { readerId, registration }, session)
    : await matchOrInsert(context, { readerId, registration }, session)
  if (former.status === 'active') {
    return { status: isKnown ? 'known' : 'registered', readerId, childId }
  }
  const others = { readers: readerId, _id: { $ne: childId } }
  const left = { $pull: { readers: readerId }, $set: { changedAt: context.now() } }
  await children.updateMany(others, left, { session })
  return { status: 'registered', readerId, childId }
}

interface RegisteringChild {
  readerId: string
  registration: Registration
}

async function matchOrInsert(
  context: StoreContext,
  { readerId, registration }: RegisteringChild,
  session: ClientSession,
): Promise<{ childId: string; isKnown: boolean }> {
  const { children } = readerCollections(context.db)
  const own = await children.find({ readers: readerId, status: 'active' }, { session }).toArray()
  const match = matchChild(own, registration.child)
  if (match.kind === 'new') {
    const childId = await insertChild(context, { readerId, registration }, session)
    return { childId, isKnown: false }
  }
  if (match.kind === 'corrected') {
    const $set = { ...givenDates(registration.child), changedAt: context.now() }
    await children.updateOne({ _id: match.child._id }, { $set }, { session })
  }
  return { childId: match.child._id, isKnown: match.kind === 'same' }
}

async function joinKnown(
  context: StoreContext,
  { readerId, registration }: RegisteringChild,
  session: ClientSession,
): Promise<{ childId: string; isKnown: boolean }> {
  const childId = await joinShared(context, { readerId, registration }, session)
  return { childId, isKnown: false }
}

async function joinShared(
  { db, now }: StoreContext,
  { readerId, registration }: RegisteringChild,
  session: ClientSession,
): Promise<string> {
  const { sharedChild = '', municipality } = registration
  const result = await readerCollections(db).children.updateOne(
    { _id: sharedChild, municipality, status: 'active' },
    { $addToSet: { readers: readerId }, $set: { changedAt: now() } },
    { session },
  )
  if (result.matchedCount === 0) throw new ChildGoneError('この子の登録は見つかりませんでした。')
  return sharedChild
}

async function insertChild(
  { db, now }: StoreContext,
  { readerId, registration }: RegisteringChild,
  session: ClientSession,
): Promise<string> {
  const child: Child = {
    _id: randomUUID(),
    municipality: registration.municipality,
    readers: [readerId],
    ...givenDates(registration.child),
    status: 'active',
    createdAt: now(),
    changedAt: now(),
  }
  await readerCollections(db).children.insertOne(child, { session })
  return child._id
}

function profileOf({ edition, relation, area, consentedAt, consentVersion }: Registration) {
  return { edition, relation, area, consentedAt, consentVersion }
}

/** The dates that are set, without empty fields. *Pure.* */
export function givenDates({ dueDate, birthDate, entryDate }: ChildDates): ChildDates {
  return {
    ...(dueDate && { dueDate }),
    ...(birthDate && { birthDate }),
    ...(entryDate && { entryDate }),
  }
}
