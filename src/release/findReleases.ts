import type { PayloadRequest, Where } from 'payload'

import { alertOfKey } from './alert'
import type { Release } from './content'
import { kindOfCollection, releaseKeyOf, type ContentCollection } from './contentKind'
import { inForce, latestByKey, type Revision } from './live'

/** A release as the database holds it: what is sent, what proves it, and where it is listed. */
export interface StoredRelease extends Release {
  /** For people who look at the list. */
  title?: string | null
  document?: { relationTo: ContentCollection; value: string } | null
  series?: string | null
  municipality?: string | null
  slot?: string | null
  edition?: string | null
  approvals?: unknown
  policyHash?: string | null
  publishedBy?: string | null
  /** Ids of all who ever wrote on the document. */
  authors?: string[] | null
  /** Codes of the document's topics, which decided who had to approve it. */
  topics?: string[] | null
  /** Its sources, one a line; for people who compare. */
  sources?: string | null
  /** The document's submission that was published. */
  submission?: string | null
  reason?: string | null
  /** Set where only words changed: when the content itself went out. */
  reviewedAt?: string | null
  createdAt: string
}

/** What two people sent at once is no text that stands anywhere: it is looked up by its alert. */
function withoutAlerts<R extends Pick<Revision, 'key'>>(found: readonly R[]): R[] {
  return found.filter(({ key }) => alertOfKey(key) === null)
}

/** Which releases to look at, whose rights count, and what is read of each. */
export interface ReleaseQuery<Field extends keyof StoredRelease = keyof StoredRelease> {
  where: Where
  /** False: only those that the person of the request may read. */
  overrideAccess: boolean
  /**
   * Besides what decides which one is newest.
   *
   * @default all
   */
  fields?: readonly Field[]
  /**
   * Order of the answer: each key stands where its first revision is met.
   *
   * @default 'revision'
   */
  sort?: string
}

/** What a day is planned and composed of; the rest stays in the database. */
export const OF_PLANNED = [
  'id',
  'content',
  'contentHash',
  'variables',
  'publishedAt',
  'reviewDueAt',
  'whenOverdue',
] as const

type Found<Field extends keyof StoredRelease> = Pick<StoredRelease, Field | keyof Revision>

/** Key of a document's releases. *Pure.* */
export function releaseKey(collection: ContentCollection, id: string): string {
  return releaseKeyOf(kindOfCollection(collection), id)
}

/** The newest release of each key, withdrawals included. */
export async function findNewestReleases<Field extends keyof StoredRelease>(
  req: PayloadRequest,
  query: ReleaseQuery<Field>,
): Promise<Found<Field>[]> {
  return latestByKey(await findReleases(req, query))
}

/** What readers get now: the newest release of each key, unless it is a withdrawal. */
export async function findLiveReleases<Field extends keyof StoredRelease>(
  req: PayloadRequest,
  query: ReleaseQuery<Field>,
): Promise<Found<Field>[]> {
  return inForce(await findReleases(req, query))
}

/** What readers got last of each key, also where it was withdrawn since. */
export async function findLastPublications<Field extends keyof StoredRelease>(
  req: PayloadRequest,
  query: ReleaseQuery<Field>,
): Promise<Found<Field>[]> {
  return latestByKey(await findPublications(req, query))
}

/** Every publication that matches, whether it is in force or not. */
export async function findPublications<Field extends keyof StoredRelease>(
  req: PayloadRequest,
  query: ReleaseQuery<Field>,
): Promise<Found<Field>[]> {
  const where: Where = { and: [query.where, { action: { equals: 'publish' } }] }
  return findReleases(req, { ...query, where })
}

/** The newest release of one key, a withdrawal too; null where there is none. */
export async function findNewestRelease(
  req: PayloadRequest,
  key: string,
  { overrideAccess }: Pick<ReleaseQuery, 'overrideAccess'>,
): Promise<StoredRelease | null> {
  const where: Where = { key: { equals: key } }
  const [newest] = await findReleases(req, { where, overrideAccess, sort: '-revision' }, 1)
  return newest ?? null
}

/** One release of a key by its number, with all rights; null where there is none. */
export async function findRevision(
  req: PayloadRequest,
  key: string,
  revision: number,
): Promise<StoredRelease | null> {
  const where: Where = { and: [{ key: { equals: key } }, { revision: { equals: revision } }] }
  const [found] = await findReleases(req, { where, overrideAccess: true }, 1)
  return found ?? null
}

/** Which releases the person of the request may read, by the collection's own rule. */
export async function readableReleases(req: PayloadRequest): Promise<boolean | Where> {
  return req.payload.collections['kizuna-releases'].config.access.read({ req })
}

/** What latestByKey and inForce of ./live look at. */
const DECISIVE: readonly (keyof Revision)[] = ['key', 'revision', 'action']

/**
 * The one query of this collection. It asks the database itself, by the collection's own rule of who
 * may read what: thousands of rows cost a fraction of what they cost through Payload's operation,
 * which has nothing else to do for them.
 */
async function findReleases<Field extends keyof StoredRelease>(
  req: PayloadRequest,
  { where, overrideAccess, fields, sort = 'revision' }: ReleaseQuery<Field>,
  limit = 0,
): Promise<Found<Field>[]> {
  const select =
    fields && Object.fromEntries([...DECISIVE, ...fields].map((one) => [one, true as const]))
  const query = {
    collection: 'kizuna-releases',
    where,
    sort,
    limit,
    select,
    pagination: false,
    req,
  } as const
  if (overrideAccess) return withoutAlerts((await req.payload.db.find<StoredRelease>(query)).docs)
  const allowed = await readableReleases(req)
  if (allowed !== false) {
    const readable = allowed === true ? where : { and: [where, allowed] }
    return withoutAlerts(
      (await req.payload.db.find<StoredRelease>({ ...query, where: readable })).docs,
    )
  }
  // Payload says no in its own words.
  const { docs } = await req.payload.find({ ...query, depth: 0, overrideAccess: false })
  return docs as unknown as StoredRelease[]
}
