import { appendVersionToQueryKey, type PayloadRequest, type Where } from 'payload'

import { CONTENT_COLLECTIONS, kindOfCollection } from '../../release/contentKind'
import { releaseKey } from '../../release/findReleases'
import { localDayOf } from '../../stage/day'
import { stateAt, whereShown, type Moment, type StoredStanding } from '../rules/standing'
import { isOfPeriod, SHOWN_STATES, type ShownState, type StateAndLive } from '../rules/state'
import type { ReviewedCollection } from './load'
import { TEXT_STATES, type TextState } from './textState'

/** Which states are meant, of one collection's texts. */
export interface StateQuery<Name extends keyof TextState> {
  collection: ReviewedCollection
  where: readonly Where[]
  /** What is read of each. */
  fields: readonly Name[]
  /** @default 'order' */
  sort?: string
  /** At most so many; 0 is all. */
  limit: number
  page?: number
}

/** The states of texts that the person of the request may read, in the order of life. */
export async function findTextStates<Name extends keyof TextState>(
  req: PayloadRequest,
  { collection, where, fields, sort = 'order', limit, page = 1 }: StateQuery<Name>,
): Promise<Pick<TextState, Name>[]> {
  const readable = await whereReadable(req, collection)
  if (!readable) return []
  const { docs } = await req.payload.db.find<Pick<TextState, Name>>({
    collection: TEXT_STATES,
    where: { and: [...readable, ...where] },
    select: Object.fromEntries(fields.map((name) => [name, true as const])),
    sort,
    limit,
    page,
    // Payload's own pages count all that is found with each.
    pagination: page > 1,
    req,
  })
  return docs
}

/** How many of them there are. */
export async function countTextStates(
  req: PayloadRequest,
  { collection, where }: Pick<StateQuery<never>, 'collection' | 'where'>,
): Promise<number> {
  const readable = await whereReadable(req, collection)
  if (!readable) return 0
  const all = { and: [...readable, ...where] }
  return (await req.payload.db.count({ collection: TEXT_STATES, where: all, req })).totalDocs
}

/** Some texts of a person, of all collections, and how many there are. */
export interface FirstTexts<Name extends keyof TextState> {
  texts: (Pick<TextState, Name> & { collection: ReviewedCollection })[]
  count: number
}

/** Fields that say since when. */
type Since = 'savedAt' | 'sinceReview' | 'sincePublish' | 'sinceRevise'

/** What the first texts of several collections are asked by. */
export interface FirstQuery<Name extends keyof TextState> {
  collections: readonly ReviewedCollection[]
  /**
   * The questions put to one: no text answers two of them, and each has an index of its own, which an
   * `or` of them has not. None where none of its texts are meant.
   */
  questionsTo: (collection: ReviewedCollection) => readonly (readonly Where[])[]
  fields: readonly Name[]
  /** The oldest come first. */
  sort: Name & Since
  /** At most so many are read for each question, and given. */
  limit: number
}

/** The first texts of several collections together; all are counted, and only the first are read. */
export async function findFirstTexts<Name extends keyof TextState>(
  req: PayloadRequest,
  { collections, questionsTo, fields, sort, limit }: FirstQuery<Name>,
): Promise<FirstTexts<Name>> {
  const questions = collections.flatMap((collection) =>
    questionsTo(collection).map((where) => ({ collection, where })),
  )
  const found = await Promise.all(
    questions.map(async (asked) => {
      const { collection } = asked
      const rows = await findTextStates(req, { ...asked, fields, sort, limit })
      const count = rows.length < limit ? rows.length : await countTextStates(req, asked)
      return { count, texts: rows.map((row) => ({ ...row, collection })) }
    }),
  )
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    texts: found
      .flatMap(({ texts }) => texts)
      .toSorted((a, b) => (a[sort] === b[sort] ? 0 : a[sort] < b[sort] ? -1 : 1))
      .slice(0, limit),
  }
}

const readable = new WeakMap<PayloadRequest, Map<ReviewedCollection, Promise<Where[] | null>>>()

/** What the person may read, as the texts' own rule has answered, asked once in a request. */
function whereReadable(
  req: PayloadRequest,
  collection: ReviewedCollection,
): Promise<Where[] | null> {
  const known = readable.get(req) ?? new Map<ReviewedCollection, Promise<Where[] | null>>()
  readable.set(req, known)
  const found = known.get(collection) ?? askReadable(req, collection)
  known.set(collection, found)
  return found
}

/** Fields by which a rule may tell texts apart that their states have, too. */
const SHARED = new Set(['municipality', 'series', 'edition', '_status'])

async function askReadable(
  req: PayloadRequest,
  collection: ReviewedCollection,
): Promise<Where[] | null> {
  const allowed = await req.payload.collections[collection].config.access.read({ req })
  if (allowed === false) return null
  const kind: Where = { contentKind: { equals: kindOfCollection(collection) } }
  if (allowed === true) return [kind]
  if (isOfShared(allowed)) return [kind, allowed]
  const { docs } = await req.payload.db.queryDrafts<{ id: string | number }>({
    collection,
    where: appendVersionToQueryKey(allowed),
    select: { parent: true },
    limit: 0,
    pagination: false,
    req,
  })
  return [
    kind,
    whereTexts(
      collection,
      docs.map(({ id }) => String(id)),
    ),
  ]
}

/** Whether a rule asks for nothing but what states have, too. *Pure.* */
export function isOfShared(where: Where): boolean {
  return Object.entries(where).every(([name, asked]) =>
    name === 'and' || name === 'or' ? (asked as Where[]).every(isOfShared) : SHARED.has(name),
  )
}

const OF_STANDING = ['standing', 'validFrom', 'validTo', 'reviewDueAt'] as const

/** What a list or map shows of a text besides its state. */
export const OF_ROW = [
  'document',
  'title',
  'slot',
  'slotLabel',
  'order',
  'edition',
  'series',
  'municipality',
  'publishAt',
  ...OF_STANDING,
] as const

/** A text of a list or map, with its state at a moment. */
export type TextRow = Omit<Pick<TextState, (typeof OF_ROW)[number]>, keyof StoredStanding> &
  StateAndLive & { id: string }

/** What is listed of a stored state at a moment. *Pure.* */
export function rowAt(
  { standing, validFrom, validTo, reviewDueAt, ...rest }: Pick<TextState, (typeof OF_ROW)[number]>,
  moment: Moment,
): TextRow {
  const stored = { standing, validFrom, validTo, reviewDueAt }
  return { ...rest, id: rest.document, ...stateAt(stored, moment) }
}

/** These texts by their key, which has an index. */
function whereTexts(collection: ReviewedCollection, ids: readonly string[]): Where {
  return { key: { in: ids.map((id) => releaseKey(collection, id)) } }
}

/** Those of some texts that the person may read, with their state: the cells of a list. */
export async function findRowsOf(
  req: PayloadRequest,
  { collection, ids }: { collection: ReviewedCollection; ids: readonly string[] },
  now: Date,
): Promise<TextRow[]> {
  return findRows(req, { collection, where: [whereTexts(collection, ids)] }, now)
}

/** The manuscripts of one series (by its id) in one edition that the person may read, for the map. */
export async function loadMappedStates(
  req: PayloadRequest,
  { series, edition }: { series: string; edition: string },
  now: Date,
): Promise<TextRow[]> {
  const [collection] = CONTENT_COLLECTIONS
  const where: Where = { series: { equals: series }, edition: { equals: edition } }
  return findRows(req, { collection, where: [where] }, now)
}

/** The slots of one series (by its id) in one edition that have a manuscript the person may read. */
export async function findTakenSlots(
  req: PayloadRequest,
  { series, edition }: { series: string; edition: string },
): Promise<string[]> {
  const [collection] = CONTENT_COLLECTIONS
  const readable = await whereReadable(req, collection)
  if (!readable) return []
  const place: Where[] = [{ series: { equals: series } }, { edition: { equals: edition } }]
  const { values } = await req.payload.db.findDistinct({
    collection: TEXT_STATES,
    field: 'slot',
    where: { and: [...readable, ...place] },
    req,
  })
  return values.map(({ slot }) => String(slot))
}

async function findRows(
  req: PayloadRequest,
  asked: Pick<StateQuery<never>, 'collection' | 'where'>,
  now: Date,
): Promise<TextRow[]> {
  const rows = await findTextStates(req, { ...asked, fields: OF_ROW, limit: 0 })
  const moment = { now, day: localDayOf(now) }
  return rows.map((row) => rowAt(row, moment))
}

/** How many texts are in each shown state; those that none is in are left out. */
export async function countShown(
  req: PayloadRequest,
  collection: ReviewedCollection,
  now: Date,
): Promise<{ code: ShownState; label: string; count: number }[]> {
  const moment = { now, day: localDayOf(now) }
  const isManuscript = kindOfCollection(collection) === 'manuscript'
  // Manuscripts have no period.
  const states = SHOWN_STATES.filter(({ code }) => !isManuscript || !isOfPeriod(code))
  const counted = await Promise.all(
    states.map(async ({ code, label }) => ({
      code,
      label,
      count: await countTextStates(req, { collection, where: [whereShown(code, moment)] }),
    })),
  )
  return counted.filter(({ count }) => count > 0)
}
