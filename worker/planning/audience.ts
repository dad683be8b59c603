import type { Collection, Db, Filter, Document } from 'mongodb'

import { prefetchMap } from '../database/prefetchMap'
import type { AudienceDates } from '../../src/plan/dueIndex'
import type { Child, Identity, Reader, Suppression } from '../readers/reader'

/** A reader with those of their children who may be due today. */
export interface AudienceMember {
  reader: AudienceReader
  children: AudienceChild[]
}

/** What planning needs of a reader: no address, not even a sealed one. */
export interface AudienceReader extends Pick<
  Reader,
  '_id' | 'municipality' | 'edition' | 'area' | 'status'
> {
  identities: Omit<Identity, 'sealed'>[]
}

/** What planning needs of a child. */
export type AudienceChild = Pick<
  Child,
  '_id' | 'dueDate' | 'birthDate' | 'entryDate' | 'corrected' | 'createdAt'
>

/** Some hundred members and the addresses among theirs that must not be sent to. */
export interface AudienceChunk {
  members: AudienceMember[]
  /** `channel:account:index` of the suppressed ones. */
  suppressed: ReadonlySet<string>
}

/** Which part of the readers is looked at. */
export interface AudienceQuery {
  municipality: string
  dates: AudienceDates
  /** Only this reader (for a welcome). */
  reader?: string
  /** Also children with nothing due (for a welcome or an explanation). */
  isEveryChild?: boolean
}

/** Readers in a chunk: one query each for readers and suppressions. */
const CHUNK_READERS = 1000

/** The fields of {@link AudienceReader}. */
const MEMBER_FIELDS = {
  municipality: 1,
  edition: 1,
  area: 1,
  status: 1,
  'identities.channel': 1,
  'identities.account': 1,
  'identities.index': 1,
  'identities.status': 1,
}

/**
 * Streams the readers whose children have one of a day's anchor dates, ordered by reader so that
 * siblings come together; the next chunk is read while the last one is worked on.
 */
export function createAudience(db: Db) {
  const stored: Stored = {
    children: db.collection<Child>('children'),
    readers: db.collection<Reader>('readers'),
    suppressions: db.collection<Suppression>('suppressions'),
  }
  return {
    chunks: (query: AudienceQuery): AsyncGenerator<AudienceChunk> =>
      prefetchMap(rowChunks(stored.children, query), (rows) => complete(stored, rows)),
    /** How many (reader, child) pairs the query meets: counted apart from the stream. */
    count: (query: AudienceQuery): Promise<number> => countPairs(stored, query),
    /** Which addresses of these readers must not be sent to. */
    suppressedAmong: (readers: AudienceReader[]): Promise<Set<string>> =>
      suppressedAmong(stored, readers),
  }
}

/** The streamed audience. */
export type Audience = ReturnType<typeof createAudience>

interface Stored {
  children: Collection<Child>
  readers: Collection<Reader>
  suppressions: Collection<Suppression>
}

/** Adds to the children of a chunk their readers and the addresses that must not be sent to. */
async function complete(stored: Stored, rows: ReaderRow[]): Promise<AudienceChunk> {
  const ids = rows.map(({ reader }) => reader)
  const found = await stored.readers
    .find<AudienceReader>(
      { _id: { $in: ids } },
      { projection: MEMBER_FIELDS, batchSize: ids.length + 1 },
    )
    .toArray()
  const byId = new Map(found.map((reader) => [reader._id, reader]))
  const members = rows.flatMap(({ reader, children }) => {
    const known = byId.get(reader)
    return known ? [{ reader: known, children }] : []
  })
  return { members, suppressed: await suppressedAmong(stored, found) }
}

async function suppressedAmong(
  { suppressions }: Stored,
  readers: AudienceReader[],
): Promise<Set<string>> {
  const keys = readers.flatMap(({ identities }) => identities.map(suppressionKey))
  const hits = await suppressions.find({ _id: { $in: keys } }, { projection: { _id: 1 } }).toArray()
  return new Set(hits.map(({ _id }) => _id))
}

async function countPairs({ children }: Stored, query: AudienceQuery): Promise<number> {
  const size = { $size: { $ifNull: ['$readers', []] } }
  const [total] = await children
    .aggregate<{ pairs: number }>([
      { $match: audienceFilter(query) },
      { $group: { _id: null, pairs: { $sum: size } } },
    ])
    .toArray()
  return total?.pairs ?? 0
}

/** Id an address has in `suppressions`. *Pure.* */
export function suppressionKey(identity: { channel: string; account: string; index: string }) {
  return `${identity.channel}:${identity.account}:${identity.index}`
}

/** The children's filter for a day's anchor dates; each branch has an index. *Pure.* */
export function audienceFilter(query: AudienceQuery): Filter<Child> {
  const { municipality, dates, reader } = query
  const base = { municipality, status: 'active' as const, ...(reader ? { readers: reader } : {}) }
  if (query.isEveryChild) return base
  const within = ({ from, to }: { from: string; to: string }) => ({ $gte: from, $lte: to })
  const branches: Filter<Child>[] = [
    { ...base, dueDate: { $in: dates.dueDates }, birthDate: { $exists: false } },
    { ...base, birthDate: { $in: dates.birthDates } },
    ...dates.births.map((span) => ({ ...base, birthDate: within(span) })),
    { ...base, entryDate: { $in: dates.entryDates } },
    {
      ...base,
      dueDate: { $in: dates.correctedDueDates },
      corrected: { $exists: true, $ne: [] },
    } as Filter<Child>,
  ]
  const used = branches.filter(
    ({ dueDate, birthDate, entryDate }) => !hasEmptyList(dueDate ?? birthDate ?? entryDate),
  )
  return used.length > 0 ? { $or: used } : { ...base, _id: { $in: [] } }
}

function hasEmptyList(condition: unknown): boolean {
  const list = (condition as { $in?: unknown[] }).$in
  return Array.isArray(list) && list.length === 0
}

interface ReaderRow {
  reader: string
  children: AudienceChild[]
}

async function* rowChunks(
  children: Collection<Child>,
  query: AudienceQuery,
): AsyncGenerator<ReaderRow[]> {
  const stream = children.aggregate<AudienceChild & { reader: string }>(pipeline(query), {
    allowDiskUse: true,
    batchSize: 1000,
  })
  let rows: ReaderRow[] = []
  try {
    while (await stream.hasNext()) {
      for (const child of stream.readBufferedDocuments()) {
        const { reader } = child
        const last = rows.at(-1)
        if (last?.reader === reader) {
          last.children.push(child)
          continue
        }
        if (rows.length === CHUNK_READERS) {
          yield rows
          rows = []
        }
        rows.push({ reader, children: [child] })
      }
    }
    if (rows.length > 0) yield rows
  } finally {
    await stream.close()
  }
}

function pipeline(query: AudienceQuery): Document[] {
  const only = query.reader ? [{ $match: { reader: query.reader } }] : []
  return [
    { $match: audienceFilter(query) },
    {
      $project: {
        reader: '$readers',
        dueDate: 1,
        birthDate: 1,
        entryDate: 1,
        corrected: 1,
        createdAt: 1,
      },
    },
    { $unwind: '$reader' },
    ...only,
    { $sort: { reader: 1, _id: 1 } },
  ]
}
