import type { PayloadRequest } from 'payload'

import { inTransaction } from '../../cms/transaction'
import { takeTurn } from '../../cms/turn'
import { releaseKey } from '../../release/findReleases'
import type { ReviewTarget } from '../operations/act'

/** Many may say something about one text at once: each waits for its turn, and all is kept. */
const ATTEMPTS = 40

/**
 * Does something to the conversations of a text, one after the other with whoever else does: each
 * step counts in the text's state, which two would write at a time.
 *
 * @throws ReviewRefusal BUSY when it loses forty times; whatever the work throws otherwise.
 */
export function inConversation<T>(
  req: PayloadRequest,
  { collection, id }: Pick<ReviewTarget, 'collection' | 'id'>,
  work: () => Promise<T>,
): Promise<T> {
  return inTransaction(
    req,
    async () => {
      await takeTurn(req, releaseKey(collection, id))
      return work()
    },
    ATTEMPTS,
  )
}
