import type { PayloadRequest } from 'payload'

import { toStore } from '../../cms/stored'
import { inTransaction } from '../../cms/transaction'
import { takeTurn } from '../../cms/turn'
import { releaseKey } from '../../release/findReleases'
import type { Review } from '../queries/load'
import type { CommentEntry } from '../rules/commentThreads'

/** Many may say something about one text at once, and each of it counts in the text's state. */
const ATTEMPTS = 40

/** Inserts one entry of a conversation about a document. */
export async function insertEntry(
  req: PayloadRequest,
  review: Review,
  entry: Omit<CommentEntry, 'id' | 'author' | 'at'>,
): Promise<void> {
  const { collection, id, municipality, reviewInput } = review
  await inTransaction(
    req,
    async () => {
      await takeTurn(req, releaseKey(collection, id))
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
    },
    ATTEMPTS,
  )
}
