import type { Collection, Db, Document, Filter } from 'mongodb'

import type { LocalDay } from '../../src/stage/day'
import type { DaySpan } from '../../src/stage/inverse'
import { prefetchMap } from '../database/prefetchMap'
import type { AudienceDates } from '../../src/plan/dueIndex'
import { amongDays } from './amongDays'
import { bornOn, dueOn, type Pair } from '../readers/pair'
import type { Child, Identity, Reader, Suppression } from '../readers/reader'
import { suppressedAmong } from '../readers/suppressed'

/** A reader with those of their children who may be due today. */
export interface AudienceMember {
  reader: AudienceReader
  pairs: AudiencePair[]
}

/** What planning needs of a reader: no address, not even a sealed one. */
export interface AudienceReader extends Pick<
  Reader,
  '_id' | 'municipality' | 'edition' | 'relation' | 'area' | 'status' | 'rest' | 'wishes'
> {
  identities: Omit<Identity, 'sealed'>[]
}

/** What planning needs of a pair. */
export type AudiencePair = Pick<
  Pair,
  | '_id'
  | 'child'
  | 'former'
  | 'dueDate'
  | 'birthDate'
  | 'entryDate'
  | 'isCorrected'
  | 'supportFrom'
  | 'announceOn'
  | 'elsewhere'
  | 'createdAt'
>

/** Some hundred members and the addresses among theirs that must not be sent to. */
export interface AudienceChunk {
  members: AudienceMember[]
  /** Ids of the suppressions. */
  suppressed: ReadonlySet<string>
}

/** Plain pairs that all get the same. */
export interface PairCell {
  anchor: string
  cell: string
  /** Their ids. */
  pairs: string[]
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

/** Whom a stream of readers is about: everybody, those that no cell has, or some pairs. */
export type Among = 'all' | 'special' | readonly string[]

/** Readers in a chunk: one query each for readers and suppressions. */
const CHUNK_READERS = 1000

/** The fields of {@link AudienceReader}. */
const MEMBER_FIELDS = {
  municipality: 1,
  edition: 1,
  relation: 1,
  area: 1,
  status: 1,
  rest: 1,
  wishes: 1,
  'identities.channel': 1,
  'identities.account': 1,
  'identities.index': 1,
  'identities.status': 1,
}

/** The fields of {@link AudiencePair}, and whose it is. */
const PAIR_FIELDS = {
  reader: 1,
  child: 1,
  former: 1,
  dueDate: 1,
  birthDate: 1,
  entryDate: 1,
  isCorrected: 1,
  supportFrom: 1,
  announceOn: 1,
  elsewhere: 1,
  createdAt: 1,
}

/** Streams the readers whose children have one of a day's anchor dates. */
export function createAudience(db: Db) {
  const stored: Stored = {
    pairs: db.collection<Pair>('pairs'),
    children: db.collection<Child>('children'),
    readers: db.collection<Reader>('readers'),
    suppressions: db.collection<Suppression>('suppressions'),
  }
  return {
    /** The plain pairs by what they get: an index alone answers. */
    cells: (query: AudienceQuery): AsyncIterable<PairCell> => cellsOf(stored, query),
    /**
     * Readers with their pairs, ordered by reader so that siblings come together; the next chunk is
     * read while the last one is worked on.
     */
    chunks: (query: AudienceQuery, among: Among = 'all'): AsyncGenerator<AudienceChunk> =>
      prefetchMap(rowChunks(stored.pairs, filterOf(query, among)), (rows) =>
        complete(stored, rows),
      ),
    /** The pairs of one reader that go on. */
    ofReader: (reader: string): Promise<AudiencePair[]> =>
      stored.pairs.find({ reader, isActive: true }, { projection: PAIR_FIELDS }).toArray(),
    /** How many (reader, child) pairs the query meets: counted from the children themselves. */
    count: (query: AudienceQuery): Promise<number> => countPairs(stored, query),
    /** Which addresses of these readers must not be sent to. */
    suppressedAmong: (readers: AudienceReader[]): Promise<Set<string>> =>
      suppressedAmong(stored.suppressions, readers),
  }
}

/** The streamed audience. */
export type Audience = ReturnType<typeof createAudience>

interface Stored {
  pairs: Collection<Pair>
  children: Collection<Child>
  readers: Collection<Reader>
  suppressions: Collection<Suppression>
}

async function* cellsOf({ pairs }: Stored, query: AudienceQuery): AsyncGenerator<PairCell> {
  const { municipality, dates } = query
  const anchors = [
    ...amongDays(dates.dueDates, dueOn),
    ...amongDays(dates.birthDates, bornOn),
    ...dates.dues.map(({ from, to }) => within({ from: dueOn(from), to: dueOn(to) })),
    ...dates.births.map(({ from, to }) => within({ from: bornOn(from), to: bornOn(to) })),
  ]
  if (anchors.length === 0) return
  const found = pairs.aggregate<{ _id: { anchor: string; cell: string }; pairs: string[] }>(
    [
      { $match: { $or: anchors.map((anchor) => ({ municipality, anchor })) } },
      { $group: { _id: { anchor: '$anchor', cell: '$cell' }, pairs: { $push: '$_id' } } },
    ],
    { allowDiskUse: true },
  )
  for await (const { _id, pairs: own } of found) yield { ..._id, pairs: own }
}

/** Adds to the pairs of a chunk their readers and the addresses that must not be sent to. */
async function complete(stored: Stored, rows: ReaderRow[]): Promise<AudienceChunk> {
  const ids = rows.map(({ reader }) => reader)
  const found = await stored.readers
    .find<AudienceReader>(
      { _id: { $in: ids } },
      { projection: MEMBER_FIELDS, batchSize: ids.length + 1 },
    )
    .toArray()
  const byId = new Map(found.map((reader) => [reader._id, reader]))
  const members = rows.flatMap(({ reader, pairs }) => {
    const known = byId.get(reader)
    return known ? [{ reader: known, pairs }] : []
  })
  return { members, suppressed: await suppressedAmong(stored.suppressions, found) }
}

async function countPairs(stored: Stored, query: AudienceQuery): Promise<number> {
  const { municipality, dates } = query
  const asked = { municipality, 'support.from': { $in: dates.supportDays } }
  const supported = await stored.readers.countDocuments(asked)
  const children = await countOfChildren(stored, query)
  return supported + children + (await countAnnounced(stored, query))
}

/** Readers whose last day it is to be told who sends, and who are due nothing else of that child. */
async function countAnnounced(
  { readers, children }: Stored,
  { municipality, dates }: AudienceQuery,
): Promise<number> {
  if (dates.announceDays.length === 0) return 0
  const told = { 'announce.on': { $in: dates.announceDays }, 'announce.municipality': municipality }
  const found = await readers
    .find(told, { projection: { 'announce.child': 1 } })
    .map(({ _id, announce }) => ({ reader: _id, child: announce?.child ?? '' }))
    .toArray()
  const { $or } = branchesOfChildren(dates)
  const active = await children
    .find(
      {
        _id: { $in: found.map(({ child }) => child) },
        municipality,
        status: 'active',
        $nor: $or,
      },
      { projection: { readers: 1 } },
    )
    .toArray()
  const readersOf = new Map(active.map((child) => [child._id, child.readers]))
  return found.filter(({ reader, child }) => readersOf.get(child)?.includes(reader)).length
}

/** The children's dates: what readers asked for, or are to be told, is not theirs. *Pure.* */
function branchesOfChildren(dates: AudienceDates): { $or: Document[] } {
  const own = { ...dates, supportDays: [], announceDays: [] }
  return dateBranches(own, { corrected: { $exists: true, $ne: [] } })
}

async function countOfChildren(
  { children }: Stored,
  { municipality, dates }: AudienceQuery,
): Promise<number> {
  const own = branchesOfChildren(dates)
  const size = { $size: { $ifNull: ['$readers', []] } }
  const [total] = await children
    .aggregate<{ pairs: number }>([
      { $match: { municipality, status: 'active', ...own } },
      { $group: { _id: null, pairs: { $sum: size } } },
    ])
    .toArray()
  return total?.pairs ?? 0
}

/** The pairs' filter for a day's anchor dates. *Pure.* */
function filterOf(query: AudienceQuery, among: Among): Filter<Pair> {
  const { municipality, dates, reader } = query
  if (typeof among !== 'string') return { _id: { $in: [...among] }, isActive: true }
  const base = { municipality, isActive: true, ...(reader !== undefined && { reader }) }
  if (query.isEveryChild) return base
  const own = among === 'special' ? { isSpecial: true as const } : {}
  return { ...base, ...own, ...dateBranches(dates, { isCorrected: true }) }
}

/** Whoever has one of a day's anchor dates; each branch has an index. *Pure.* */
function dateBranches(dates: AudienceDates, corrected: Document): { $or: Document[] } {
  const on = (field: string, days: readonly LocalDay[], also: Document = {}) =>
    amongDays(days).map((among) => ({ [field]: among, ...also }))
  const branches = [
    ...on('dueDate', dates.dueDates, UNBORN),
    ...dates.dues.map((span) => ({ dueDate: within(span), ...UNBORN })),
    ...on('birthDate', dates.birthDates),
    ...dates.births.map((span) => ({ birthDate: within(span) })),
    ...on('entryDate', dates.entryDates),
    ...on('dueDate', dates.correctedDueDates, corrected),
    ...on('supportFrom', dates.supportDays),
    ...on('announceOn', dates.announceDays),
  ]
  return { $or: branches.length > 0 ? branches : [{ _id: { $in: [] } }] }
}

const UNBORN = { birthDate: { $exists: false } } as const

function within({ from, to }: DaySpan) {
  return { $gte: from, $lte: to }
}

interface ReaderRow {
  reader: string
  pairs: AudiencePair[]
}

async function* rowChunks(
  pairs: Collection<Pair>,
  filter: Filter<Pair>,
): AsyncGenerator<ReaderRow[]> {
  const stream = pairs
    .find(filter, { projection: PAIR_FIELDS, allowDiskUse: true, batchSize: 1000 })
    .sort({ reader: 1, _id: 1 })
  let rows: ReaderRow[] = []
  try {
    while (await stream.hasNext()) {
      for (const { reader, ...pair } of stream.readBufferedDocuments()) {
        const last = rows.at(-1)
        if (last?.reader === reader) {
          last.pairs.push(pair)
          continue
        }
        if (rows.length === CHUNK_READERS) {
          yield rows
          rows = []
        }
        rows.push({ reader, pairs: [pair] })
      }
    }
    if (rows.length > 0) yield rows
  } finally {
    await stream.close()
  }
}
