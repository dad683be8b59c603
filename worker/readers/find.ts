import { readerCollections, type StoreContext } from './collections'
import { indexOf, openIdentity } from './identity'
import type { Child, Relation } from './reader'
import { isSame } from './identity'
import type { ReaderStore } from './store'

type Lookups = Pick<
  ReaderStore,
  | 'findByIdentity'
  | 'findByTalk'
  | 'findReader'
  | 'findChild'
  | 'childrenOf'
  | 'sharersOf'
  | 'everyChildOf'
  | 'openAddress'
>

/** Reading readers back. */
export function createLookups({ db, ring }: StoreContext): Lookups {
  const { readers, children } = readerCollections(db)
  return {
    findByIdentity: (address) => {
      const { channel, account } = address
      const index = indexOf(ring, address)
      return readers.find({ identities: { $elemMatch: { channel, account, index } } }).toArray()
    },
    findByTalk: async (address) => {
      const { channel, account } = address
      const same = { channel, account, index: indexOf(ring, address) }
      const isOwn = { identities: { $elemMatch: same } }
      const found = await readers.find({ $or: [isOwn, { 'former.index': same.index }] }).toArray()
      return {
        own: found.filter(({ identities }) => identities.some((one) => isSame(one, same))),
        former: found.flatMap((reader) =>
          (reader.former ?? [])
            .filter((one) => isSame(one, same))
            .map(({ municipality = reader.municipality }) => ({ reader, municipality })),
        ),
      }
    },
    findReader: (readerId) => readers.findOne({ _id: readerId, isForgotten: { $exists: false } }),
    findChild: (childId) => children.findOne({ _id: childId }),
    childrenOf: async (readerId) =>
      (await children.find({ readers: readerId, status: 'active' }).toArray()).sort(youngestFirst),
    sharersOf: async ({ readerId, childId }) => {
      const child = await children.findOne({ _id: childId, readers: readerId })
      return child ? relationsOf(db, { child, readerId }) : []
    },
    everyChildOf: async (readerId) =>
      (await children.find({ readers: readerId }).toArray()).sort(youngestFirst),
    openAddress: (identity) => openIdentity(ring, identity),
  }
}

/**
 * How the others are related who are registered with a child, in whatever town they have it, those
 * too who have left it: nobody is to see by it who did.
 */
export async function relationsOf(
  db: StoreContext['db'],
  { child, readerId }: { child: Child; readerId: string },
): Promise<Relation[]> {
  const { readers, children } = readerCollections(db)
  const names = { $in: [child._id, ...(child.sameAs === undefined ? [] : [child.sameAs])] }
  const same = await children.find({ $or: [{ _id: names }, { sameAs: names }] }).toArray()
  const all = same.flatMap((one) => [...one.readers, ...(one.left ?? [])])
  const others = { $in: all.filter((id) => id !== readerId) }
  const known = { _id: others, isForgotten: { $exists: false as const } }
  const found = await readers.find(known, { projection: { relation: 1 } }).toArray()
  return found.map(({ relation }) => relation)
}

function youngestFirst(a: Child, b: Child): number {
  return nominalBirth(b).localeCompare(nominalBirth(a)) || a._id.localeCompare(b._id)
}

function nominalBirth({ birthDate, dueDate }: Child): string {
  return birthDate ?? dueDate ?? ''
}
