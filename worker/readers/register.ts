import { randomUUID } from 'node:crypto'

import type { ClientSession } from 'mongodb'

import { changePeople, type ChangeStamp, type Changing } from './changeNumber'
import { readerCollections, type ReaderCollections, type StoreContext } from './collections'
import { sealIdentity, suppressionId } from './identity'
import type { Child, Identity, Reader, Suppression } from './reader'
import { givenDates, recordStatement, type Recorded } from './recordStatement'
import { recordTwins } from './recordTwins'
import { ChildGoneError } from './childGone'
import { hasSameDates } from './sameChild'
import { leaving } from './stop'
import type { Registered, Registration } from './store'

/** One registration on its way through {@link registerIn}. */
interface Registering extends StoreContext, ReaderCollections {
  registration: Registration
  session: ClientSession
  stamp: ChangeStamp
}

/**
 * Registers within a transaction: finds or creates the reader of this identity, then the child.
 *
 * A reader who had stopped starts again with this child only: what was stopped, for whatever
 * reason, never comes back by itself. Who was resting rests no more.
 */
export function registerIn(
  context: StoreContext,
  registration: Registration,
  session: ClientSession,
): Promise<Registered> {
  const collections = readerCollections(context.db)
  return changePeople({ ...context, session }, registration.municipality, (stamp) =>
    register({ ...context, ...collections, registration, session, stamp }),
  )
}

async function register(work: Registering): Promise<Registered> {
  const { address, lineAccount, municipality } = work.registration
  const proven = await provenIdentity(work, { address, lineAccount, municipality })
  const { identity, wasRefused } = proven
  const former = await updateReader(work, identity)
  const readerId = former?._id ?? (await insertReader(work, identity))
  const restarts = former?.status === 'stopped'
  const child = await registerChild(work, { readerId, restarts })
  if (child.status === 'asked') return { ...child, readerId }
  const { childId, others = [] } = child
  if (restarts) await leaveOtherChildren(work, { readerId, kept: [childId, ...others] })
  const isKnown = former?.status === 'active' && child.status === 'known'
  const status = isKnown ? 'known' : 'registered'
  return {
    status,
    readerId,
    childId,
    ...(others.length > 0 && { others }),
    ...(restarts && { isRestart: true }),
    ...(wasRefused && { wasRefused }),
  }
}

/** An identity whose owner has just shown that it works. */
export interface Proven {
  identity: Identity
  /** Whether its provider has refused texts: its filter may do so again. */
  wasRefused: boolean
}

/** The identity to store; nothing suppresses it now. */
export async function provenIdentity(
  work: StoreContext & { session: ClientSession },
  proven: Pick<Registration, 'address' | 'municipality'> & { lineAccount?: string | undefined },
): Promise<Proven> {
  const { ring, session } = work
  const { suppressions, friendships, filterNotes, softBounces, bounces } = readerCollections(
    work.db,
  )
  const { address, lineAccount, municipality } = proven
  const identity = sealIdentity(ring, address)
  const same = { _id: suppressionId(identity) }
  const lifted = await suppressions.findOneAndDelete(same, { session })
  if (lifted) await changeElsewhere(work, identity, municipality)
  const noted = await filterNotes.deleteOne(same, { session })
  await softBounces.deleteOne(same, { session })
  await bounces.updateMany(
    { 'hard.index': identity.index, 'hard.state': { $in: ['waiting', 'held'] } },
    { $set: { 'hard.state': 'dropped' } },
    { session },
  )
  const wasRefused = noted.deletedCount > 0 || (lifted !== null && isRefusal(lifted))
  if (!lineAccount) return { identity, wasRefused }
  // Written and not only read: a block that is recorded meanwhile does not see this reader yet.
  const friendship = await friendships.findOneAndUpdate(
    { _id: `${lineAccount}:${identity.index}` },
    { $inc: { registrations: 1 }, $setOnInsert: { at: work.now() } },
    { session, upsert: true, returnDocument: 'after' },
  )
  const isBlocked = friendship?.isFriend === false
  return { identity: isBlocked ? { ...identity, status: 'blocked' } : identity, wasRefused }
}

function isRefusal({ reason }: Suppression): boolean {
  return reason === 'bounced' || reason === 'notTaken'
}

/** The pairs of whoever has this address in other municipalities know what was suppressed, too. */
async function changeElsewhere(
  work: Changing,
  { channel, account, index }: Identity,
  own: string,
): Promise<void> {
  const { session } = work
  const { readers } = readerCollections(work.db)
  const whose = { identities: { $elemMatch: { channel, account, index } } }
  const elsewhere = { ...whose, municipality: { $ne: own } }
  const codes = await readers.distinct('municipality', elsewhere, { session })
  for (const municipality of codes.sort()) {
    await changePeople(work, municipality, (stamp) =>
      readers.updateMany({ ...whose, municipality }, { $set: stamp }, { session }),
    )
  }
}

/** Gives the reader of this identity the new answers. Tells how the reader was before. */
async function updateReader(
  { readers, registration, session, stamp }: Registering,
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
        ...stamp,
        'identities.$[same].status': status,
        'identities.$[same].sealed': sealed,
      },
      $unset: {
        isForgotten: true as const,
        rest: 1 as const,
        beganAt: 1 as const,
        ...(registration.consentBasis === undefined && { consentBasis: 1 as const }),
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
  { readers, now, registration, session, stamp }: Registering,
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
    ...stamp,
  }
  await readers.insertOne(reader, { session })
  return reader._id
}

/** Joins the shared children, or records what the registration says of its own. */
async function registerChild(
  work: Registering,
  { readerId, restarts }: { readerId: string; restarts: boolean },
): Promise<Recorded & { others?: string[] }> {
  const { registration } = work
  const { sharedChildren, municipality, relation, child, count = 1, answer } = registration
  if (sharedChildren) return joinAll(work, readerId, sharedChildren)
  const said = {
    reader: { _id: readerId, municipality, relation },
    dates: givenDates(child),
    answer,
    saidAt: registration.waitedSince ?? work.now(),
    isLastWord: restarts,
  }
  return count > 1 ? recordTwins(work, said, count) : recordStatement(work, said)
}

/** Joins those that go on; one that has ended is silently not among them. @throws ChildGoneError */
async function joinAll(
  work: Registering,
  readerId: string,
  sharedChildren: readonly string[],
): Promise<Recorded & { others?: string[] }> {
  const joined: Recorded[] = []
  for (const childId of sharedChildren) {
    const one = await joinShared(work, readerId, childId)
    if (one) joined.push(one)
  }
  const first = joined.find(({ status }) => status === 'added') ?? joined[0]
  if (!first) throw new ChildGoneError('この子の登録は見つかりませんでした。')
  const others = joined.filter((one) => one !== first).map(({ childId }) => childId)
  return { ...first, others }
}

async function joinShared(
  work: Registering,
  readerId: string,
  sharedChild: string,
): Promise<Recorded | null> {
  const { children, registration, session, stamp } = work
  const shared = await children.findOneAndUpdate(
    { _id: sharedChild, municipality: registration.municipality, status: 'active' },
    { $addToSet: { readers: readerId }, $pull: { left: readerId }, $set: stamp },
    { session, returnDocument: 'before' },
  )
  if (!shared) return null
  if (shared.readers.includes(readerId)) return { status: 'known', childId: sharedChild }
  await leaveOwnDouble(work, readerId, shared)
  return { status: 'added', childId: sharedChild }
}

/**
 * Who had registered the child by themselves before they were given the family's link has it once:
 * otherwise they would be written to as parents of twins. Of own twins each link stands for one.
 */
async function leaveOwnDouble(
  { children, session, stamp }: Registering,
  readerId: string,
  shared: Child,
): Promise<void> {
  const ofReaderAlone = { readers: [readerId], status: 'active' as const }
  const own = await children.find(ofReaderAlone, { session, sort: { createdAt: 1 } }).toArray()
  const double = own.find((one) => hasSameDates(one, shared))
  if (!double) return
  const left = { ...leaving(readerId), $set: stamp }
  await children.updateOne({ _id: double._id }, left, { session })
}

async function leaveOtherChildren(
  { children, session, stamp }: Registering,
  { readerId, kept }: { readerId: string; kept: string[] },
): Promise<void> {
  const others = { readers: readerId, _id: { $nin: kept } }
  const left = { ...leaving(readerId), $set: stamp }
  await children.updateMany(others, left, { session })
}

function profileOf({
  edition,
  relation,
  area,
  consentedAt,
  consentVersion,
  consentBasis,
}: Registration) {
  const basis = consentBasis === undefined ? {} : { consentBasis }
  return { edition, relation, area, consentedAt, consentVersion, ...basis }
}
