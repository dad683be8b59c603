import type { ClientSession } from 'mongodb'

import { changePeople, type ChangeStamp } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { noteDates } from './dateNote'
import { mayChangeDates } from './dateRights'
import { nameOf } from './identity'
import type { ChildDates, Reader } from './reader'
import { givenDates } from './recordStatement'
import { leaveChild, leaving, stopChild } from './stop'
import { childrenAsOne, type ChildrenAsOne, type DatesChosen, type OneChild } from './twoAsOne'

/** Two registrations of one person, who has proven both: `ours` goes on, `theirs` ends in it. */
export interface TwoReaders {
  ours: Reader
  theirs: Reader
}

type Joining = StoreContext & { session: ClientSession }

/** What would become of the children of two registrations. */
export async function planJoin(
  { db, session }: Pick<Joining, 'db' | 'session'>,
  { ours, theirs }: TwoReaders,
): Promise<ChildrenAsOne> {
  const { children } = readerCollections(db)
  const ids = [ours._id, theirs._id]
  const known = await children
    .find({ $or: [{ readers: { $in: ids } }, { left: { $in: ids } }] }, { session })
    .toArray()
  const of = (reader: Reader) => ({
    reader,
    children: known.filter(({ readers, left = [] }) => [...readers, ...left].includes(reader._id)),
  })
  return childrenAsOne(of(theirs), of(ours))
}

/**
 * Makes two registrations one, within a transaction, before the contact of the one that ends is given
 * to the other: what either was sent is not sent again, whoever else has a child keeps it, and an end
 * of a child in one is its end. `chosen` says which dates are right where they differ.
 */
export async function joinReaders(
  work: Joining,
  two: TwoReaders,
  { children: plan, chosen }: { children: ChildrenAsOne; chosen: DatesChosen },
): Promise<void> {
  for (const end of plan.ended) await carryEnd(work, two, end)
  const areTwo = chosen === 'both'
  const one = [
    ...plan.same,
    ...(areTwo ? [] : plan.differing.map((pair) => ({ ...pair, dates: datesOf(pair, chosen) }))),
  ]
  const added = [...plan.added, ...(areTwo ? plan.differing.map(({ theirs }) => theirs) : [])]
  await changePeople(work, two.ours.municipality, async (stamp) => {
    if (areTwo) await setApart(work, plan.differing)
    for (const pair of one) await joinChild(work, two, { ...pair, stamp })
    for (const { _id } of added) await takeOver(work, two, { _id, stamp })
    await endReader(work, two, stamp)
  })
  await rememberPairs(work, two, new Map(one.map(({ theirs, ours }) => [theirs._id, ours._id])))
}

/** A child that has ended in one registration ends in the other, for as many as it did there. */
export function carryEnd(
  work: Joining,
  two: TwoReaders,
  { of, child, how }: ChildrenAsOne['ended'][number],
): Promise<unknown> {
  const ended = { readerId: two[of]._id, childId: child._id }
  return how === 'stopped' ? stopChild(work, ended) : leaveChild(work, ended)
}

function datesOf({ theirs }: OneChild, chosen: DatesChosen): ChildDates {
  return chosen === 'theirs' ? givenDates(theirs) : {}
}

async function setApart({ db, session }: Joining, pairs: readonly OneChild[]): Promise<void> {
  const $in = pairs.flatMap(({ theirs, ours }) => [theirs._id, ours._id])
  const { children } = readerCollections(db)
  await children.updateMany({ _id: { $in } }, { $set: { isApart: true } }, { session })
}

interface Joined extends OneChild {
  dates: ChildDates
  stamp: ChangeStamp
}

/** Others who have the child of the registration that ends keep it: what ends one ends the other. */
async function joinChild(
  work: Joining,
  two: TwoReaders,
  { theirs, ours, dates, stamp }: Joined,
): Promise<void> {
  const { db, session } = work
  const { children } = readerCollections(db)
  const by = two.ours._id
  const isChanged = Object.keys(dates).length > 0 && (await mayChangeDates(work, ours, by))
  if (isChanged) await noteDates(work, { children: [ours], dates, by })
  const isCorrected = theirs.corrected?.includes(two.theirs._id) ?? false
  await children.updateOne(
    { _id: ours._id },
    {
      $set: { ...(isChanged && dates), ...stamp },
      ...(isCorrected && { $addToSet: { corrected: by } }),
    },
    { session },
  )
  const sameAs = theirs._id === ours._id ? {} : { sameAs: theirs.sameAs ?? ours._id }
  const left = { ...leaving(two.theirs._id), $set: { ...sameAs, ...stamp } }
  await children.updateOne({ _id: theirs._id }, left, { session })
}

/** A child that only the registration that ends has goes on for the other. */
async function takeOver(
  { db, session }: Joining,
  { ours, theirs }: TwoReaders,
  { _id, stamp }: { _id: string; stamp: ChangeStamp },
): Promise<void> {
  const { children } = readerCollections(db)
  const before = await children.findOneAndUpdate(
    { _id },
    { ...leaving(theirs._id), $set: stamp },
    { session },
  )
  const { corrected = [], keepers = [] } = before ?? {}
  const added = {
    readers: ours._id,
    ...(corrected.includes(theirs._id) && { corrected: ours._id }),
    ...(keepers.includes(theirs._id) && { keepers: ours._id }),
  }
  await children.updateOne(
    { _id },
    { $addToSet: added, $pull: { left: ours._id }, $set: stamp },
    { session },
  )
}

async function endReader(
  { db, session }: Joining,
  { ours, theirs }: TwoReaders,
  stamp: ChangeStamp,
): Promise<void> {
  const { readers } = readerCollections(db)
  const former = [...(theirs.former ?? []), ...theirs.identities.map(nameOf)]
  const before = { joinedTo: theirs._id } // one that has become it is that of the other now
  await readers.updateMany(before, { $set: { joinedTo: ours._id } }, { session })
  await readers.updateOne(
    { _id: theirs._id },
    {
      $set: { status: 'stopped', joinedTo: ours._id, identities: [], former, ...stamp },
      $unset: { rest: 1, support: 1, announce: 1, fallbackSince: 1 },
    },
    { session },
  )
}

/** Under which numbers the same texts were planned for the registration that ends. */
async function rememberPairs(
  { db, session }: Joining,
  { ours, theirs }: TwoReaders,
  oursOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { pairs } = readerCollections(db)
  const { municipality } = ours
  const own = await pairs.find({ reader: theirs._id, municipality }, { session }).toArray()
  for (const { _id, child, former = [] } of own) {
    const same = { reader: ours._id, municipality, child: oursOf.get(child) ?? child }
    const remembered = { $addToSet: { former: { $each: [_id, ...former] } } }
    await pairs.updateOne(same, remembered, { session })
  }
}

/**
 * What the registration that goes on takes over of the other: what was said last. Who registered anew
 * rests no more, and links to stop from before go on stopping. *Pure.*
 */
export function profileAsOne({ ours, theirs }: TwoReaders): {
  $set: Partial<Reader>
  $unset: { rest?: 1 }
} {
  const support = ours.support ?? theirs.support
  const kept = support ? { support } : {}
  if (theirs.consentedAt <= ours.consentedAt) return { $set: kept, $unset: {} }
  const { edition, relation, area, consentedAt, consentVersion, consentBasis, wishes, rest } =
    theirs
  const said = { edition, relation, area, consentedAt, consentVersion }
  const beganAt = ours.beganAt ?? ours.consentedAt
  return {
    $set: {
      ...{ ...kept, ...said, beganAt },
      ...(consentBasis !== undefined && { consentBasis }),
      ...(wishes && { wishes }),
      ...(rest && { rest }),
    },
    $unset: rest ? {} : { rest: 1 },
  }
}
