import type { ClientSession } from 'mongodb'

import { inTurn } from '../database/transaction'
import { changeReaderIn, outcome } from './change'
import { changePeople, type ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import type { Child, FormerIdentity, Identity, Reader } from './reader'
import { couldBeOne, hasSameDates } from './sameChild'
import { isOthersStop, noteStop, type Stopping } from './stopNote'
import type { ChangeOutcome, ReaderChild, ReaderStore, Stopper } from './store'

type Stops = Pick<
  ReaderStore,
  'stopChild' | 'leaveChild' | 'stopReader' | 'unsubscribeMail' | 'mailStopOf'
>

/** What the one click in a mail of a reader's would end: all that comes, mail alone, or nothing. */
export type MailStop = 'all' | 'mail' | 'nothing'

/**
 * What ends deliveries. Each is one atomic write, seen by the last-second check through its change
 * number; each may be repeated, and undone by who did it for {@link UNDO_LIFE_MS}.
 */
export function createStops(context: StoreContext): Stops {
  const { db } = context
  const by = (who: Stopper, stop: (work: Stopping) => Promise<ChangeOutcome>) =>
    inTurn(db, (session) => stop({ ...context, ...who, session }))
  return {
    stopChild: ({ browser, isByStaff, ...of }) =>
      by({ browser, isByStaff }, (work) => stopChild(work, of)),
    leaveChild: ({ browser, isByStaff, ...of }) =>
      by({ browser, isByStaff }, (work) => leaveChild(work, of)),
    stopReader: (readerId, who = {}) => by(who, (work) => stopReader(work, readerId)),
    unsubscribeMail: (readerId, browser) =>
      by({ browser }, (work) => unsubscribeMail(work, readerId)),
    mailStopOf: (readerId) => mailStopOf(context, readerId),
  }
}

/** Ends a child for all who have it, within a transaction, and what could be the same one. */
export async function stopChild(work: Stopping, of: ReaderChild): Promise<ChangeOutcome> {
  const { readerId, childId } = of
  const { session } = work
  const { children } = readerCollections(work.db)
  const child = await children.findOne({ _id: childId, readers: readerId }, { session })
  if (!child) return outcome(0)
  // Who stops it after another one has is not brought back when that one undoes it.
  if (child.status === 'stopped' && (await isOthersStop(work, of))) return leaveChild(work, of)
  const doubles = [childId, ...(await doublesOf(work, { child, readerId }, session))]
  const elsewhere = child.status === 'active' ? await sameElsewhere(work, doubles) : []
  const ids = [...doubles, ...elsewhere.map(({ _id }) => _id)]
  for (const municipality of townsOf([child, ...elsewhere])) {
    await changePeople(work, municipality, (stamp) => {
      const stopped = { $set: { status: 'stopped' as const, ...stamp } }
      return children.updateMany({ _id: { $in: ids }, municipality }, stopped, { session })
    })
  }
  if (child.status === 'active') {
    await noteStop(work, { reader: readerId, kind: 'child', children: ids })
  }
  return outcome(1)
}

/** The same children as they are for those of the family who live in another town. */
async function sameElsewhere({ db, session }: Stopping, ids: string[]): Promise<Child[]> {
  const { children } = readerCollections(db)
  const own = await children.find({ _id: { $in: ids } }, { session }).toArray()
  const names = [...ids, ...own.flatMap(({ sameAs }) => sameAs ?? [])]
  const same = { $or: [{ _id: { $in: names } }, { sameAs: { $in: names } }] }
  const found = await children.find({ ...same, status: 'active' }, { session }).toArray()
  return found.filter(({ _id }) => !ids.includes(_id))
}

/** Codes, each once, in one order for all who write to several. *Pure.* */
export function townsOf(all: readonly Pick<Child, 'municipality'>[]): string[] {
  return [...new Set(all.map(({ municipality }) => municipality))].sort()
}

/** Ends a child for one reader, within a transaction. */
export async function leaveChild(
  work: Stopping,
  { readerId, childId }: ReaderChild,
): Promise<ChangeOutcome> {
  const { session } = work
  const { children } = readerCollections(work.db)
  const child = await children.findOne({ _id: childId, readers: readerId }, { session })
  if (!child) return outcome(0)
  await changePeople(work, child.municipality, (stamp) =>
    children.updateOne({ _id: childId }, { ...leaving(readerId), $set: stamp }, { session }),
  )
  const isCorrected = child.corrected?.includes(readerId) ?? false
  const own = { reader: readerId, kind: 'own' as const, children: [childId] }
  await noteStop(work, { ...own, ...(isCorrected && { isCorrected }) })
  return outcome(1)
}

/** Takes a reader off a child, which remembers it: no old list brings it back. *Pure.* */
export function leaving(readerId: string) {
  return {
    $pull: { readers: readerId, corrected: readerId },
    $addToSet: { left: readerId },
  }
}

async function stopReader(work: Stopping, readerId: string): Promise<ChangeOutcome> {
  const reader = await changeReaderIn(work, readerId, (stamp) => ({
    $set: { status: 'stopped', ...stamp },
  }))
  if (reader?.status === 'active') {
    await noteStop(work, { reader: readerId, kind: 'all', children: [] })
  }
  return outcome(reader ? 1 : 0)
}

/**
 * What a mail of theirs asks for, however old it is: mail ends, or all that comes to who gets it
 * elsewhere by now. They asked for no more texts, and stopping never waits for another way.
 */
async function unsubscribeMail(work: Stopping, readerId: string): Promise<ChangeOutcome> {
  const { readers } = readerCollections(work.db)
  const found = await readers.findOne({ _id: readerId }, { session: work.session })
  if (!found) return outcome(0)
  for (const heir of await heirsOf(work, found)) await unsubscribeMail(work, heir)
  if (found.isForgotten) return outcome(0)
  return found.identities.some(isMail) ? stopMail(work, found) : stopReader(work, readerId)
}

/** What {@link unsubscribeMail} would end now; null of whom nothing is left. */
async function mailStopOf(
  { db }: Pick<StoreContext, 'db'>,
  readerId: string,
): Promise<MailStop | null> {
  const { readers } = readerCollections(db)
  const found = await readers.findOne({ _id: readerId })
  if (!found || found.isForgotten) return null
  return (await heirsOf({ db }, found)).length > 0 ? 'all' : ownMailStop(found)
}

function ownMailStop({ status, identities }: Reader): MailStop {
  if (status !== 'active') return 'nothing'
  const isElsewhere = identities.some((one) => !isMail(one) && one.status === 'active')
  if (!isElsewhere || !identities.some(isMail)) return 'all'
  return identities.some(isMailInUse) ? 'mail' : 'nothing'
}

async function stopMail(work: Stopping, reader: Reader): Promise<ChangeOutcome> {
  const { _id: readerId, identities, status } = reader
  await changeReaderIn(work, readerId, withoutMail)
  if (identities.some(isMailInUse)) {
    const isLast = !identities.some((one) => !isMail(one) && one.status === 'active')
    const isWhole = isLast && status === 'active'
    const mail = { reader: readerId, kind: 'mail' as const, children: [] }
    await noteStop(work, { ...mail, ...(isWhole && { isWhole }) })
  }
  return outcome(1)
}

/**
 * Ids of the registrations that texts to an address come by, of whom gave it up to them after they
 * had stopped: their old mails lie in the same mailbox. Also of the one that it has become.
 */
async function heirsOf(
  { db, session }: Pick<StoreContext, 'db'> & { session?: ClientSession },
  { municipality, identities, former = [], joinedTo }: Reader,
): Promise<string[]> {
  if (joinedTo !== undefined) return [joinedTo]
  const given = identities.length > 0 ? [] : former.filter((one) => isMail(one) && isHere(one))
  if (given.length === 0) return []
  const index = { $in: given.map((one) => one.index) }
  const whose = { municipality, status: 'active' as const }
  const { readers } = readerCollections(db)
  const found = await readers
    .find(
      { ...whose, identities: { $elemMatch: { channel: 'mail', index } } },
      session ? { session } : {},
    )
    .toArray()
  return found.map(({ _id }) => _id)
}

function isHere({ municipality }: FormerIdentity): boolean {
  return municipality === undefined
}

function isMail({ channel }: Pick<Identity, 'channel'>): boolean {
  return channel === 'mail'
}

function isMailInUse({ channel, status }: Reader['identities'][number]): boolean {
  return isMail({ channel }) && status === 'active'
}

/**
 * Ids of other children of its readers that could be the same one, registered once more: a list doubled
 * it, or a date was typed twice. Their texts would go on after a loss. A stop that is repeated
 * finds none, so that it never ends what was registered since.
 */
async function doublesOf(
  { db }: StoreContext,
  { child, readerId }: { child: Child; readerId: string },
  session: ClientSession,
): Promise<string[]> {
  if (child.status === 'stopped') return []
  const { children } = readerCollections(db)
  const ofThem = { _id: { $ne: child._id }, readers: { $in: child.readers } }
  const active = await children.find({ ...ofThem, status: 'active' }, { session }).toArray()
  return active
    .filter((one) => couldBeOne(one, child))
    .filter((one) => isTheirs(one, child) || isReaders(one, { child, readerId }))
    .map(({ _id }) => _id)
}

/** Nobody else gets its texts: no other family's child ends with this one. *Pure.* */
function isTheirs(one: Child, child: Child): boolean {
  return one.readers.every((reader) => child.readers.includes(reader))
}

/** Also shared with others, but of the reader who ends it, with the very same dates. *Pure.* */
function isReaders(one: Child, { child, readerId }: { child: Child; readerId: string }): boolean {
  return one.readers.includes(readerId) && hasSameDates(one, child)
}

function withoutMail(stamp: ChangeStamp) {
  const suppressed = { $mergeObjects: ['$$this', { status: 'suppressed' }] }
  const isMail = { $eq: ['$$this.channel', 'mail'] }
  const identities = {
    $map: { input: '$identities', in: { $cond: [isMail, suppressed, '$$this'] } },
  }
  const status = { $cond: [{ $in: ['active', '$identities.status'] }, '$status', 'stopped'] }
  return [{ $set: { identities, ...stamp } }, { $set: { status } }]
}
