import { randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import { readerCollections, type StoreContext } from './collections'
import { sealIdentity, suppressionId } from './identity'
import { matchChild } from './matchChild'
import type { Child, ChildDates, Identity, Reader } from './reader'
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
    const childId = await insertChild(context, { readerId, registration }, session)
    return { status: 'registered', readerId, childId }
  }
  return registerChild(context, { former, registration }, session)
}

async function currentIdentity(
  { db, ring }: StoreContext,
  { address, lineAccount }: Registration,
  session: ClientSession,
): Promise<Identity> {
  const { suppressions, friendships } = readerCollections(db)
  const identity = sealIdentity(ring, address)
  await suppressions.deleteOne({ _id: suppressionId(identity) }, { session })
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
  const own = await children.find({ readers: readerId, status: 'active' }, { session }).toArray()
  const match = matchChild(own, registration.child)
  const childId =
    match.kind === 'new'
      ? await insertChild(context, { readerId, registration }, session)
      : match.child._id
  const changedAt = context.now()
  if (match.kind === 'corrected') {
    const $set = { ...givenDates(registration.child), changedAt }
    await children.updateOne({ _id: childId }, { $set }, { session })
  }
  if (former.status === 'stopped') {
    const others = { readers: readerId, _id: { $ne: childId } }
    await children.updateMany(
      others,
      { $pull: { readers: readerId }, $set: { changedAt } },
      { session },
    )
  }
  const isKnown = former.status === 'active' && match.kind === 'same'
  return { status: isKnown ? 'known' : 'registered', readerId, childId }
}

async function insertChild(
  { db, now }: StoreContext,
  { readerId, registration }: { readerId: string; registration: Registration },
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
