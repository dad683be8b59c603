import type { PayloadRequest } from 'payload'

import type { ReleaseContent } from '../../release/content'
import { findLiveReleases, findPublications, releaseKey } from '../../release/findReleases'
import { contentHash } from '../../release/hash'
import type { Beside } from '../rules/beside'
import { currentVerdicts } from '../rules/decide'
import { whereAbout } from './aboutTexts'
import type { Review } from './load'
import { relatedId } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/** What a person compares a text with when they review it. */
export type ComparisonBaseline =
  /** What they themselves approved last, before what there is now. */
  | { kind: 'approved'; beside: Beside; content: ReleaseContent; at: string }
  /** They never approved it; what readers got last. */
  | { kind: 'released'; beside: Beside; content: ReleaseContent; at: string; revision: number }
  /** It never went out itself; what readers get of the text it was taken over from. */
  | { kind: 'origin'; beside: Beside; content: ReleaseContent; at: string; revision: number }
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

/** What readers get now of each, by the document's id, whoever asks; nothing where it is not out. */
export async function findLiveBaselines(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  const live = reviews.filter(({ reviewInput }) => reviewInput.release?.action === 'publish')
  return findReleased(req, live)
}

interface StoredContent {
  content?: ReleaseContent | null
  contentHash: string
  createdAt: string
  topics?: readonly string[] | null
  sources?: string | null
}

const OF_CONTENT = ['content', 'contentHash', 'createdAt', 'topics', 'sources'] as const

function storedBeside({ topics, sources }: StoredContent): Beside {
  return { topics: topics ?? null, sources: sources ?? null }
}

/**
 * The newest approval of the person; the newest comes last and stays. One that counts for the content
 * as it is now is no earlier state: who has approved goes on seeing what they approved.
 */
async function findApproved(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  if (reviews.length === 0 || !req.user) return new Map()
  const { docs } = await req.payload.db.find<StoredContent & { document: Related }>({
    collection: 'kizuna-approvals',
    where: {
      and: [
        { reviewer: { equals: req.user.id } },
        { verdict: { equals: 'approve' } },
        whereAbout(reviews),
      ],
    },
    sort: 'createdAt',
    limit: 0,
    pagination: false,
    req,
  })
  const counting = new Map(
    reviews.map(({ id, reviewInput }) => [id, currentVerdicts(reviewInput).map(({ at }) => at)]),
  )
  return new Map(
    docs.flatMap(({ document, ...given }) => {
      const { content, contentHash: hash, createdAt: at } = given
      if (counting.get(relatedId(document) ?? '')?.includes(at)) return []
      const beside = storedBeside(given)
      return isSound(content, hash)
        ? [[relatedId(document) ?? '', { kind: 'approved', beside, content, at }]]
        : []
    }),
  )
}

async function findReleased(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<Map<string, ComparisonBaseline>> {
  if (reviews.length === 0) return new Map()
  const keys = new Map(reviews.map(({ collection, id }) => [releaseKey(collection, id), id]))
  const published = await findPublications(req, {
    where: { key: { in: [...keys.keys()] } },
    fields: OF_CONTENT,
    overrideAccess: true,
  })
  return new Map(
    // of one key the last sound one stays
    published.flatMap((release) => {
      const { key, content, contentHash: hash, createdAt: at, revision } = release
      const beside = storedBeside(release)
      return isSound(content, hash)
        ? [[keys.get(key) ?? '', { kind: 'released', beside, content, at, revision }]]
        : []
    }),
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
  const live = await findLiveReleases(req, {
    where: { key: { in: [...keys.values()] } },
    fields: OF_CONTENT,
    overrideAccess: true,
  })
  const byKey = new Map(live.map((release) => [release.key, release]))
  return new Map(
    reviews.flatMap(({ id, content }) => {
      const release = byKey.get(keys.get(id) ?? '')
      const base = release ? originBase(release, content) : null
      return base ? [[id, base]] : []
    }),
  )
}

type Live = StoredContent & { revision: number }

/** The series is another by nature: it is no change. */
function originBase(release: Live, now: ReleaseContent): ComparisonBaseline | null {
  const { content, contentHash: hash, createdAt: at, revision } = release
  if (!isSound(content, hash)) return null
  const isManuscript = content.type === 'manuscript' && now.type === 'manuscript'
  return {
    kind: 'origin',
    beside: storedBeside(release),
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
