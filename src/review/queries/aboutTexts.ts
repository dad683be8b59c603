import type { CollectionSlug, PayloadRequest, Where } from 'payload'

import { relatedId, type Related } from '../../cms/relation'
import { grouped } from '../../release/grouped'
import type { ReviewedCollection } from './load'

/** Texts, as a relation to several collections names them. */
type Texts = readonly { collection: ReviewedCollection; id: string }[]

/**
 * What is about one of these texts, of which there is at least one. The database has a relation to
 * several collections in its index as a whole: its id alone would be looked for in everything that
 * was ever said. *Pure.*
 */
export function whereAbout(texts: Texts): Where {
  return {
    or: texts.map(({ collection, id }) => ({
      document: { equals: { relationTo: collection, value: id } },
    })),
  }
}

/** What a collection holds about each of these texts, by the text's id; the oldest first. */
export async function findAbout<Stored extends { document: Related }>(
  req: PayloadRequest,
  collection: CollectionSlug,
  texts: Texts,
): Promise<Map<string, Stored[]>> {
  if (texts.length === 0) return new Map()
  const { docs } = await req.payload.db.find<Stored>({
    collection,
    where: whereAbout(texts),
    sort: 'createdAt',
    limit: 0,
    pagination: false,
    req,
  })
  return grouped(docs, ({ document }) => relatedId(document) ?? '')
}

/** Ids of all verdicts on these texts, for a question that asks what the person may read of them. */
export async function findVerdictIds(req: PayloadRequest, texts: Texts): Promise<string[]> {
  const { docs } = await req.payload.db.find<{ id: string }>({
    collection: 'kizuna-approvals',
    where: whereAbout(texts),
    select: { verdict: true },
    limit: 0,
    pagination: false,
    req,
  })
  return docs.map(({ id }) => String(id))
}
