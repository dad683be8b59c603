import type { ClientSession, Db, Filter } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'
import { inTurn } from '../database/transaction'
import { ledgerCollections } from '../ledger/collections'
import { readerCollections, type Erasure } from './collections'
import { endAnnouncements } from './endAnnouncements'
import type { Child, Reader } from './reader'
import { refreshPairs } from './writePairs'

/** People that are forgotten in one transaction. */
const AT_ONCE = 200

/**
 * Ends what is kept of people who get nothing any more. Nothing that is planned or sent depends on
 * any of it, so these writes bear no change number; all others go through `changePeople`. Each does
 * some of its work and tells whether there may be more.
 */
export function createForgetting(db: Db) {
  const work: Work = { db, ...readerCollections(db), ...ledgerCollections(db) }
  return {
    /** Forgets readers who had stopped before an instant. */
    readersStoppedBefore: (before: Date): Promise<boolean> => forgetStopped(work, before),
    /** Takes from the deliveries the names of readers who had their data erased before an instant. */
    erasedBefore: (before: Date): Promise<boolean> => unlinkErased(work, before),
    /** Takes away rests that ended before a day: who comes back is planned with all others again. */
    restsEndedBefore: (day: LocalDay): Promise<boolean> => endRests(work, day),
    /** Takes away support texts asked for before a day: the last of them is long out. */
    supportsAskedBefore: (day: LocalDay): Promise<boolean> => endSupports(work, day),
    /** Takes away announcements whose day is over; who was not told yet is told later. */
    announcementsBefore: (day: LocalDay): Promise<boolean> => endAnnouncements(db, day),
    /**
     * Takes away pairs that have ended and whose people have not changed since before an instant,
     * and readers of whom nothing is left by that. `after` is the pair the last call came to; answers
     * the one this came to, or null at the end.
     */
    pairsEndedBefore: (before: Date, after: string): Promise<string | null> =>
      endPairs(work, { before, after }),
    /** Takes away readers who were forgotten and of whom no list can name a child any more. */
    readersForgottenBefore: async (before: Date): Promise<boolean> => {
      const forgotten = { status: 'stopped' as const, isForgotten: true as const }
      const old = { ...forgotten, changedAt: { $lt: before } }
      return inTurn(db, async (session) => {
        const ids = await idsOf(work, old, session)
        await work.readers.deleteMany({ _id: { $in: ids } }, { session })
        return ids.length === AT_ONCE
      })
    },
    /** Takes away children born, or due, before a day: nobody can be sent a text for them. */
    childrenBefore: (day: LocalDay, changedBefore: Date): Promise<boolean> =>
      takeChildren(work, { day, changedBefore }),
  }
}

type Work = { db: Db } & ReturnType<typeof readerCollections> & ReturnType<typeof ledgerCollections>

/** Readers who stopped before an instant and are still known by their contact. *Pure.* */
export function stoppedBefore(before: Date): Filter<Reader> {
  return { status: 'stopped', isForgotten: { $exists: false }, changedAt: { $lt: before } }
}

/** Children born, or due, before a day. *Pure.* */
export function grownBefore(day: LocalDay): Filter<Child> {
  return {
    $or: [{ birthDate: { $lt: day } }, { dueDate: { $lt: day }, birthDate: { $exists: false } }],
  }
}

/** Erasures before an instant whose deliveries still name who it was. *Pure.* */
export function linkedErasuresBefore(before: Date): Filter<Erasure> {
  return { at: { $lt: before }, pairs: { $exists: true } }
}

async function forgetStopped(work: Work, before: Date): Promise<boolean> {
  return inTurn(work.db, async (session) => {
    const found = await idsOf(work, stoppedBefore(before), session)
    if (found.length > 0) await forget(work, found, session)
    return found.length === AT_ONCE
  })
}

/**
 * What stays of a reader who is forgotten is who must not be registered again by an old list: the
 * keyed index of the address, which tells nobody what it is, and that they have stopped. Children
 * that only they had stay with their dates, stopped, for the same reason.
 */
async function forget(work: Work, ids: string[], session: ClientSession): Promise<void> {
  const { readers, children, db } = work
  const nothing = { relation: 'other' as const, area: null, source: null }
  await readers.updateMany(
    { _id: { $in: ids } },
    {
      $set: { status: 'stopped', isForgotten: true, ...nothing, 'identities.$[].sealed': '' },
      $unset: {
        support: 1 as const,
        announce: 1 as const,
        wishes: 1 as const,
        wishedWith: 1 as const,
        consentBasis: 1 as const,
        joinedTo: 1 as const,
      },
    },
    { session },
  )
  const theirs = { readers: { $in: ids }, status: 'active' as const }
  const onlyTheirs = { ...theirs, readers: { $in: ids, $not: { $elemMatch: { $nin: ids } } } }
  await children.updateMany(onlyTheirs, { $set: { status: 'stopped' } }, { session })
  await children.updateMany(theirs, [{ $set: withoutAnyOf(ids) }], { session })
  await refreshPairs({ db, session }, ids)
}

/** A child that these have left; as one that its reader leaves, it remembers who had it. *Pure.* */
function withoutAnyOf(ids: string[]) {
  const others = (list: string) => ({
    $filter: { input: list, cond: { $not: [{ $in: ['$$this', ids] }] } },
  })
  const gone = { $setIntersection: ['$readers', ids] }
  return {
    readers: others('$readers'),
    corrected: { $cond: [{ $isArray: '$corrected' }, others('$corrected'), '$$REMOVE'] },
    left: { $setUnion: [{ $ifNull: ['$left', []] }, gone] },
  }
}

/** The pairs keep their numbers until the days are gone in which these are counted. */
async function unlinkErased({ db, pairs, erasures }: Work, before: Date): Promise<boolean> {
  return inTurn(db, async (session) => {
    const found = await erasures
      .find(linkedErasuresBefore(before), { session, limit: AT_ONCE })
      .toArray()
    // One who has registered again with a child of before goes on with that pair.
    const theirs = { _id: { $in: found.flatMap((one) => one.pairs ?? []) }, isActive: false }
    const nobody = { reader: '', child: '', unlinkedAt: before }
    await pairs.updateMany(theirs, { $set: nobody }, { session })
    const _id = { $in: found.map((one) => one._id) }
    await erasures.updateMany({ _id }, { $unset: { pairs: 1 as const } }, { session })
    return found.length === AT_ONCE
  })
}

async function endRests({ db, readers }: Work, day: LocalDay): Promise<boolean> {
  return inTurn(db, async (session) => {
    const ids = await idsOf({ readers }, { 'rest.until': { $lte: day } }, session)
    await readers.updateMany({ _id: { $in: ids } }, { $unset: { rest: 1 as const } }, { session })
    await refreshPairs({ db, session }, ids)
    return ids.length === AT_ONCE
  })
}

async function endSupports({ db, readers }: Work, day: LocalDay): Promise<boolean> {
  return inTurn(db, async (session) => {
    const ids = await idsOf({ readers }, { 'support.from': { $lt: day } }, session)
    await readers.updateMany(
      { _id: { $in: ids } },
      { $unset: { support: 1 as const } },
      { session },
    )
    await refreshPairs({ db, session }, ids)
    return ids.length === AT_ONCE
  })
}

async function endPairs(
  work: Work,
  { before, after }: { before: Date; after: string },
): Promise<string | null> {
  const { db, pairs, readers, children, endedPairs } = work
  const ended = await pairs
    .find(
      { isActive: false, _id: { $gt: after } },
      { projection: { reader: 1, child: 1, unlinkedAt: 1 } },
    )
    .sort({ _id: 1 })
    .limit(AT_ONCE)
    .toArray()
  if (ended.length === 0) return null
  const last = ended.length === AT_ONCE ? (ended.at(-1)?._id ?? null) : null
  await inTurn(db, async (session) => {
    const recent = { changedAt: { $gte: before } }
    const ofPairs = { readers: ended.map((one) => one.reader), children: ended.map(childOf) }
    const changed = new Set([
      ...(await readers.distinct('_id', { _id: { $in: ofPairs.readers }, ...recent }, { session })),
      ...(await children.distinct(
        '_id',
        { _id: { $in: ofPairs.children }, ...recent },
        { session },
      )),
    ])
    const old = ended.filter(
      ({ reader, child, unlinkedAt }) =>
        !changed.has(reader) && !changed.has(child) && !(unlinkedAt && unlinkedAt >= before),
    )
    const still = { _id: { $in: old.map(({ _id }) => _id) }, isActive: false }
    const gone = await pairs.find(still, { session }).toArray()
    if (gone.length === 0) return
    const ids = gone.map(({ _id }) => _id)
    await endedPairs.insertMany(
      ids.map((_id) => ({ _id })),
      { session },
    )
    await pairs.deleteMany({ _id: { $in: ids } }, { session })
    const of = [...new Set(gone.map(({ reader }) => reader))]
    await refreshPairs({ db, session }, of)
    const there = new Set(
      await children.distinct('_id', { _id: { $in: gone.map(childOf) } }, { session }),
    )
    const grown = new Set(gone.filter((one) => !there.has(one.child)).map(({ reader }) => reader))
    await dropLonely(work, { of, grown, before }, session)
  })
  return last
}

function childOf({ child }: { child: string }): string {
  return child
}

interface Lonely {
  /** Ids of readers. */
  of: string[]
  /** Those of whom a child is gone that was too old for any text. */
  grown: ReadonlySet<string>
  before: Date
}

/**
 * Of these readers, those who have no pair and have not changed: gone altogether when all their
 * children have grown up, else forgotten, since an old list may name a child that was left.
 */
async function dropLonely(
  work: Work,
  { of, grown, before }: Lonely,
  session: ClientSession,
): Promise<void> {
  const { readers, children, pairs } = work
  const paired = new Set(await pairs.distinct('reader', { reader: { $in: of } }, { session }))
  const named = new Set([
    ...(await children.distinct('readers', { readers: { $in: of } }, { session })),
    ...(await children.distinct('left', { left: { $in: of } }, { session })),
  ])
  const lonely = of.filter((id) => !paired.has(id))
  const isOld = { changedAt: { $lt: before } }
  const nameless = lonely.filter((id) => grown.has(id) && !named.has(id))
  await readers.deleteMany({ _id: { $in: nameless }, ...isOld }, { session })
  const rest = { _id: { $in: lonely }, isForgotten: { $exists: false }, ...isOld }
  const others = await idsOf(work, rest, session)
  if (others.length > 0) await forget(work, others, session)
}

async function takeChildren(
  work: Work,
  { day, changedBefore: before }: { day: LocalDay; changedBefore: Date },
): Promise<boolean> {
  const { db, children, changeCounters } = work
  const municipality = { $in: await changeCounters.distinct('_id') }
  return inTurn(db, async (session) => {
    const grown = { municipality, ...grownBefore(day) }
    const found = await children.find(grown, { session, limit: AT_ONCE }).toArray()
    if (found.length === 0) return false
    await children.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session })
    const of = [...new Set(found.flatMap(({ readers }) => readers))]
    await refreshPairs({ db, session }, of)
    await dropLonely(work, { of, grown: new Set(of), before }, session)
    return found.length === AT_ONCE
  })
}

async function idsOf(
  { readers }: Pick<Work, 'readers'>,
  filter: Filter<Reader>,
  session: ClientSession,
): Promise<string[]> {
  const found = await readers
    .find(filter, { session, projection: { _id: 1 }, limit: AT_ONCE })
    .toArray()
  return found.map(({ _id }) => _id)
}
