import type { PayloadRequest, Where } from 'payload'

import type { ReviewedCollection } from '../queries/load'
import { relatedId } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/**
 * Which documents can be on anybody's desk: all but those that are out as they are, not overdue,
 * with nothing said about them. A house has thousands of those; to read them all takes seconds.
 */
export async function inboxCandidates(
  req: PayloadRequest,
  collection: ReviewedCollection,
  now: Date,
): Promise<Where> {
  const overdue = await documentsIn(req, 'releases', {
    and: [
      { 'document.relationTo': { equals: collection } },
      { action: { equals: 'publish' } },
      { reviewDueAt: { less_than_equal: now.toISOString() } },
    ],
  })
  const discussed = await documentsIn(req, 'comments', {
    and: [{ 'document.relationTo': { equals: collection } }, { kind: { equals: 'comment' } }],
  })
  const ids = [...new Set([...overdue, ...discussed])]
  return { or: [{ _status: { not_equals: 'published' } }, { id: { in: ids } }] }
}

/** Ids of the documents that rows of another collection are about. */
async function documentsIn(
  req: PayloadRequest,
  collection: 'releases' | 'comments',
  where: Where,
): Promise<string[]> {
  const { docs } = await req.payload.db.find<{ document: Related }>({
    collection,
    where,
    req,
    limit: 0,
    pagination: false,
    select: { document: true },
  })
  return docs.flatMap(({ document }) => relatedId(document) ?? [])
}
