import type { PayloadRequest } from 'payload'

import { type ContentCollection, type ContentKind } from '../../release/contentKind'
import { asStored } from '../../cms/stored'
import type { ReleaseContent } from '../../release/content'
import { findNewestRelease, releaseKey, type StoredRelease } from '../../release/findReleases'
import { contentHash } from '../../release/hash'
import type { Revision } from '../../release/live'
import { periodOf } from '../../release/period'
import { authorsOf } from '../rules/authors'
import type { LatestRelease, ReviewInput, Verdict } from '../rules/decide'
import type { StoredDocument } from '../rules/freeze'
import { contactVariablesOf, findContentOwner, freezeFor } from './contentOwner'
import { whereAbout } from './aboutTexts'
import type { ContentOwner } from './contentOwner'
import { findOriginReleases } from './originReleases'
import { besideOf, topicsOf } from '../rules/beside'
import { needsFor, type OriginRelease } from '../rules/needs'
import type { ReviewPolicy } from '../rules/policy'
import { RESTORERS } from './trashStatus'
import { ReviewRefusal } from '../../cms/refusal'
import { relatedId, relatedIds } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/** Collections that go through the review. */
export type ReviewedCollection = ContentCollection

/** One document as its review sees it. */
export interface Review {
  collection: ReviewedCollection
  id: string
  type: ContentKind
  /** Id of the add-on's municipality; null for manuscripts. */
  municipality: string | null
  /** Id of the manuscript's series; null for add-ons. */
  series: string | null
  /** The newest draft or version, relations as ids. */
  document: StoredDocument
  content: ReleaseContent
  /** The municipality's own contact variables; empty for manuscripts. */
  variables: Record<string, string>
  reviewInput: ReviewInput
  /** Newest release of the text it was taken over from, while it has none of its own. */
  origin: OriginRelease | null
}

/**
 * Reads the newest content of a document with everything its review is computed from.
 *
 * @throws ReviewRefusal NOT_FOUND when it is not there or the person may not read it; IN_TRASH.
 */
export async function loadReview(
  req: PayloadRequest,
  { collection, id }: { collection: ReviewedCollection; id: string },
  policy: ReviewPolicy,
): Promise<Review> {
  const document = await findDocument(req, collection, id)
  const owner = await findContentOwner(req, collection, document)
  const verdicts = await findVerdicts(req, collection, id)
  const release = await findLatestRelease(req, releaseKey(collection, id))
  const origins = release ? null : await findOriginReleases(req, collection, [document])
  const origin = origins?.get(String(document.id)) ?? null
  return assembleReview({ collection, document, owner, verdicts, release, origin }, policy)
}

/** What a review is put together from, however it was read. */
export interface ReviewParts {
  collection: ReviewedCollection
  /** The newest draft or version, with its id. */
  document: StoredDocument
  owner: ContentOwner
  verdicts: Verdict[]
  release: LatestRelease | null
  origin: OriginRelease | null
}

/** Puts a review together from what is stored. *Pure.* */
export function assembleReview(parts: ReviewParts, policy: ReviewPolicy): Review {
  const { collection, document, owner, verdicts, origin } = parts
  const content = freezeFor(owner, document)
  const type = content.type
  const hash = contentHash(content)
  const release = withPeriod(parts.release, { content, hash })
  return {
    collection,
    id: String(document.id),
    type,
    document,
    content,
    variables: contactVariablesOf(owner),
    municipality: relatedId(document.municipality as Related),
    series: relatedId(document.series as Related),
    reviewInput: {
      contentHash: hash,
      submission: typeof document.submission === 'string' ? document.submission : null,
      beside: besideOf(document),
      needs: needsFor(policy, { type, topics: topicsOf(document), release, origin, verdicts }),
      authors: authorsOf({ since: writersOf(document), contentHash: hash, release }),
      verdicts,
      release,
    },
    origin,
  }
}

/** A review with its verdicts, where they were read after all else. *Pure.* */
export function withVerdicts(
  review: Review,
  verdicts: readonly Verdict[],
  policy: ReviewPolicy,
): Review {
  const { type, reviewInput, document, origin } = review
  const { release } = reviewInput
  const needs = needsFor(policy, { type, topics: topicsOf(document), release, origin, verdicts })
  return { ...review, reviewInput: { ...reviewInput, needs, verdicts } }
}

/** Ids of all who wrote on a document since its last publication. *Pure.* */
export function writersOf(document: StoredDocument): string[] {
  return relatedIds(document.authors as Related[] | null)
}

/** The newest release of a key, or null. */
export async function findLatestRelease(
  req: PayloadRequest,
  key: string,
): Promise<LatestRelease | null> {
  const newest = await findNewestRelease(req, key, { overrideAccess: true })
  return newest && asLatestRelease(newest)
}

/** What a review reads of a release. */
export const OF_LATEST = [
  'contentHash',
  'reviewDueAt',
  'reviewedAt',
  'createdAt',
  'authors',
  'topics',
  'sources',
  'submission',
] as const

type ReadRelease = Pick<StoredRelease, keyof Revision | (typeof OF_LATEST)[number]> & {
  content?: ReleaseContent
}

/** The part of a release its document's review depends on. *Pure.* */
export function asLatestRelease(stored: ReadRelease): LatestRelease {
  const { revision, action, contentHash: hash, reviewDueAt, reviewedAt, createdAt } = stored
  return {
    revision,
    action,
    contentHash: hash,
    reviewDueAt: reviewDueAt ?? null,
    at: reviewedAt ?? createdAt,
    authors: relatedIds(stored.authors),
    topics: stored.topics ?? null,
    sources: stored.sources ?? null,
    submission: stored.submission ?? null,
    ...(stored.content && { period: periodOf(stored.content) }),
  }
}

/** The release of a document with its period, which of the same content is the same. *Pure.* */
function withPeriod(
  release: LatestRelease | null,
  { content, hash }: { content: ReleaseContent; hash: string },
): LatestRelease | null {
  return release?.contentHash === hash ? { ...release, period: periodOf(content) } : release
}

/** A verdict's row, as far as a review reads it. */
export interface StoredVerdict {
  verdict: Verdict['verdict']
  discipline?: string | null
  reviewer: Related
  reviewerName?: string | null
  comment?: string | null
  contentHash: string
  policyHash: string
  submission?: string | null
  createdAt: string
}

/** A verdict as the review's rules read it. *Pure.* */
export function asVerdict(stored: StoredVerdict): Verdict {
  return {
    verdict: stored.verdict,
    discipline: stored.discipline ?? null,
    reviewer: relatedId(stored.reviewer) ?? '',
    ...(stored.reviewerName ? { reviewerName: stored.reviewerName } : {}),
    ...(stored.comment ? { comment: stored.comment } : {}),
    contentHash: stored.contentHash,
    policyHash: stored.policyHash,
    submission: stored.submission ?? null,
    at: stored.createdAt,
  }
}

async function findDocument(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: string,
): Promise<StoredDocument> {
  const asked = { collection, id, req, depth: 0, draft: true } as const
  const asReader = { disableErrors: true, overrideAccess: false, showHiddenFields: true } as const
  const found = await req.payload.findByID({ ...asked, ...asReader })
  if (found) return asStored<StoredDocument>(found)
  if (await req.payload.findByID({ ...asked, ...asReader, trash: true })) {
    throw new ReviewRefusal(
      'IN_TRASH',
      `この原稿はごみ箱にあります。続けるには、先に元に戻します。元に戻せるのは、${RESTORERS[collection]}です。`,
    )
  }
  throw new ReviewRefusal('NOT_FOUND', '原稿が見つからないか、見る権限がありません。')
}

async function findVerdicts(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: string,
): Promise<Verdict[]> {
  const { docs } = await req.payload.db.find<StoredVerdict>({
    collection: 'kizuna-approvals',
    where: whereAbout([{ collection, id }]),
    sort: 'createdAt',
    limit: 0,
    pagination: false,
    req,
  })
  return docs.map(asVerdict)
}
