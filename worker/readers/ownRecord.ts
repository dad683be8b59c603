import {
  readerCollections,
  type CounterEntry,
  type StopNote,
  type StoreContext,
} from './collections'
import { relationsOf } from './find'
import { openIdentity, suppressionId } from './identity'
import type { Child, Identity, Reader, Relation, Suppression } from './reader'

/** All that the collections of people hold of one reader; of others their relation alone. */
export interface OwnRecord {
  reader: Reader
  contacts: {
    channel: Identity['channel']
    /** In clear. */
    address: string
    contactStatus: Identity['status']
    /** Of LINE: what was last heard; absent where nothing was. */
    isFriend?: boolean
  }[]
  children: OwnChild[]
  stops: Pick<StopNote, 'kind' | 'at'>[]
  refusals: {
    channel: Identity['channel']
    reason: Suppression['reason'] | 'filter' | 'soft'
    at: Date | string
  }[]
  waiting: { kind: 'registration' | 'contact'; at: Date; until: Date }[]
  visits: { until: Date }[]
  /** What was done for them at a counter; not by whom. */
  counter: Pick<CounterEntry, 'act' | 'at' | 'detail'>[]
  /** Children (ids) of whom they are still to be told that another one changed dates; not who. */
  dateNotes: { children: string[]; dueAt: Date }[]
}

/** A child as one of its readers has it; `left`: they get its texts no more, others may. */
export interface OwnChild extends Pick<
  Child,
  'dueDate' | 'birthDate' | 'entryDate' | 'createdAt' | 'changedAt'
> {
  id: string
  isCorrected: boolean
  status: Child['status'] | 'left'
  sharers: Relation[]
}

/** Reading all that is stored of a reader. */
export interface OwnRecords {
  /** For the reader alone; `lineAccount` is the id of the town's account. Null when there is none. */
  recordOf: (of: { readerId: string; lineAccount: string | null }) => Promise<OwnRecord | null>
}

/** Reads all that is stored of a reader, to be given to them. */
export function createOwnRecords(context: StoreContext): OwnRecords {
  return {
    recordOf: async ({ readerId, lineAccount }) => {
      const { readers } = readerCollections(context.db)
      const reader = await readers.findOne({ _id: readerId, isForgotten: { $exists: false } })
      return reader && recordOf(context, reader, lineAccount)
    },
  }
}

async function recordOf(
  context: StoreContext,
  reader: Reader,
  lineAccount: string | null,
): Promise<OwnRecord> {
  const { stopNotes, confirmations, visits, counterLog, dateNotes } = readerCollections(context.db)
  const { _id, identities } = reader
  const index = { $in: identities.map((identity) => identity.index) }
  const [notes, asked, open, acts, untold] = await Promise.all([
    stopNotes.find({ reader: _id }).toArray(),
    confirmations.find({ $or: [{ reader: _id }, { index }], usedAt: null }).toArray(),
    visits.find({ readerId: _id }).toArray(),
    counterLog
      .find({ $or: [{ reader: _id }, { index }] })
      .sort({ at: -1 })
      .toArray(),
    dateNotes.find({ _id }).toArray(),
  ])
  return {
    reader,
    contacts: await contactsOf(context, reader, lineAccount),
    children: await childrenOf(context, _id),
    stops: notes.map(({ kind, at }) => ({ kind, at })),
    refusals: await refusalsOf(context, reader),
    waiting: asked.map(({ reader: of, createdAt: at, expiresAt: until }) => {
      return { kind: of === undefined ? 'registration' : 'contact', at, until }
    }),
    visits: open.map(({ openUntil: until }) => ({ until })),
    counter: acts.map(({ act, at, detail }) => ({ act, at, ...(detail && { detail }) })),
    dateNotes: untold.map(({ children, dueAt }) => ({ children, dueAt })),
  }
}

async function contactsOf(
  { db, ring }: StoreContext,
  { identities }: Reader,
  lineAccount: string | null,
): Promise<OwnRecord['contacts']> {
  const { friendships } = readerCollections(db)
  const known = identities.map(async (identity) => {
    const { channel, index, status: contactStatus } = identity
    const address = openIdentity(ring, identity)
    const noted =
      channel === 'line' ? await friendships.findOne({ _id: `${lineAccount}:${index}` }) : null
    const { isFriend } = noted ?? {}
    return { channel, address, contactStatus, ...(isFriend !== undefined && { isFriend }) }
  })
  return Promise.all(known)
}

async function refusalsOf({ db }: StoreContext, { identities }: Reader) {
  const { suppressions, filterNotes, softBounces } = readerCollections(db)
  const found = identities.map(async (identity): Promise<OwnRecord['refusals']> => {
    const { channel } = identity
    const _id = suppressionId(identity)
    const [listed, noted, soft] = await Promise.all([
      suppressions.findOne({ _id }),
      filterNotes.findOne({ _id }),
      softBounces.findOne({ _id }),
    ])
    return [
      ...(listed ? [{ channel, reason: listed.reason, at: listed.at }] : []),
      ...(noted ? [{ channel, reason: 'filter' as const, at: noted.firstOn }] : []),
      ...(soft?.days ?? []).map((at) => ({ channel, reason: 'soft' as const, at })),
    ]
  })
  return (await Promise.all(found)).flat()
}

async function childrenOf({ db }: StoreContext, readerId: string): Promise<OwnChild[]> {
  const { children } = readerCollections(db)
  const own = await children.find({ $or: [{ readers: readerId }, { left: readerId }] }).toArray()
  return Promise.all(
    own.map(async (child): Promise<OwnChild> => {
      const { _id: id, dueDate, birthDate, entryDate, createdAt, changedAt, corrected } = child
      return {
        id,
        ...(dueDate && { dueDate }),
        ...(birthDate && { birthDate }),
        ...(entryDate && { entryDate }),
        isCorrected: corrected?.includes(readerId) ?? false,
        status: child.readers.includes(readerId) ? child.status : 'left',
        sharers: await relationsOf(db, { child, readerId }),
        createdAt,
        changedAt,
      }
    }),
  )
}
