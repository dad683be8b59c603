import type { PayloadRequest, Where } from 'payload'

import { CONTENT_KINDS, kindOfCollection, type ContentKind } from '../../release/contentKind'
import { asStored } from '../../cms/stored'
import { grouped } from '../../release/grouped'
import { findLiveReleases, findNewestReleases, releaseKey } from '../../release/findReleases'
import { periodOf } from '../../release/period'
import type { LatestRelease, Verdict } from '../rules/decide'
import { whereAbout } from './aboutTexts'
import { findStored } from './findStored'
import type { StoredDocument } from '../rules/freeze'
import { asLatestRelease, assembleReview, asVerdict, OF_LATEST, withVerdicts } from './load'
import type { Review, ReviewedCollection, StoredVerdict } from './load'
import type { ContentOwner } from './contentOwner'
import { findOriginReleases } from './originReleases'
import type { ReviewPolicy } from '../rules/policy'
import { relatedId } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/** Which documents are meant; without `where` and `ids` all the person may read. */
export interface ManyTargets {
  collection: ReviewedCollection
  where?: Where
  ids?: readonly string[]
  /** Whoever asks: for what is derived, never for an answer. */
  isForAll?: boolean
}

/** Up to so many documents the database is asked for theirs alone; above, for everybody's. */
const FEW = 600

/**
 * {@link Review}s of many documents at once, in the collection's order, with a handful of queries
 * however many there are. Documents the person may not read are left out.
 */
export async function loadReviews(
  req: PayloadRequest,
  targets: ManyTargets,
  policy: ReviewPolicy,
): Promise<Review[]> {
  const { collection } = targets
  const documents = await findDocuments(req, targets)
  if (documents.length === 0) return []
  const kind = kindOfCollection(collection)
  const { ownerField } = CONTENT_KINDS[kind]
  const owners = await findContentOwners(req, kind, documents)
  const releases = await findLatestReleases(req, collection, idsOf(documents))
  const origins = await findOriginReleases(
    req,
    collection,
    documents.filter(({ id }) => !releases.has(releaseKey(collection, String(id)))),
  )
  const assembled = documents.map((document) => {
    const related = document[ownerField]
    return assembleReview(
      {
        collection,
        document,
        verdicts: [],
        owner: owners.get(relatedId(related as Related) ?? '') ?? { kind },
        release: releases.get(releaseKey(collection, String(document.id))) ?? null,
        origin: origins.get(String(document.id)) ?? null,
      },
      policy,
    )
  })
  const reviews = await withPeriods(req, assembled)
  const verdicts = await findVerdicts(req, collection, idsOf(documents))
  return reviews.map((review) => withVerdicts(review, verdicts.get(review.id) ?? [], policy))
}

/**
 * Add-ons that are being rewritten, with the period of what is out; of the others the document itself
 * tells it.
 */
async function withPeriods(req: PayloadRequest, reviews: readonly Review[]): Promise<Review[]> {
  const unknown = reviews.filter(
    ({ type, reviewInput: { release } }) =>
      type === 'addOn' && release?.action === 'publish' && release.period === undefined,
  )
  if (unknown.length === 0) return [...reviews]
  const live = await findLiveReleases(req, {
    where: { key: { in: unknown.map(({ collection, id }) => releaseKey(collection, id)) } },
    fields: ['content'],
    overrideAccess: true,
  })
  const periods = new Map(live.map(({ key, content }) => [key, periodOf(content)]))
  return reviews.map((review) => {
    const { collection, id, reviewInput } = review
    const period = periods.get(releaseKey(collection, id))
    if (!reviewInput.release || period === undefined) return review
    return {
      ...review,
      reviewInput: { ...reviewInput, release: { ...reviewInput.release, period } },
    }
  })
}

function idsOf(documents: readonly { id?: unknown }[]): string[] {
  return documents.map(({ id }) => String(id))
}

/**
 * The newest version of each document; who may read only what is live gets the live row where the
 * newest version is not, as `findByID` does it.
 */
async function findDocuments(
  req: PayloadRequest,
  { collection, where, ids, isForAll = false }: ManyTargets,
): Promise<StoredDocument[]> {
  const asked = [...(where ? [where] : []), ...(ids ? [{ id: { in: [...ids] } }] : [])]
  const read = req.payload.collections[collection].config.access.read
  const allowed = isForAll || (await read({ req }))
  if (allowed === false) return []
  const all = { collection, allowed }
  const newest = await findStored(req, { ...all, where: { and: asked }, isDraft: true })
  if (allowed === true) return newest
  const others = { id: { not_in: newest.map(({ id }) => id) } }
  const live = await findStored(req, { ...all, where: { and: [...asked, others] }, isDraft: false })
  return [...newest, ...live]
}

/** What is read of whom a document belongs to. */
const OF_OWNER: Readonly<Record<ContentKind, Record<string, true>>> = {
  manuscript: { code: true },
  addOn: { code: true, contactVariables: true },
}

async function findContentOwners(
  req: PayloadRequest,
  kind: ContentKind,
  documents: readonly StoredDocument[],
): Promise<Map<string, ContentOwner>> {
  const { ownerCollection, ownerField } = CONTENT_KINDS[kind]
  const ids = new Set(documents.flatMap((one) => relatedId(one[ownerField] as Related) ?? []))
  const { docs } = await req.payload.find({
    collection: ownerCollection,
    where: { id: { in: [...ids] } },
    req,
    // Payload types the select of a collection that is one of two as fields of both.
    select: OF_OWNER[kind] as never,
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  return new Map(
    asStored<(Omit<ContentOwner, 'kind'> & { id: string })[]>(docs).map(({ id, ...owner }) => [
      String(id),
      { ...owner, kind },
    ]),
  )
}

async function findVerdicts(
  req: PayloadRequest,
  collection: ReviewedCollection,
  ids: readonly string[],
): Promise<Map<string, Verdict[]>> {
  if (ids.length === 0) return new Map()
  const about = ids.map((id) => ({ collection, id }))
  const { docs } = await req.payload.db.find<StoredVerdict & { document: { value: Related } }>({
    collection: 'kizuna-approvals',
    where: ids.length > FEW ? { 'document.relationTo': { equals: collection } } : whereAbout(about),
    sort: 'createdAt',
    limit: 0,
    pagination: false,
    req,
    select: {
      document: true,
      verdict: true,
      discipline: true,
      reviewer: true,
      reviewerName: true,
      comment: true,
      contentHash: true,
      policyHash: true,
      submission: true,
      createdAt: true,
    },
  })
  const byDocument = grouped(docs, ({ document }) => relatedId(document) ?? '')
  return new Map([...byDocument].map(([id, stored]) => [id, stored.map(asVerdict)]))
}

async function findLatestReleases(
  req: PayloadRequest,
  collection: ReviewedCollection,
  ids: readonly string[],
): Promise<Map<string, LatestRelease>> {
  const few = ids.length > FEW ? [] : [{ key: { in: ids.map((id) => releaseKey(collection, id)) } }]
  const newest = await findNewestReleases(req, {
    where: { and: [{ 'document.relationTo': { equals: collection } }, ...few] },
    fields: OF_LATEST,
    overrideAccess: true,
  })
  return new Map(newest.map((release) => [release.key, asLatestRelease(release)]))
}
