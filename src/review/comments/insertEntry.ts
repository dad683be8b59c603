import type { PayloadRequest } from 'payload'

import { toStore } from '../../cms/stored'
import type { Review } from '../queries/load'
import type { CommentEntry } from '../rules/commentThreads'

/** Inserts one entry of a conversation about a document. */
export async function insertEntry(
  req: PayloadRequest,
  { collection, id, municipality, reviewInput }: Review,
  entry: Omit<CommentEntry, 'id' | 'author' | 'at'>,
): Promise<void> {
  await req.payload.create({
    collection: 'kizuna-comments',
    data: toStore({
      document: { relationTo: collection, value: id },
      contentHash: reviewInput.contentHash,
      author: req.user?.id,
      municipality,
      ...entry,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}
