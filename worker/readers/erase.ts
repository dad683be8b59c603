import type { ClientSession } from 'mongodb'

import { inTurn } from '../database/transaction'
import { welcomeNotes } from '../ledger/collections'
import { changePeople, type Changing } from './changeNumber'
import { lineAccountIds } from '../content/lineAccountIds'
import { accountMarks } from './accountMarks'
import { readerCollections, type StoreContext } from './collections'
import { suppressionId } from './identity'
import type { Child, Reader } from './reader'
import type { ChangeOutcome } from './store'

/** Erasing what is stored of a person. */
export interface Erasing {
  /**
   * Stops everything for a reader and erases at once all that is stored of them but the mark by which
   * nothing is ever sent to them again; `holder` is the browser whose kept forms go too.
   */
  eraseReader: (erased: { readerId: string; holder?: string }) => Promise<ChangeOutcome>
}

/** What erases: of what goes nothing is read again, and what stays names nobody. */
export function createErasing(context: StoreContext): Erasing {
  const { db } = context
  const { keptForms } = readerCollections(db)
  return {
    eraseReader: ({ readerId, holder }) =>
      inTurn(db, async (session) => {
        const isThere = await eraseIn({ ...context, session }, readerId)
        if (holder !== undefined) await keptForms.deleteMany({ holder }, { session })
        return { status: isThere ? 'changed' : 'unknown' }
      }),
  }
}

/**
 * Erases a reader within a transaction; may be repeated. What stays are the keyed indexes of their
 * addresses, which tell nobody what they are and keep an old list from bringing them back. Children
 * with whom nobody else was ever registered go; of the others only this reader goes. Deliveries name
 * the reader until the day is over, so that none that is on its way goes out.
 *
 * @returns whether there was somebody to erase.
 */
export async function eraseIn(changing: Changing, readerId: string): Promise<boolean> {
  const { db, session } = changing
  const { readers, children } = readerCollections(db)
  const reader = await readers.findOne({ _id: readerId }, { session })
  if (!reader || (reader.isErased && reader.isForgotten)) return false
  const ofReader = { $or: [{ readers: readerId }, { left: readerId }] }
  const theirs = await children.find(ofReader, { session }).toArray()
  await changePeople(changing, reader.municipality, async (stamp) => {
    for (const child of theirs) {
      const _id = child._id
      const rest = withoutReader(child, readerId)
      // a number of this town means nothing in one the reader has moved from
      const ownStamp = child.municipality === reader.municipality ? stamp : {}
      if (rest) await children.replaceOne({ _id }, { ...rest, ...ownStamp }, { session })
      else await children.deleteOne({ _id }, { session })
    }
    await readers.replaceOne({ _id: readerId }, { ...markOf(reader), ...stamp }, { session })
  })
  await eraseNotes(changing, reader)
  await eraseFriendships(changing, reader)
  await noteErasure(changing, readerId)
  const joined = await readers.find({ joinedTo: readerId }, { session }).toArray()
  for (const { _id } of joined) await eraseIn(changing, _id)
  return true
}

/** A child as the others have it, or had it; null when nobody else was registered with it. *Pure.* */
function withoutReader({ _id, ...child }: Child, readerId: string): Omit<Child, '_id'> | null {
  const others = (list: readonly string[] = []) => list.filter((id) => id !== readerId)
  const readers = others(child.readers)
  const left = others(child.left)
  if (readers.length + left.length === 0) return null
  const { corrected, keepers } = child
  return {
    ...child,
    readers,
    // Of a child that only former readers know, the dates keep an old list from bringing it back.
    ...(readers.length === 0 && { status: 'stopped' as const }),
    ...(child.left && { left }),
    ...(corrected && { corrected: others(corrected) }),
    ...(keepers && { keepers: others(keepers) }),
  }
}

/** What stays of a reader: that nothing is sent to these addresses, which nobody can read. *Pure.* */
function markOf(reader: Reader): Omit<Reader, '_id'> {
  const { municipality, consentedAt, consentVersion, createdAt, changedAt, leftTowns } = reader
  const [first, ...others] = reader.identities.map(({ channel, account, index }) => {
    return { channel, account, index }
  })
  const former = [...(reader.former ?? []), ...others]
  return {
    municipality,
    edition: 'standard',
    relation: 'other',
    area: null,
    source: null,
    consentedAt,
    consentVersion,
    status: 'stopped',
    isForgotten: true,
    isErased: true,
    identities: first ? [{ ...first, sealed: '', status: 'suppressed' }] : [],
    ...(former.length > 0 && { former }),
    // a run of the day that is under way there asks for it
    ...(leftTowns && { leftTowns }),
    createdAt,
    changedAt,
  }
}

/** What was noted of a reader meanwhile: stops, visits, confirmations that wait, refusals. */
async function eraseNotes(
  { db, session }: { db: Changing['db']; session: ClientSession },
  { _id: reader, identities, former = [] }: Reader,
): Promise<void> {
  const { stopNotes, visits, confirmations, filterNotes, dateNotes, counterNumbers, counterLog } =
    readerCollections(db)
  const { softBounces, bounces } = readerCollections(db)
  const index = { $in: [...identities, ...former].map((one) => one.index) }
  await stopNotes.deleteMany({ reader }, { session })
  await visits.deleteMany({ readerId: reader }, { session })
  await confirmations.deleteMany({ $or: [{ reader }, { index }] }, { session })
  const addresses = { _id: { $in: identities.map(suppressionId) } }
  await filterNotes.deleteMany(addresses, { session })
  await softBounces.deleteMany(addresses, { session })
  await bounces.updateMany({ 'hard.index': index }, { $unset: { hard: 1 } }, { session })
  await counterNumbers.deleteMany({ reader }, { session })
  // What staff did stays on record, without whom it was about.
  const whom = { reader: 1, child: 1, index: 1 } as const
  await counterLog.updateMany({ $or: [{ reader }, { index }] }, { $unset: whom }, { session })
  await dateNotes.deleteOne({ _id: reader }, { session })
  // a move of the town's counts them still, and knows no address to go back to
  await accountMarks(db).updateMany({ reader }, { $unset: { before: 1 } }, { session })
  await welcomeNotes(db).deleteOne({ _id: reader }, { session })
}

/**
 * Whether they are a friend of a LINE account, which nobody asks who gets nothing by it; where
 * another town goes on sending to the same person, it is that one's.
 */
async function eraseFriendships(
  { db, session }: Pick<Changing, 'db' | 'session'>,
  { _id: reader, identities, former = [] }: Reader,
): Promise<void> {
  const { readers, friendships } = readerCollections(db)
  const lines = [...identities, ...former].filter(({ channel }) => channel === 'line')
  if (lines.length === 0) return
  const accounts = await lineAccountIds(db)
  for (const { channel, account, index } of lines) {
    const identity = { $elemMatch: { channel, account, index } }
    const elsewhere = { _id: { $ne: reader }, status: 'active' as const, identities: identity }
    if (await readers.findOne(elsewhere, { session })) continue
    const ids = accounts.map((id) => `${id}:${index}`)
    await friendships.deleteMany({ _id: { $in: ids } }, { session })
  }
}

/** Pairs keep their numbers, which deliveries have, and lose the dates at once. */
async function noteErasure({ db, now, session }: Changing, reader: string): Promise<void> {
  const { pairs, erasures } = readerCollections(db)
  const dates = { dueDate: 1, birthDate: 1, entryDate: 1, isCorrected: 1 } as const
  const asked = { supportFrom: 1, announceOn: 1 } as const
  await pairs.updateMany(
    { reader, isActive: false },
    { $unset: { ...dates, ...asked } },
    { session },
  )
  const own = await pairs.find({ reader }, { session, projection: { _id: 1 } }).toArray()
  const erasure = { at: now(), pairs: own.map(({ _id }) => _id) }
  await erasures.replaceOne({ _id: reader }, erasure, { upsert: true, session })
}
