import { isDeepStrictEqual } from 'node:util'

import type { ClientSession, Db } from 'mongodb'

import { grouped } from '../../src/release/grouped'
import { pairId } from '../../src/plan/candidate'
import { readerCollections, type ReaderCollections } from './collections'
import { suppressionId } from './identity'
import { pairOf, type Pair, type PairedChild } from './pair'
import type { Reader } from './reader'
import { supportedChild } from './supported'
import { suppressedAmong } from './suppressed'

/** Where pairs are written: within the transaction of the change. */
export interface PairWriting {
  db: Db
  session: ClientSession
}

/** Which change was made: the people who bear its number. */
interface Changed {
  municipality: string
  changeNumber: number
}

/** Brings the pairs of everybody up to date whom a change was about, and of their siblings. */
export async function writePairs(writing: PairWriting, changed: Changed): Promise<void> {
  const { readers, children, pairs } = readerCollections(writing.db)
  const { session } = writing
  // One after the other: a transaction takes one command at a time.
  const own = await readers.find(changed, { session, projection: { _id: 1 } }).toArray()
  const born = await children.find(changed, { session, projection: { readers: 1 } }).toArray()
  const left = await pairs.distinct('reader', { child: { $in: born.map(idOf) } }, { session })
  await refreshPairs(writing, [...own.map(idOf), ...born.flatMap((one) => one.readers), ...left])
}

/** Readers whose pairs are read and written at once. */
const REFRESHED_AT_ONCE = 1000

/**
 * Makes the pairs of these readers what their readers and children say.
 *
 * @returns how many were not.
 */
export async function refreshPairs(
  writing: PairWriting,
  readerIds: Iterable<string>,
): Promise<number> {
  const ids = [...new Set(readerIds)]
  let written = 0
  for (let at = 0; at < ids.length; at += REFRESHED_AT_ONCE) {
    written += await refresh(writing, ids.slice(at, at + REFRESHED_AT_ONCE))
  }
  return written
}

async function refresh({ db, session }: PairWriting, ids: string[]): Promise<number> {
  const { pairs } = readerCollections(db)
  const people = await readPeople({ db, session }, ids)
  const fresh: Pair[] = []
  const changed: Pair[] = []
  for (const pair of people.readers.flatMap((reader) => pairsOf(reader, people))) {
    const before = people.stored.get(pair._id)
    if (!before) fresh.push(pair)
    else if (!isDeepStrictEqual(before, pair)) changed.push(pair)
  }
  await giveNumbers({ db, session }, fresh)
  if (fresh.length > 0) await pairs.insertMany(fresh, { session })
  if (changed.length > 0) {
    const writes = changed.map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id }, replacement },
    }))
    await pairs.bulkWrite(writes, { session, ordered: false })
  }
  return fresh.length + changed.length
}

/** Some readers with their children, and their pairs as they are stored. */
interface People {
  readers: Reader[]
  childrenOf: ReadonlyMap<string, PairedChild[]>
  pairsOf: ReadonlyMap<string, Pair[]>
  stored: ReadonlyMap<string, Pair>
  suppressed: ReadonlySet<string>
}

async function readPeople({ db, session }: PairWriting, ids: string[]): Promise<People> {
  const own: ReaderCollections = readerCollections(db)
  const readers = await own.readers.find({ _id: { $in: ids } }, { session }).toArray()
  const children = await own.children
    .find({ readers: { $in: ids }, status: 'active' }, { session })
    .toArray()
  const pairs = await own.pairs.find({ reader: { $in: ids } }, { session }).toArray()
  const suppressed = await suppressedAmong(own.suppressions, readers, session)
  const wanted = new Set(ids)
  const shared = children.flatMap((child) =>
    child.readers.filter((id) => wanted.has(id)).map((reader) => ({ reader, child })),
  )
  return {
    readers,
    childrenOf: new Map(
      [...grouped(shared, ({ reader }) => reader)].map(([reader, all]) => [
        reader,
        all.map(({ child }) => child),
      ]),
    ),
    pairsOf: grouped(pairs, ({ reader }) => reader),
    stored: new Map(pairs.map((pair) => [pair._id, pair])),
    suppressed,
  }
}

/** A reader's pairs as they should be; a new one has no number yet. */
function pairsOf(reader: Reader, people: People): Pair[] {
  const known = people.pairsOf.get(reader._id) ?? []
  const own = people.childrenOf.get(reader._id) ?? []
  const supported = supportedChild(reader)
  // a child that goes on is itself: nothing stands in its place
  const isStandIn = supported !== null && !own.some(({ _id }) => _id === supported._id)
  const children = isStandIn ? [...own, supported] : own
  const childById = new Map(children.map((child) => [inTown(child._id, child), child]))
  const paired = new Set(known.map((pair) => inTown(pair.child, pair)))
  const added = children
    .filter((child) => !paired.has(inTown(child._id, child)))
    .map((child) => newPair(reader, child, known))
  const all = [...known, ...added]
  const isSuppressed = reader.identities.some((one) => people.suppressed.has(suppressionId(one)))
  return all.map((before) =>
    pairOf({
      reader,
      child: childById.get(inTown(before.child, before)) ?? null,
      isOnly: all.length === 1,
      isSuppressed,
      before,
    }),
  )
}

/** A child that has moved is another pair in each town. */
function inTown(child: string, { municipality }: Pick<Pair, 'municipality'>): string {
  return `${municipality}:${child}`
}

function newPair(
  reader: Reader,
  { _id: child, municipality, createdAt, sameAs }: PairedChild,
  known: readonly Pair[],
): Pair {
  const first = known.filter((pair) => pair.child === child || pair.child === sameAs)
  const stays = first.flatMap((pair) => [pair._id, ...(pair.former ?? [])])
  // In a town between, the child may have been another one still, which comes from the same.
  const between = known.filter(({ former = [] }) => former.some((id) => stays.includes(id)))
  const former = [...stays, ...between.map(({ _id }) => _id)]
  return {
    _id: '',
    municipality,
    reader: reader._id,
    child,
    isActive: true,
    ...(former.length > 0 && { former: [...new Set(former)] }),
    createdAt,
  }
}

/** The numbers of a municipality's pairs rise with each that is added. */
async function giveNumbers({ db, session }: PairWriting, fresh: Pair[]): Promise<void> {
  const { changeCounters } = readerCollections(db)
  for (const [municipality, own] of grouped(fresh, (pair) => pair.municipality)) {
    const counter = await changeCounters.findOneAndUpdate(
      { _id: municipality },
      { $inc: { pairs: own.length }, $setOnInsert: { last: 0 } },
      { upsert: true, returnDocument: 'after', session },
    )
    const last = counter?.pairs ?? own.length
    for (const [at, pair] of own.entries())
      pair._id = pairId(municipality, last - own.length + 1 + at)
  }
}

function idOf({ _id }: { _id: string }): string {
  return _id
}
