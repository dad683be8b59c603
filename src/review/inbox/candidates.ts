import type { PayloadRequest, Where } from 'payload'

import { findPublications } from '../../release/findReleases'
import type { ReviewedCollection } from '../queries/load'
import { relatedId } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/**
 * Which documents can be in anybody's inbox: all but those that are out as they are, not overdue,
 * with nothing said about them. A house has thousands of those; to read them all takes seconds.
 */
export async function inboxCandidates(
  req: PayloadRequest,
  collection: ReviewedCollection,
  now: Date,
): Promise<Where> {
  const overdue = await findPublications(req, {
    where: {
      and: [
        { 'document.relationTo': { equals: collection } },
        { reviewDueAt: { less_than_equal: now.toISOString() } },
      ],
    },
    fields: ['document'],
    overrideAccess: true,
  })
  const discussed = await findDiscussed(req, collection)
  const documents = [...overdue, ...discussed].map(({ document }) => relatedId(document))
  const ids = [...new Set(documents.filter((id) => id !== null))]
  return { or: [{ _status: { not_equals: 'published' } }, { id: { in: ids } }] }
}

async function findDiscussed(
  req: PayloadRequest,
  collection: ReviewedCollection,
): Promise<{ document: Related }[]> {
  const { docs } = await req.payload.db.find<{ document: Related }>({
    collection: 'comments',
    where: {
      and: [{ 'document.relationTo': { equals: collection } }, { kind: { equals: 'comment' } }],
    },
    req,
    limit: 0,
    pagination: false,
    select: { document: true },
  })
  return docs
}
