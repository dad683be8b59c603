import type { ClientSession } from 'mongodb'

import { inTurn } from '../database/transaction'
import { changeChild, changeReader, outcome } from './change'
import { changePeople, type ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import type { Child } from './reader'
import { couldBeOne, hasSameDates } from './sameChild'
import type { ChangeOutcome, ReaderChild, ReaderStore } from './store'

type Stops = Pick<ReaderStore, 'stopChild' | 'leaveChild' | 'stopReader' | 'unsubscribeMail'>

/**
 * What ends deliveries. Each is one atomic write, seen by the last-second check through its change
 * number; each may be repeated.
 */
export function createStops(context: StoreContext): Stops {
  const { db } = context
  return {
    stopChild: (of) => inTurn(db, (session) => stopChild(context, of, session)),

    leaveChild: ({ readerId, childId }) =>
      changeChild(
        context,
        { _id: childId, readers: readerId },
        { $pull: { readers: readerId, corrected: readerId } },
      ),

    stopReader: (readerId) =>
      changeReader(context, readerId, (stamp) => ({ $set: { status: 'stopped', ...stamp } })),

    unsubscribeMail: (readerId) => changeReader(context, readerId, withoutMail),
  }
}

async function stopChild(
  context: StoreContext,
  { readerId, childId }: ReaderChild,
  session: ClientSession,
): Promise<ChangeOutcome> {
  const { children } = readerCollections(context.db)
  const child = await children.findOne({ _id: childId, readers: readerId }, { session })
  if (!child) return outcome(0)
  const ids = [childId, ...(await doublesOf(context, { child, readerId }, session))]
  await changePeople({ ...context, session }, child.municipality, (stamp) => {
    const stopped = { $set: { status: 'stopped' as const, ...stamp } }
    return children.updateMany({ _id: { $in: ids } }, stopped, { session })
  })
  return outcome(1)
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
