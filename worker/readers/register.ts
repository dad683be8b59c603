import { randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import { readerCollections, type ReaderCollections, type StoreContext } from './collections'
import { sealIdentity, suppressionId } from './identity'
import { matchChild } from './matchChild'
import type { Child, ChildDates, Identity, Reader } from './reader'
import { ChildGoneError } from './childGone'
import type { ReaderChild, Registered, Registration } from './store'

/** One registration on its way through {@link registerIn}. */
interface Registering extends StoreContext, ReaderCollections {
  registration: Registration
  session: ClientSession
}

interface FoundChild {
  childId: string
  /** Whether this reader had the child with exactly these dates already. */
  isKnown: boolean
}

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
  const work = { ...context, ...readerCollections(context.db), registration, session }
  const identity = await liftSuppression(work)
  const former = await updateReader(work, identity)
  const readerId = former?._id ?? (await insertReader(work, identity))
  const { childId, isKnown } = await registerChild(work, { readerId, isNew: !former })
  if (former?.status === 'stopped') await leaveOtherChildren(work, { readerId, childId })
  const status = former?.status === 'active' && isKnown ? 'known' : 'registered'
  return { status, readerId, childId }
}

/** The identity to store. Its owner has just shown that it works, so nothing suppresses it now. */
async function liftSuppression(work: Registering): Promise<Identity> {
  const { ring, suppressions, friendships, filterNotes, registration, session } = work
  const { address, lineAccount } = registration
  const identity = sealIdentity(ring, address)
  await suppressions.deleteOne({ _id: suppressionId(identity) }, { session })
  await filterNotes.deleteOne({ _id: suppressionId(identity) }, { session })
  if (!lineAccount) return identity
  const _id = `${lineAccount}:${identity.index}`
  const friendship = await friendships.findOne({ _id }, { session })
  return friendship?.isFriend === false ? { ...identity, status: 'blocked' } : identity
}

/** Gives the reader of this identity the new answers. Tells how the reader was before. */
async function updateReader(
  { readers, now, registration, session }: Registering,
  { channel, account, index, sealed, status }: Identity,
): Promise<Reader | null> {
  return readers.findOneAndUpdate(
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
  { readers, now, registration, session }: Registering,
  identity: Identity,
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
  await readers.insertOne(reader, { session })
  return reader._id
}

/** Joins the shared child, or finds or adds the one that the dates mean. */
async function registerChild(
  work: Registering,
  { readerId, isNew }: { readerId: string; isNew: boolean },
): Promise<FoundChild> {
  const { registration } = work
  if (registration.sharedChild) {
    return { childId: await joinShared(work, readerId, registration.sharedChild), isKnown: false }
  }
  const own = isNew ? [] : await activeChildren(work, readerId)
  const match = matchChild(own, registration.child)
  if (match.kind === 'new') return { childId: await insertChild(work, readerId), isKnown: false }
  if (match.kind === 'corrected') await correctDates(work, match.child)
  return { childId: match.child._id, isKnown: match.kind === 'same' }
}

function activeChildren({ children, session }: Registering, readerId: string): Promise<Child[]> {
  return children.find({ readers: readerId, status: 'active' }, { session }).toArray()
}

async function joinShared(
  { children, now, registration, session }: Registering,
  readerId: string,
  sharedChild: string,
): Promise<string> {
  const result = await children.updateOne(
    { _id: sharedChild, municipality: registration.municipality, status: 'active' },
    { $addToSet: { readers: readerId }, $set: { changedAt: now() } },
    { session },
  )
  if (result.matchedCount === 0) throw new ChildGoneError('この子の登録は見つかりませんでした。')
  return sharedChild
}

async function insertChild(
  { children, now, registration, session }: Registering,
  readerId: string,
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
  await children.insertOne(child, { session })
  return child._id
}

async function correctDates(
  { children, now, registration, session }: Registering,
  { _id }: Child,
): Promise<void> {
  const $set = { ...givenDates(registration.child), changedAt: now() }
  await children.updateOne({ _id }, { $set }, { session })
}

async function leaveOtherChildren(
  { children, now, session }: Registering,
  { readerId, childId }: ReaderChild,
): Promise<void> {
  const others = { readers: readerId, _id: { $ne: childId } }
  const left = { $pull: { readers: readerId }, $set: { changedAt: now() } }
  await children.updateMany(others, left, { session })
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
