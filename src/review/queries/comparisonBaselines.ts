import type { PayloadRequest } from 'payload'

import type { ReleaseContent } from '../../release/content'
import { contentHash } from '../../release/hash'
import { releaseKey } from './load'
import type { Review } from './load'
import { relatedId } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/** What a person compares a text with when they review it. */
export type ComparisonBaseline =
  /** What they themselves approved last. */
  | { kind: 'approved'; content: ReleaseContent; at: string }
  /** They never approved it; what readers got last. */
  | { kind: 'released'; content: ReleaseContent; at: string; revision: number }
  /** It never went out itself; what readers get of the text it was taken over from. */
  | { kind: 'origin'; content: ReleaseContent; at: string; revision: number }
  /** Nobody saw it before. */
  | { kind: 'none' }

/** For each review, by the document's id, what the person of the request compares it with. */
export async function findComparisonBaselines(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  const approved = await findApproved(req, reviews)
  const others = reviews.filter(({ id }) => !approved.has(id))
  const released = await findReleased(req, others)
  const origins = await findOrigins(
    req,
    others.filter(({ id }) => !released.has(id)),
  )
  const baseOf = (id: string): ComparisonBaseline =>
    approved.get(id) ?? released.get(id) ?? origins.get(id) ?? { kind: 'none' }
  return new Map(reviews.map(({ id }) => [id, baseOf(id)]))
}

interface StoredContent {
  content?: ReleaseContent | null
  contentHash: string
  createdAt: string
}

/** The newest approval of the person; the newest comes last and stays. */
async function findApproved(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  if (reviews.length === 0 || !req.user) return new Map()
  const { docs } = await req.payload.db.find<StoredContent & { document: Related }>({
    collection: 'approvals',
    where: {
      and: [
        { reviewer: { equals: req.user.id } },
        { verdict: { equals: 'approve' } },
        { 'document.value': { in: reviews.map(({ id }) => id) } },
      ],
    },
    sort: 'createdAt',
    limit: 0,
    pagination: false,
    req,
  })
  return new Map(
    docs.flatMap(({ document, content, contentHash: hash, createdAt: at }) =>
      isSound(content, hash)
        ? [[relatedId(document) ?? '', { kind: 'approved', content, at }]]
        : [],
    ),
  )
}

async function findReleased(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  if (reviews.length === 0) return new Map()
  const keys = new Map(reviews.map(({ collection, id }) => [releaseKey(collection, id), id]))
  const { docs } = await req.payload.db.find<StoredContent & { key: string; revision: number }>({
    collection: 'releases',
    where: { and: [{ key: { in: [...keys.keys()] } }, { action: { equals: 'publish' } }] },
    sort: 'revision',
    limit: 0,
    pagination: false,
    req,
  })
  return new Map(
    docs.flatMap(({ key, content, contentHash: hash, createdAt: at, revision }) =>
      isSound(content, hash)
        ? [[keys.get(key) ?? '', { kind: 'released', content, at, revision }]]
        : [],
    ),
  )
}

/** Of a text that was taken over, what is live of its original; nothing where that was withdrawn. */
async function findOrigins(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  const keys = new Map(
    reviews.flatMap(({ collection, id, document }) => {
      const origin = relatedId(document.origin as Related)
      return origin === null ? [] : [[id, releaseKey(collection, origin)]]
    }),
  )
  if (keys.size === 0) return new Map()
  const { docs } = await req.payload.db.find<StoredContent & Live>({
    collection: 'releases',
    where: { key: { in: [...keys.values()] } },
    sort: 'revision',
    limit: 0,
    pagination: false,
    req,
  })
  const newest = new Map(docs.map((release) => [release.key, release])) // the last one stays
  return new Map(
    reviews.flatMap(({ id, content }) => {
      const release = newest.get(keys.get(id) ?? '')
      const base = release ? originBase(release, content) : null
      return base ? [[id, base]] : []
    }),
  )
}

interface Live {
  key: string
  revision: number
  action: 'publish' | 'withdraw'
}

/** The series is another by nature: it is no change. */
function originBase(release: StoredContent & Live, now: ReleaseContent): ComparisonBaseline | null {
  const { content, contentHash: hash, createdAt: at, revision, action } = release
  if (action !== 'publish' || !isSound(content, hash)) return null
  const isManuscript = content.type === 'manuscript' && now.type === 'manuscript'
  return {
    kind: 'origin',
    at,
    revision,
    content: isManuscript ? { ...content, series: now.series } : content,
  }
}

/** Whether it is what was approved: a stored content that does not give its hash proves nothing. */
function isSound(
  content: ReleaseContent | null | undefined,
  hash: string,
): content is ReleaseContent {
  return Boolean(content) && contentHash(content as ReleaseContent) === hash
}
