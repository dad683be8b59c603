import type { ClientSession, Db } from 'mongodb'

import { readerCollections } from './collections'
import type { Child, Reader, Relation } from './reader'
import type { ReaderChild } from './store'

/** Who changes the dates of a child, as one of its readers sees it. */
export interface DateRights {
  /** Whether this reader does. */
  mayChange: boolean
  /** Whether this reader registered it first: who gives the right, and takes it back. */
  isFirst: boolean
  /** How who registered it first is related to it; null where that is not known any more. */
  first: Relation | null
  /** The others who were ever registered with it, in the order they were, whatever came of them. */
  others: { id: string; relation: Relation; mayChange: boolean }[]
}

/**
 * The right to change a child's dates, a birth too. Who registered it first has it, and whom they
 * give it to. It is not lost with them: when they have left, stopped or cannot be reached, the one who
 * has been registered longest of the others has it too. Nobody is told: whoever finds that they
 * may, cannot know whether it was given or has passed to them.
 *
 * Asked within a transaction.
 */
export async function mayChangeDates(
  { db, session }: { db: Db; session: ClientSession },
  child: Child,
  readerId: string,
): Promise<boolean> {
  if (isKeeper(child, readerId)) return true
  const order = await orderOf(db, child, session)
  return holderOf(order, child, await peopleOf(db, child.readers, session)) === readerId
}

/** Of one who is not there the right counts again when they are. */
function isKeeper({ readers, keepers = [] }: Child, readerId: string): boolean {
  return readers.join() === readerId || keepers.includes(readerId)
}

/**
 * Whether a reader has the right of their own, not because the others are gone: it goes with them to
 * another town.
 */
export async function keepsDates(
  { db, session }: { db: Db; session: ClientSession },
  child: Child,
  readerId: string,
): Promise<boolean> {
  if (child.keepers?.includes(readerId)) return true
  return (await orderOf(db, child, session))[0] === readerId
}

/** Who changes the dates of a child; null when it is not this reader's. */
export async function findDateRights(
  db: Db,
  { readerId, childId }: ReaderChild,
): Promise<DateRights | null> {
  const { children } = readerCollections(db)
  const child = await children.findOne({ _id: childId, readers: readerId })
  if (!child) return null
  const order = await orderOf(db, child)
  const people = await peopleOf(db, [...child.readers, ...(child.left ?? [])])
  const known = order.flatMap((id) => people.get(id) ?? [])
  const [first = ''] = order
  return {
    mayChange: isKeeper(child, readerId) || holderOf(order, child, people) === readerId,
    isFirst: first === readerId,
    first: people.get(first)?.relation ?? null,
    others: known
      .filter(({ _id, isForgotten }) => _id !== readerId && !isForgotten)
      .map(({ _id: id, relation }) => ({ id, relation, mayChange: isKeeper(child, id) })),
  }
}

/** Ids of all who were ever registered with a child: a pair keeps its number, whoever leaves. */
async function orderOf(db: Db, child: Child, session?: ClientSession): Promise<string[]> {
  const { pairs } = readerCollections(db)
  const found = await pairs
    .find({ child: child._id }, { session, projection: { reader: 1 } })
    .toArray()
  const sorted = found.toSorted((a, b) => numberOf(a._id) - numberOf(b._id))
  return [...new Set([...sorted.map(({ reader }) => reader), ...child.readers])]
}

function numberOf(pair: string): number {
  return Number(pair.slice(pair.indexOf(':') + 1))
}

type Person = Pick<Reader, '_id' | 'relation' | 'status' | 'identities' | 'isForgotten'>

async function peopleOf(
  db: Db,
  ids: readonly string[],
  session?: ClientSession,
): Promise<Map<string, Person>> {
  const { readers } = readerCollections(db)
  const projection = { relation: 1, status: 1, identities: 1, isForgotten: 1 }
  const found = await readers.find({ _id: { $in: [...ids] } }, { session, projection }).toArray()
  return new Map(found.map((reader) => [reader._id, reader]))
}

/** The first of those who are there, or null when nobody is. */
function holderOf(
  order: readonly string[],
  { readers }: Child,
  people: ReadonlyMap<string, Person>,
): string | null {
  const isThere = (id: string) => readers.includes(id) && canBeReached(people.get(id))
  return order.find(isThere) ?? null
}

function canBeReached(person: Person | undefined): boolean {
  return person?.status === 'active' && person.identities.some(({ status }) => status === 'active')
}
